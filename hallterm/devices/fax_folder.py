"""Faxes that a fax server has put into a folder, taken as they come."""

import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from hallterm.desk.desk import Desk
from hallterm.desk.incoming import take_fax
from hallterm.domain.actor import Actor
from hallterm.domain.roles import Role
from hallterm.forms.pictures import LARGEST, NotAPageError

ENDINGS = frozenset({".tif", ".tiff", ".pdf"})
_STILL_WRITTEN = 5.0
"""Seconds since the last change of a file; before that the fax server may not be done with it."""


def pages_in(folder: Path) -> Iterator[Path]:
    """Yield the files that may be pages, by name."""
    inside = sorted(folder.iterdir()) if folder.is_dir() else []
    yield from (path for path in inside if path.suffix.lower() in ENDINGS)


def take_pages(desk: Desk, folder: Path, seen: set[tuple[str, int, int]]) -> int:
    """Take what is new; return how many pages were taken.

    What no page can be read from is left for `hallterm fax take`, which names it.

    seen: name, size and time of files that need no further look; grows.

    Raises:
        StoreFaultError: the store could not be written.
    """
    machine = Actor(desk.device, frozenset({Role.KIOSK}))
    taken = 0
    for path in pages_in(folder):
        try:
            known = path.stat()
            if known.st_size > LARGEST or time.time() - known.st_mtime < _STILL_WRITTEN:
                continue
            mark = (path.name, known.st_size, known.st_mtime_ns)
            data = b"" if mark in seen else path.read_bytes()
        except OSError:
            continue
        if data:
            with suppress(NotAPageError):
                taken += take_fax(desk, machine, data).new
            seen.add(mark)
    return taken
