"""Looks for what was told of erased people in every byte of every store."""

import tempfile
from collections.abc import Iterable, Iterator, Mapping, Set
from pathlib import Path
from typing import TYPE_CHECKING

from sqlcipher3 import dbapi2 as sqlcipher

from tests.simulation.unlike import Unlike

if TYPE_CHECKING:
    from tests.simulation.machine import Disk

_ERASED = "SELECT person_id FROM person_tombstone"


def words_of(memories: Iterable[Mapping[str, Set[str]]]) -> dict[str, set[str]]:
    """Return person id → what was told of that person alone, at whatever terminal."""
    told: dict[str, set[str]] = {}
    for memory in memories:
        for person_id, words in memory.items():
            told.setdefault(person_id, set()).update(words)
    return told


def check_bytes(disk: "Disk", where: str, told: Mapping[str, Set[str]]) -> Iterator[Unlike]:
    """See that no page holds a word of somebody erased, free pages and rests of rows included."""
    erased = [row[0] for row in disk.raw.execute(_ERASED).fetchall()]
    needles = {word for person_id in erased for word in told.get(person_id, ())}
    if not needles:
        return
    pages = _pages(disk)
    for word in sorted(needles):
        if word.encode() in pages:
            yield Unlike("erased_bytes_left", where, word)


def _pages(disk: "Disk") -> bytes:
    with tempfile.TemporaryDirectory(prefix="hallterm-simulation-") as folder:
        path = Path(folder) / "pages.db"
        copy = sqlcipher.connect(str(path))
        disk.raw.backup(copy)
        copy.close()
        return path.read_bytes()
