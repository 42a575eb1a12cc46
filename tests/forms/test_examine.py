"""An altered form is recognised wherever it was altered."""

import io

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from hallterm.forms.examine import Examination, PageState, SealState, examine_file
from hallterm.forms.pictures import NotAPageError, pages_of
from hallterm.forms.render import pdf_of
from hallterm.forms.sealing import new_secret, seal_order
from tests.forms.samples import CUSTOMER, KEYS, copy, order, record

FORM = copy(done=record())
PDF = pdf_of(FORM)


def examined(data: bytes) -> Examination:
    found = examine_file(data, KEYS)
    assert found is not None
    return found


def resaved(data: bytes) -> pypdfium2.PdfDocument:
    return pypdfium2.PdfDocument(data)


def saved(document: pypdfium2.PdfDocument) -> bytes:
    out = io.BytesIO()
    document.save(out)
    document.close()
    return out.getvalue()


@pytest.mark.parametrize("whole", [True, False])
def test_a_form_as_it_was_made_is_genuine(*, whole: bool) -> None:
    found = examined(pdf_of(copy(done=record(), whole=whole)))
    assert found.genuine
    assert found.page is PageState.SAME
    assert (found.order, found.record) == (SealState.HOLDS, SealState.HOLDS)
    assert found.customer_matches is (True if whole else None)


def test_an_order_with_nothing_recorded_needs_one_seal() -> None:
    found = examined(pdf_of(copy()))
    assert found.genuine
    assert found.record is SealState.NOT_NEEDED


def test_a_record_that_nobody_sealed_is_not_genuine() -> None:
    loose = FORM.model_copy(update={"seals": FORM.seals[:1]})
    found = examined(pdf_of(loose))
    assert not found.genuine
    assert found.record is SealState.ABSENT


def test_a_form_without_a_seal_or_with_a_strange_one_is_not_genuine() -> None:
    bare = copy().model_copy(update={"seals": ()})
    assert examined(pdf_of(bare)).order is SealState.ABSENT
    strange = copy().model_copy(update={"seals": (seal_order(order(), new_secret()),)})
    assert examined(pdf_of(strange)).order is SealState.STRANGE


def test_another_sum_drawn_anew_breaks_the_seal() -> None:
    content = FORM.content.model_copy(update={"order": order(solution="免收押金 30000 元。")})
    found = examined(pdf_of(FORM.model_copy(update={"content": content})))
    assert found.order is SealState.BROKEN
    assert not found.genuine


def test_another_customer_in_a_genuine_order_is_noticed() -> None:
    other = CUSTOMER.model_copy(update={"name": "李四"})
    found = examined(pdf_of(FORM.model_copy(update={"customer": other})))
    assert found.order is SealState.HOLDS
    assert not found.genuine


def test_a_file_saved_again_looks_alike() -> None:
    data = saved(resaved(PDF))
    assert data != PDF
    found = examined(data)
    assert found.page is PageState.ALIKE
    assert found.genuine


def test_a_painted_over_sign_is_seen() -> None:
    document = resaved(PDF)
    page = document[0]
    spot = Image.new("RGB", (20, 20), "white")
    picture = pypdfium2.PdfImage.new(document)
    picture.set_bitmap(pypdfium2.PdfBitmap.from_pil(spot))
    # One sign of the customer's name, as the search of the page finds it.
    _place, _length = page.get_textpage().search("张丽华").get_next()
    left, bottom, right, top = page.get_textpage().get_charbox(_place)
    picture.set_matrix(
        pypdfium2.PdfMatrix().scale(right - left, top - bottom).translate(left, bottom)
    )
    page.insert_obj(picture)
    page.gen_content()
    assert examined(saved(document)).page is PageState.DIFFERENT


def test_a_second_page_is_seen() -> None:
    document = resaved(PDF)
    document.new_page(595, 842)
    assert not examined(saved(document)).genuine


@settings(max_examples=60, deadline=None)
@given(st.integers(0, len(PDF) - 1), st.integers(1, 255))
def test_no_changed_byte_passes_for_the_file_as_made(place: int, change: int) -> None:
    data = bytearray(PDF)
    data[place] ^= change
    try:
        found = examine_file(bytes(data), KEYS)
    except NotAPageError:
        return
    # Bytes that no reader looks at may change; then text, picture and seals were all compared.
    assert found is None or found.page is not PageState.SAME


@settings(max_examples=30, deadline=None)
@given(st.integers(0, len(PDF)))
def test_a_file_cut_short_is_never_the_file_as_made(length: int) -> None:
    try:
        found = examine_file(PDF[:length], KEYS)
    except NotAPageError:
        return
    assert length == len(PDF) or found is None or found.page is not PageState.SAME


def test_a_picture_of_a_form_gives_its_code_only() -> None:
    out = io.BytesIO()
    pages_of(PDF, 200)[0].save(out, format="PNG")
    found = examined(out.getvalue())
    assert found.page is PageState.UNSEEN
    assert found.copy is None
    assert found.number == "XZ-20261127-0003"
    assert found.genuine


def test_a_picture_without_a_code_is_no_form() -> None:
    blank = Image.new("L", (800, 600), 255)
    ImageDraw.Draw(blank).line((0, 0, 800, 600))
    out = io.BytesIO()
    blank.save(out, format="PNG")
    assert examine_file(out.getvalue(), KEYS) is None


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7\nnothing", b"hello", b"II*\0" + b"\0" * 40])
def test_what_is_no_page_is_told(data: bytes) -> None:
    with pytest.raises(NotAPageError):
        examine_file(data, KEYS)
