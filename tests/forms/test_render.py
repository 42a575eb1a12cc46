"""The page: one, whole, with every field to be found, whatever was typed."""

import shutil
import subprocess
import sys
import time
from pathlib import Path
from unittest import mock

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hallterm.domain.shown_text import line, paragraphs
from hallterm.forms import render
from hallterm.forms.content import Record
from hallterm.forms.copies import FormCopy
from hallterm.forms.glyphs import breakable, drawable
from hallterm.forms.pictures import code_on, pdf_opened
from hallterm.forms.render import FormNotDrawnError, pdf_of
from tests.forms.samples import copy, order, record

CUT = "〔下文略，全文见系统〕"
EVIL = (
    "#panic() #text[x] $x^2$ *b* _i_ `r` "
    "<label> @ref \\ // /* = H\n- l\n+ n\n/ t: d [x] ~ -- --- '\""
)
FIELDS = (
    *("服务协助流转单", "XZ-20261127-0003", "建设路营业厅", "大客户服务室", "张丽华"),
    *("13800001234", "VIP（钻石卡）", "李梅（2001）", "2026-11-27 10:12", "2026-11-27 11:40"),
    *("2026-11-30 10:12", "免收预存押金", "漫游期间欠费上限 5000 元", "王建国", "方式：电话"),
    *(
        "赵敏（5001）",
        "已转出",
        "材料齐全",
        "钱程（6001）",
        "同意",
        "请建设路厅协助",
        "刘洋（1004）",
    ),
    *("已接收", "邮件 3f2a9c71", "传真 9be01d44", "电话核实身份", "拨打 2001", "当面测试拨打成功"),
    *("大客户服务室（签章）", "营业管理室（签章）", "协助营业厅（签章）", "本份供：协助营业厅"),
)


def text_of(data: bytes) -> str:
    with pdf_opened(data) as document:
        text: str = document[0].get_textpage().get_text_range()
    return text


def pages(data: bytes) -> int:
    with pdf_opened(data) as document:
        return len(document)


def squeezed(text: str) -> str:
    return "".join(text.split()).replace("\u200b", "").replace("\ufffe", "")


def test_every_field_stands_on_one_page() -> None:
    data = pdf_of(copy(done=record()))
    assert pages(data) == 1
    text = squeezed(text_of(data))  # the title is set wide, which some readers take for spaces
    assert [field for field in FIELDS if squeezed(field) not in text] == []


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="pdftotext (poppler) is not installed")
def test_pdftotext_finds_every_field(tmp_path: Path) -> None:
    path = tmp_path / "form.pdf"
    path.write_bytes(pdf_of(copy(done=record())))
    command = ["pdftotext", str(path), "-"]
    text = subprocess.run(command, check=True, capture_output=True, text=True).stdout  # noqa: S603 - fixed
    assert [field for field in FIELDS if field not in text] == []


def test_the_same_copy_is_the_same_file() -> None:
    assert pdf_of(copy()) == pdf_of(copy())


def test_a_masked_copy_shows_no_whole_name() -> None:
    text = text_of(pdf_of(copy(whole=False)))
    assert "张**" in text
    assert "138****1234" in text
    assert "张丽华" not in text
    assert "13800001234" not in text


def test_the_code_on_the_page_is_that_of_the_copy() -> None:
    read = code_on(pdf_of(copy()))
    assert read is not None
    assert read.text == render.code_of(copy())


def test_a_form_that_nobody_sealed_says_so() -> None:
    bare = FormCopy(content=copy().content)
    assert "尚未核准签名" in text_of(pdf_of(bare))


def test_markup_stays_text() -> None:
    text = squeezed(text_of(pdf_of(copy(order(request=EVIL, solution=EVIL, hall="#[x] $y$")))))
    assert text.count(squeezed(EVIL)) == 2
    assert "#[x]$y$" in text


@pytest.mark.parametrize("sign", ["长", "w", "i", "W", "，", "# ", "\n长", "𠂇", "😀"])
def test_five_thousand_signs_are_cut_where_everybody_sees_it(sign: str) -> None:
    long = sign * 5000
    data = pdf_of(copy(order(request=long, solution=long), Record(result=long)))
    assert pages(data) == 1
    assert squeezed(text_of(data)).count(CUT) == 3


def test_a_text_that_fits_is_not_cut() -> None:
    text = "这是一段不长的话。" * 40
    shown = squeezed(text_of(pdf_of(copy(order(request=text, solution=text)))))
    assert shown.count(text) == 2
    assert CUT not in shown


def test_long_names_are_cut_in_their_cells() -> None:
    data = pdf_of(copy(order(hall="长" * 200, tier="W" * 200, decided_by="王" * 500)))
    assert pages(data) == 1
    assert text_of(data).count("…") >= 3


def test_four_byte_han_is_drawn_and_what_no_font_has_is_named() -> None:
    text = text_of(pdf_of(copy(order(request="客户𠂇、𠮷、😀"))))
    assert "𠂇" in text
    assert "〔U+20BB7〕" in text
    assert "〔U+1F600〕" in text


def test_a_sign_without_a_glyph_is_an_error_if_it_gets_that_far() -> None:
    with (
        mock.patch("hallterm.forms.page.drawable", side_effect=lambda text: text),
        pytest.raises(FormNotDrawnError, match="could not be displayed"),
    ):
        pdf_of(copy(order(request="😀")))


def test_a_missing_font_is_an_error(tmp_path: Path) -> None:
    render._compiler.cache_clear()
    with (
        mock.patch("hallterm.forms.render.font_folder", return_value=tmp_path),
        pytest.raises(FormNotDrawnError, match="Noto"),
    ):
        pdf_of(copy())


def test_a_warning_of_the_renderer_is_an_error(tmp_path: Path) -> None:
    warned = tmp_path / "look.typ"
    warned.write_text('#set text(font: ("Nobody Has This", "Noto Serif SC"))\nx', "utf-8")
    render._compiler.cache_clear()
    try:
        with (
            mock.patch.object(render, "LOOK", warned),
            pytest.raises(FormNotDrawnError, match="nobody has this"),
        ):
            pdf_of(copy())
    finally:
        render._compiler.cache_clear()


@given(st.text(max_size=400))
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_whatever_is_typed_makes_one_page(typed: str) -> None:
    data = pdf_of(copy(order(request=typed, hall=typed, decided_by=typed), Record(result=typed)))
    assert pages(data) == 1


@given(st.text())
def test_lines_and_paragraphs_hold_no_hidden_signs(typed: str) -> None:
    assert line(typed).isprintable()
    assert paragraphs(typed).replace("\n", "").isprintable()
    assert line(line(typed)) == line(typed)
    assert paragraphs(paragraphs(typed)) == paragraphs(typed)


@given(st.text(alphabet=st.characters(exclude_categories=["Cc", "Cf", "Cs", "Co", "Cn"])))
def test_what_can_be_drawn_stays_as_it_is(typed: str) -> None:
    shown = drawable(typed)
    assert drawable(shown) == shown
    assert breakable(shown).replace("\u200b", "") == shown


def test_the_renderer_is_loaded_only_to_draw() -> None:
    script = (
        "import sys, hallterm.forms.examine, hallterm.forms.render, hallterm.forms.sealing, "
        "hallterm.forms.page, hallterm.forms.pictures, hallterm.cli\n"
        "heavy = {'typst', 'segno', 'pypdfium2', 'zxingcpp', 'PIL', 'cryptography', "
        "'pylopdf_fonts_zh_cn'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    command = [sys.executable, "-c", script]
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout  # noqa: S603 - fixed
    assert told.strip() == "[]"


def test_a_page_is_drawn_within_a_tenth_of_a_second() -> None:
    pdf_of(copy())

    def took(number: int) -> float:
        # The processor's time: what else the machine does is not the renderer's.
        began = time.process_time()
        long = "要" * 5000
        pdf_of(copy(order(number=f"XZ-{number}", request=long, solution=long), record()))
        return time.process_time() - began

    assert min(took(number) for number in range(5)) < 0.1
