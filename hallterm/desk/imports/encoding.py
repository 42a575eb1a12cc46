"""Which encoding a file is in: UTF-8 with or without a mark, UTF-16 with one, or GB18030."""

import codecs
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_BLOCK = 1 << 20
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_LOST = "\ufffd"
_FEW = 4
"""Less than a quarter of its characters lost: UTF-8. GB18030 read as UTF-8 loses most of them."""


@dataclass(frozen=True, slots=True)
class Guess:
    """The encoding that fits a whole file best."""

    name: str
    """Python's name of it."""
    damaged: int
    """Places that it can't read; rows with such a place are refused."""


def guess_encoding(path: Path) -> Guess:
    """Read the whole file once, in blocks, and return the encoding that fits it best.

    Raises:
        OSError: the file can't be read.
    """
    with path.open("rb") as file:
        start = file.read(4)
    for mark, name in _MARKS:
        if start.startswith(mark):
            return Guess(name, _damage(path, name)[0])
    lost, foreign = _damage(path, "utf-8")
    if lost * _FEW < foreign or lost == 0:
        return Guess("utf-8", lost)
    lost_gb, foreign_gb = _damage(path, "gb18030")
    if lost_gb * foreign <= lost * foreign_gb:
        return Guess("gb18030", lost_gb)
    return Guess("utf-8", lost)


def _damage(path: Path, name: str) -> tuple[int, int]:
    """Count places that can't be read, and characters beyond ASCII."""
    lost = foreign = 0
    decoder = codecs.getincrementaldecoder(name)(errors="replace")
    for block in _blocks(path):
        if not block.isascii() or name == "utf-16" or decoder.getstate()[0]:
            text = decoder.decode(block)
            lost += text.count(_LOST)
            foreign += len(text) - len(text.encode("ascii", "ignore"))
    lost += decoder.decode(b"", final=True).count(_LOST)
    return lost, foreign


def _blocks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            yield block
