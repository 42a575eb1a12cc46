"""Text cut and filled to terminal cells: a Chinese character takes two."""

import unicodedata
from collections.abc import Iterable
from datetime import datetime

from rich.cells import cell_len, set_cell_size
from rich.style import Style
from rich.text import Text

_ROOM_FOR_DOTS = 4
_WIDE_TWINS = str.maketrans(
    {"“": "「", "”": "」", "‘": "「", "’": "」", "…": "..", "—": "-", "·": " ", "×": "x", "→": ">"}
)
"""Signs that some terminals draw one cell wide and others two, and what is shown instead."""


def plain(text: str) -> str:
    """Return text that is safe in a line: no control signs, nothing of uncertain width."""
    kept = "".join(" " if character.isspace() else character for character in text)
    return "".join(c for c in kept.translate(_WIDE_TWINS) if c.isprintable())


def normal(text: str) -> str:
    """Return what a person typed with full-width forms made plain and outer blanks removed."""
    return plain(unicodedata.normalize("NFKC", text)).strip()


def width(text: str) -> int:
    """Return how many cells a text takes."""
    return cell_len(text)


def fit(text: str, cells: int) -> str:
    """Return the text in exactly so many cells; what is cut off shows as two dots."""
    if cells <= 0:
        return ""
    if cell_len(text) <= cells:
        return set_cell_size(text, cells)
    if cells < _ROOM_FOR_DOTS:
        return set_cell_size(text, cells)
    return set_cell_size(set_cell_size(text, cells - 2).rstrip() + "..", cells)


def fit_customer(text: str, cells: int) -> str:
    """Return a name and its number in exactly so many cells: the name is cut, never the number."""
    name, _blank, number = text.rpartition(" ")
    room = cells - cell_len(number) - 1
    if cell_len(text) <= cells or not number[-1:].isdigit() or room < _ROOM_FOR_DOTS:
        return fit(text, cells)
    return f"{fit(name, room)} {number}"


def time_or_day(at: datetime, now: datetime) -> str:
    """Return the time of something today, else its day; both of one place's time."""
    return f"{at:%H:%M}" if at.date() == now.date() else f"{at:%m-%d}"


def right(text: str, cells: int) -> str:
    """Return the text at the right end of so many cells."""
    return " " * max(cells - cell_len(text), 0) + fit(text, min(cell_len(text), cells))


Piece = tuple[str, Style]
"""A run of text in one style."""


def line(left: Iterable[Piece], cells: int, end: Iterable[Piece] = ()) -> Text:
    """Lay pieces from the left and from the right edge into one line of exactly so many cells.

    The right end is kept whole; the left one is cut where room is short.
    """
    ending = list(end)
    room = max(cells - sum(cell_len(text) for text, _style in ending), 0)
    result = Text(no_wrap=True, end="")
    for text, style in left:
        piece = text if cell_len(text) <= room else fit(text, room)
        room -= cell_len(piece)
        result.append(piece, style)
    result.append(" " * room)
    for text, style in ending:
        result.append(text, style)
    return result
