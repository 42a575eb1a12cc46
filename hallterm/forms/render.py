"""From a copy to its one-page PDF, by typst. Whatever the renderer warns of is an error."""

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from hallterm.forms.copies import SHAPE, FormCopy
from hallterm.forms.glyphs import font_folder
from hallterm.forms.page import page_of
from hallterm.forms.qr import qr_svg
from hallterm.forms.sealing import Code

if TYPE_CHECKING:
    from typst import Compiler

LOOK = Path(__file__).parent / f"look-{SHAPE}.typ"
"""The look of a shape never changes once forms were made with it; a new look gets a new shape."""
UNSEALED = "HT1:{number}"
"""What the QR picture of a form holds that no office has sealed yet."""
_STANDARD: Literal["a-3b"] = "a-3b"
"""PDF/A-3: fonts inside, attachments allowed, and a sign without a glyph is an error."""
FAMILIES = frozenset({"Noto Serif SC", "Noto Sans SC"})


class FormNotDrawnError(Exception):
    """The form could not be drawn as it must be; nothing was made. The message says why."""


def code_of(copy: FormCopy) -> str:
    """Return what the QR picture of a copy holds."""
    order, seal = copy.content.order, copy.seal("order")
    return Code.of(order, seal).text if seal else UNSEALED.format(number=order.number)


def pdf_of(copy: FormCopy) -> bytes:
    """Draw a copy. The same copy gives the same bytes on every machine with this renderer.

    Raises:
        FormNotDrawnError: a font is missing, a sign has no glyph, the renderer warns.
    """
    import typst  # noqa: PLC0415 - 80 MB of renderer, only for whoever draws a form

    code = code_of(copy)
    inputs = {
        "form": json.dumps(page_of(copy, code), ensure_ascii=False),
        "attachment": copy.attachment.decode(),
        "qr": qr_svg(code),
    }
    try:
        page, warnings = _compiler().compile_with_warnings(
            LOOK,
            format="pdf",
            sys_inputs=inputs,
            pdf_standards=[_STANDARD],
            pdf_tags=False,
            timestamp=int(copy.content.order.drawn_at.timestamp()),
        )
    except typst.TypstError as error:
        raise FormNotDrawnError(str(error)) from error
    if warnings or not isinstance(page, bytes):
        raise FormNotDrawnError("; ".join(warning.message for warning in warnings) or "no page")
    return page


@cache
def _compiler() -> "Compiler":
    import typst  # noqa: PLC0415 - see pdf_of

    fonts = typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[str(font_folder())],
    )
    missing = FAMILIES.difference(fonts.families())
    if missing:
        raise FormNotDrawnError("missing fonts: " + ", ".join(sorted(missing)))
    return typst.Compiler(root=LOOK.parent, font_paths=fonts, ignore_system_fonts=True)
