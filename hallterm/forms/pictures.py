"""Looking at pages as pictures: PDF and TIFF to grey pictures, and the code that is on one.

The libraries for this are large and imported only when a picture is looked at.
"""

import io
import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from hallterm.forms.sealing import CODE_MARK, Code, read_code

if TYPE_CHECKING:
    from PIL.Image import Image
    from pypdfium2 import PdfDocument

LARGEST = 20_000_000
"""Largest file that is looked at, bytes."""
_LARGEST_SIDE = 20_000
"""Pixels; a fax page is 1728 × 2300 or so."""
_MOST_PAGES = 4
_POINTS = 72
_PDF = b"%PDF-"
_SCAN_DPI = 300
_NUMBERED = re.compile(rf"{CODE_MARK}:([A-Z0-9-]{{1,32}})(?::|$)")


class NotAPageError(Exception):
    """The file is no PDF and no picture, is too large, or is damaged."""


def is_pdf(data: bytes) -> bool:
    """Say whether a file is a PDF by its first bytes."""
    return data.startswith(_PDF)


@contextmanager
def pdf_opened(data: bytes) -> "Iterator[PdfDocument]":
    """Open a PDF for the block; it is closed afterwards.

    Raises:
        NotAPageError: it is none, is damaged anywhere the block looks, or asks for a password.
    """
    import pypdfium2  # noqa: PLC0415 - see the module

    try:
        document = pypdfium2.PdfDocument(data)
        try:
            yield document
        finally:
            document.close()
    except pypdfium2.PdfiumError as error:
        raise NotAPageError(str(error)) from error


def pages_of(data: bytes, dpi: int) -> "list[Image]":
    """Return the first pages of a PDF or TIFF (or another picture) in grey.

    Raises:
        NotAPageError: see `NotAPageError`.
    """
    if len(data) > LARGEST:
        raise NotAPageError("too large")
    return _pdf_pages(data, dpi) if is_pdf(data) else _picture_pages(data)


def _pdf_pages(data: bytes, dpi: int) -> "list[Image]":
    pages = []
    with pdf_opened(data) as document:
        for place in range(min(len(document), _MOST_PAGES)):
            page = document[place]
            if max(page.get_size()) * dpi / _POINTS > _LARGEST_SIDE:
                raise NotAPageError("too large")
            picture: Image = page.render(scale=dpi / _POINTS, grayscale=True).to_pil()
            pages.append(picture)
    return pages


def _picture_pages(data: bytes) -> "list[Image]":
    from PIL import Image, ImageSequence, UnidentifiedImageError  # noqa: PLC0415 - see the module

    try:
        # A page may be readable with faults in what is beside it; no screen may be written over.
        with (
            warnings.catch_warnings(action="ignore"),
            Image.open(io.BytesIO(data), formats=("TIFF", "PNG", "JPEG")) as picture,
        ):
            if max(picture.size) > _LARGEST_SIDE:
                raise NotAPageError("too large")
            frames = enumerate(ImageSequence.Iterator(picture))
            return [_square(frame) for place, frame in frames if place < _MOST_PAGES]
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as error:
        raise NotAPageError(str(error)) from error
    except Image.DecompressionBombError as error:
        raise NotAPageError("too large") from error


def _square(frame: "Image") -> "Image":
    """Return a frame in grey with square pixels: a coarse fax has half as many lines as columns."""
    across, down = frame.info.get("dpi", (1, 1))
    grey = frame.convert("L")
    if across and down and not 0.8 < float(across) / float(down) < 1.25:  # noqa: PLR2004 - nearly 1
        return grey.resize((grey.width, round(grey.height * float(across) / float(down))))
    return grey


def code_on(data: bytes) -> Code | None:
    """Return the code of a form that is on one of the pages; None when none can be read.

    Raises:
        NotAPageError: see `NotAPageError`.
    """
    return next((code for text in _texts_on(data) if (code := read_code(text))), None)


def number_on(data: bytes) -> str:
    """Return the number that the code on one of the pages says, sealed or not; else nothing.

    Raises:
        NotAPageError: see `NotAPageError`.
    """
    found = (_NUMBERED.match(text) for text in _texts_on(data))
    return next((match[1] for match in found if match), "")


def _texts_on(data: bytes) -> Iterator[str]:
    import zxingcpp  # noqa: PLC0415 - see the module

    formats = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode])
    for page in pages_of(data, _SCAN_DPI):
        yield from (one.text for one in zxingcpp.read_barcodes(page, formats=formats))
