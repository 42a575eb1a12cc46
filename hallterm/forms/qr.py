"""The QR picture of a code."""

import io

QUIET = 2
"""Empty modules around the picture; the form's own white margin adds the rest (ISO/IEC 18004)."""


def qr_svg(text: str) -> str:
    """Return the QR picture of a text as SVG; error correction M, which a fax survives."""
    import segno  # noqa: PLC0415 - only a form needs it

    picture = io.BytesIO()
    code = segno.make(text, error="m", micro=False, boost_error=False)
    code.save(picture, kind="svg", border=QUIET, xmldecl=False)
    return picture.getvalue().decode()
