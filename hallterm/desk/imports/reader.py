"""From a file to readable rows, piece by piece."""

import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

from hallterm.desk.imports.columns import Columns, find_columns, find_separator
from hallterm.desk.imports.encoding import Guess, guess_encoding
from hallterm.desk.imports.plan import FileRow
from hallterm.desk.imports.rows import Row, read_rows
from hallterm.domain.person.choices import CHOICES
from hallterm.domain.person.cleaning import IDENTIFIERS, Value, Values, clean, clean_field
from hallterm.domain.refusal import Refusal, refuse

_LOST = "\ufffd"
_WORDS_KEPT = 10_000
"""Different words of closed sets whose meaning is remembered."""

Refused = Callable[[int, Refusal], None]
"""Told for each row that doesn't go in: its line and why."""


@dataclass
class CustomerFile:
    """A file of customers, opened and understood as far as its header."""

    text: io.TextIOWrapper
    raw: BinaryIO
    size: int
    """Bytes."""
    guess: Guess
    columns: Columns
    rows: Iterator[Row]
    _words: dict[tuple[str, str], Value] = field(default_factory=dict)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.text.close()

    @property
    def read_so_far(self) -> int:
        """Bytes read."""
        return self.raw.tell()

    def pieces(self, size: int, refused: Refused) -> Iterator[list[FileRow]]:
        """Return the readable rows, about `size` at a time; the others are told."""
        piece: list[FileRow] = []
        for row in self.rows:
            values = self._read(row)
            if isinstance(values, Refusal):
                refused(row.line, values)
                continue
            piece.append(FileRow(row.line, values))
            if len(piece) >= size:
                yield piece
                piece = []
        if piece:
            yield piece

    def _read(self, row: Row) -> Values | Refusal:
        if row.broken:
            return refuse("row_quotes")
        cells = row.cells
        values: Values = {}
        for name, place in self.columns.places:
            raw = cells[place] if place < len(cells) else ""
            if not raw:
                continue
            if _LOST in raw:
                return refuse("row_undecodable", encoding=self.guess.name)
            value = self._value(name, raw, values)
            if isinstance(value, Refusal):
                return value
            if value is not None:
                values[name] = value
        if not any(name in values for name in IDENTIFIERS):
            return refuse("no_number")
        return values

    def _value(self, name: str, raw: str, values: Values) -> Value | Refusal:
        if name not in CHOICES:
            return clean_field(name, raw)
        known = self._words.get((name, raw))
        if known is not None:
            return known
        if name == "tier":
            both = clean({"tier": raw})
            if both.problems:
                return both.problems[0]
            if "grade" in both.values:
                values.update(both.values)
                return both.values["tier"]
        value = clean_field(name, raw)
        if not isinstance(value, Refusal) and len(self._words) < _WORDS_KEPT:
            self._words[name, raw] = value
        return value


def open_customer_file(path: Path, mapping: Mapping[str, str]) -> CustomerFile | Refusal:
    """Open a file, find its encoding, separator and columns.

    Args:
        path: an ordinary file, read twice.
        mapping: field by name of column, for columns with a name of their own.
    """
    try:
        if not path.is_file():
            return refuse("file_missing" if not path.exists() else "file_not_plain", path=str(path))
        guess = guess_encoding(path)
        raw = path.open("rb")
    except OSError as error:
        return refuse("file_unreadable", path=str(path), reason=error.strerror or str(error))
    text = io.TextIOWrapper(raw, encoding=guess.name, errors="replace", newline="")
    opened = _read_header(text, raw, path, guess, mapping)
    if isinstance(opened, Refusal):
        text.close()
    return opened


def _read_header(
    text: io.TextIOWrapper, raw: BinaryIO, path: Path, guess: Guess, mapping: Mapping[str, str]
) -> CustomerFile | Refusal:
    start = text.read(1 << 16)
    header = next((line for line in start.splitlines() if line.strip("\0 \t,;")), "")
    text.seek(0)
    rows = read_rows(text, find_separator(header))
    first = next(rows, None)
    if first is None:
        return refuse("file_empty", path=str(path))
    if first.broken:
        return refuse("header_not_understood", columns="")
    columns = find_columns(first.cells, mapping)
    if isinstance(columns, Refusal):
        return columns
    return CustomerFile(text, raw, path.stat().st_size, guess, columns, rows)
