"""Rows of a CSV file with the number of the line they start at, however untidy the file is."""

import csv
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

_MOST_LINES = 50
"""A row that runs over more lines than this has a quote that was never closed."""

_LONGEST_LINE = 100_000
"""Characters of a line that are looked at."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row."""

    line: int
    """Number of its first line in the file, 1 for the first."""
    cells: list[str]
    broken: bool = False
    """Its quotes don't close or stand in the wrong place; the cells are of no use."""


class _Lines(Iterator[str]):
    """Lines of the text; the ones that make up the row being read can be given back."""

    def __init__(self, text: Iterable[str]) -> None:
        self._text = iter(text)
        self._again: deque[str] = deque()
        self.taken: list[str] = []
        self.number = 0

    def __next__(self) -> str:
        if len(self.taken) >= _MOST_LINES:
            raise StopIteration
        line = self._again.popleft() if self._again else next(self._text)
        if len(line) > _LONGEST_LINE:
            line = line[:_LONGEST_LINE] + "\n"
        self.number += 1
        self.taken.append(line)
        return line

    def row_done(self) -> None:
        self.taken.clear()

    def give_back_all_but_first(self) -> None:
        self._again.extendleft(reversed(self.taken[1:]))
        self.number -= len(self.taken) - 1
        self.taken.clear()


def read_rows(text: Iterable[str], separator: str) -> Iterator[Row]:
    """Return the rows of a text that hold anything.

    Lines are taken as they come, so memory stays bounded. A quote that is never closed costs its
    own line only: the lines after it are read again as rows of their own.
    """
    csv.field_size_limit(_LONGEST_LINE * _MOST_LINES)
    lines = _Lines(text)
    while True:
        reader = csv.reader(lines, delimiter=separator, strict=True)
        first = lines.number + 1
        try:
            for cells in reader:
                lines.row_done()
                if any(cells):
                    yield Row(first, cells)
                first = lines.number + 1
        except csv.Error:
            pass
        if not lines.taken:
            return
        lines.give_back_all_but_first()
        yield Row(first, [], broken=True)
