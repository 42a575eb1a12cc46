"""Fax pages: a form as the TIFF that a fax server sends.

ITU-T T.4/T.6: 1728 dots across A4, 204 × 196 dots an inch ("fine"), black or white, coded as G4.
"""

import io
from typing import TYPE_CHECKING

from hallterm.forms.pictures import pages_of

if TYPE_CHECKING:
    from PIL.Image import Image

ACROSS, DOWN = 204, 196
"""Dots an inch."""
COLUMNS = 1728
ROWS = 2292
"""Of an A4 page, 297 mm."""
_WHITE = 255
_INK = 150
"""Greys darker than this are ink: keeps thin strokes of Song type whole."""


def fax_page(pdf: bytes) -> bytes:
    """Return the first page of a form as a fax page, G4 TIFF.

    Raises:
        NotAPageError: it is no PDF.
    """
    from PIL import Image  # noqa: PLC0415 - only a fax needs it

    # Drawn twice as fine and brought down, so that grey edges fall to the right side.
    fine = pages_of(pdf, 2 * ACROSS)[0]
    width = min(round(fine.width / 2), COLUMNS)
    page = fine.resize((width, ROWS), Image.Resampling.LANCZOS)
    sheet = Image.new("L", (COLUMNS, ROWS), _WHITE)
    sheet.paste(page, ((COLUMNS - width) // 2, 0))
    return _coded(sheet.point(lambda grey: _WHITE if grey >= _INK else 0).convert("1"))


def _coded(sheet: "Image") -> bytes:
    out = io.BytesIO()
    sheet.save(out, format="TIFF", compression="group4", dpi=(ACROSS, DOWN))
    return out.getvalue()
