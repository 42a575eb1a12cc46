"""Examining a form that came from anywhere: is it what the office approved, to the last sign?

A file carries the copy it was drawn from. The seals are held against that copy, then the copy is
drawn again and held against the file, so that a change anywhere in the page is found.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from hallterm.forms.content import NO_RECORD
from hallterm.forms.copies import FormCopy, read_copy
from hallterm.forms.pictures import NotAPageError, code_on, is_pdf, pages_of, pdf_opened
from hallterm.forms.sealing import Code, holds, order_sealed

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument

ATTACHED = "form.json"
_DPI = 150
_DIFFERENT = 40
"""Grey steps of 255 by which a softened pixel may differ between two versions of a renderer."""
_SPACES = re.compile(r"\s+")


class SealState(StrEnum):
    """How a seal stands."""

    HOLDS = "holds"
    BROKEN = "broken"
    """There is a seal, and it isn't over this content."""
    STRANGE = "strange"
    """Made with a key that this hall doesn't know."""
    ABSENT = "absent"
    NOT_NEEDED = "not_needed"
    """Nothing was recorded yet that could be sealed."""


class PageState(StrEnum):
    """How the visible page compares with the content that is sealed."""

    SAME = "same"
    """The file is what this program draws from the content, byte for byte."""
    ALIKE = "alike"
    """Saved again by another program: text and picture are the same, the bytes are not."""
    DIFFERENT = "different"
    UNSEEN = "unseen"
    """A fax, a scan or a bare code: only the code could be read."""


@dataclass(frozen=True, slots=True)
class Examination:
    """What was found out about a form."""

    number: str
    key_id: str
    """Empty where there is no seal."""
    order: SealState
    record: SealState
    page: PageState
    customer_matches: bool | None
    """Whether the customer shown in whole is the one of the order; None in a masked copy."""
    copy: FormCopy | None
    """The content; None when only a code was read."""
    digest: bytes | None = None
    """SHA-256 over the order, from a code."""

    @property
    def genuine(self) -> bool:
        """Whether everything that can be compared is as the office approved it."""
        seals = (SealState.HOLDS, SealState.NOT_NEEDED)
        return (
            self.order is SealState.HOLDS
            and self.record in seals
            and self.page is not PageState.DIFFERENT
            and self.customer_matches is not False
        )


def examine_code(code: Code, keys: Mapping[str, str]) -> Examination:
    """Examine a code alone. keys: id → public key of the offices."""
    public = keys.get(code.key_id)
    if public is None:
        state = SealState.STRANGE
    elif order_sealed(code.number, code.digest, code.signature, public):
        state = SealState.HOLDS
    else:
        state = SealState.BROKEN
    return Examination(
        code.number,
        code.key_id,
        state,
        SealState.NOT_NEEDED,
        PageState.UNSEEN,
        None,
        None,
        code.digest,
    )


def examine_file(data: bytes, keys: Mapping[str, str]) -> Examination | None:
    """Examine a PDF or a picture of a form; None when neither content nor code is found in it.

    Raises:
        NotAPageError: the file can't be read.
    """
    copy = carried(data) if is_pdf(data) else None
    if copy is not None:
        return _examine_copy(data, copy, keys)
    code = code_on(data)
    return examine_code(code, keys) if code else None


def carried(data: bytes) -> FormCopy | None:
    """Return the copy that a PDF carries; None when it carries none, or more than one.

    Raises:
        NotAPageError: the file can't be read.
    """
    with pdf_opened(data) as document:
        found = [document.get_attachment(n) for n in range(document.count_attachments())]
        forms = [bytes(one.get_data()) for one in found if one.get_name() == ATTACHED]
    return read_copy(forms[0]) if len(forms) == 1 else None


def _examine_copy(data: bytes, copy: FormCopy, keys: Mapping[str, str]) -> Examination:
    order, seal = copy.content.order, copy.seal("order")
    customer = copy.customer
    return Examination(
        number=order.number,
        key_id=seal.key_id if seal else "",
        order=_state(copy, "order", keys),
        record=_state(copy, "record", keys),
        page=compare_page(data, copy),
        customer_matches=customer.digest == order.customer_digest if customer else None,
        copy=copy,
    )


def _state(copy: FormCopy, part: str, keys: Mapping[str, str]) -> SealState:
    seal = copy.seal(part)
    if seal is None:
        bare = part == "record" and copy.content.record.model_dump(mode="json") == NO_RECORD
        return SealState.NOT_NEEDED if bare else SealState.ABSENT
    if seal.key_id not in keys:
        return SealState.STRANGE
    return SealState.HOLDS if holds(copy.content, seal, keys) else SealState.BROKEN


def compare_page(data: bytes, copy: FormCopy) -> PageState:
    """Draw the copy again and compare it with a file.

    Raises:
        FormNotDrawnError: the copy can't be drawn here.
        NotAPageError: the file can't be read.
    """
    from hallterm.forms.render import pdf_of  # noqa: PLC0415 - its libraries are large

    drawn = pdf_of(copy)
    if drawn == data:
        return PageState.SAME
    return PageState.ALIKE if _alike(data, drawn) else PageState.DIFFERENT


def _alike(ours: bytes, drawn: bytes) -> bool:
    with pdf_opened(ours) as one, pdf_opened(drawn) as other:
        if len(one) != len(other) or _text(one) != _text(other):
            return False
        if one[0].get_size() != other[0].get_size():
            return False
    return _look_alike(ours, drawn)


def _text(document: "PdfDocument") -> str:
    return _SPACES.sub(" ", "\f".join(page.get_textpage().get_text_range() for page in document))


def _look_alike(ours: bytes, drawn: bytes) -> bool:
    from PIL import ImageChops, ImageFilter  # noqa: PLC0415 - see pictures

    one, other = (pages_of(data, _DPI)[0] for data in (ours, drawn))
    if one.size != other.size:
        return False
    softened = [page.filter(ImageFilter.BoxBlur(1)) for page in (one, other)]
    _least, most = ImageChops.difference(*softened).getextrema()
    return bool(isinstance(most, int | float) and most < _DIFFERENT)


__all__ = ["Examination", "NotAPageError", "PageState", "SealState", "examine_code", "examine_file"]
