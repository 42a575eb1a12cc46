"""The fax server's folder: pages are put there to be sent, and received ones are found there."""

import json
from pathlib import Path

from hallterm.mail.carriers import put
from hallterm.mail.letter import file_name


def put_fax(folder: Path, fax_id: str, number: str, target: str, page: bytes) -> Path:
    """Put a page into the fax server's folder, and beside it a note of where it goes.

    The page comes last: a server that watches for pages finds the note beside it. A fax that is
    put again is the same two files.

    Raises:
        OSError: they could not be written.
    """
    stem = f"{file_name(number, '')[:-1]}-{''.join(c for c in fax_id if c.isalnum())[-12:]}"
    note = {"number": number, "to": target, "page": f"{stem}.tif"}
    put(folder, f"{stem}.json", json.dumps(note, ensure_ascii=False).encode() + b"\n")
    return put(folder, f"{stem}.tif", page)
