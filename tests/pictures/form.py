"""The picture of a form in the documents."""

import io
from pathlib import Path

from hallterm.forms.pictures import pages_of
from hallterm.forms.render import pdf_of
from tests.forms.samples import copy, record

DPI = 110


def take_form_picture(folder: Path) -> None:
    """Write a form that was carried out as form.png: few greys, as it is mostly white."""
    page = pages_of(pdf_of(copy(done=record())), DPI)[0]
    out = io.BytesIO()
    page.quantize(16).save(out, format="PNG", optimize=True)
    (folder / "form.png").write_bytes(out.getvalue())
