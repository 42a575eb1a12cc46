"""Traces (轨迹): files of who came when, and how long each was served, one customer a row."""

import io
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from random import Random
from statistics import median

from hallterm.desk.imports.columns import find_separator
from hallterm.desk.imports.encoding import guess_encoding
from hallterm.desk.imports.rows import Row, read_rows
from hallterm.domain.business import Businesses
from hallterm.domain.person.text import clean_text
from hallterm.domain.refusal import Refusal, refuse
from hallterm.lab.trace_mapping import PLAIN, TraceMapping
from hallterm.lab.trace_rows import RowReader, Visit

USUAL_SERVICE = 300.0
"""Length of a service that a trace without any length doesn't tell, seconds."""


@dataclass(frozen=True, slots=True)
class RefusedLine:
    """A row that is not replayed."""

    line: int
    reason: Refusal


@dataclass(slots=True)
class Trace:
    """One day of a trace."""

    day: date | None
    """None when the file has no dates."""
    visits: list[Visit]
    """In order of showing identity."""
    refused: list[RefusedLine] = field(default_factory=list)
    rows: int = 0
    """Rows of the day, refused and skipped ones included."""
    skipped: int = 0
    """Rows that the mapping says are no customers."""
    tiers_drawn: int = 0
    """Customers whose tier the file doesn't know."""


def read_trace(
    path: Path,
    businesses: Businesses,
    mapping: TraceMapping = PLAIN,
    day: date | None = None,
    seed: int = 1,
) -> Trace | Refusal:
    """Read one day of a trace; rows that can't be read are refused one by one.

    Args:
        path: a CSV file in UTF-8 or GB18030.
        businesses: what the hall does, to check and name the customers' businesses.
        mapping: how columns and values are called.
        day: which day, in a file with dates; may be left out when there is only one.
        seed: decides tiers that are drawn by lot.
    """
    try:
        if not path.is_file():
            return refuse("file_missing" if not path.exists() else "file_not_plain", path=str(path))
        encoding = guess_encoding(path).name
        with path.open("rb") as raw:
            text = io.TextIOWrapper(raw, encoding=encoding, errors="replace", newline="")
            start = text.read(1 << 16)
            header = next((line for line in start.splitlines() if line.strip("\0 \t,;")), "")
            text.seek(0)
            rows = read_rows(text, find_separator(header))
            return _read(rows, RowReader(businesses, mapping), day, seed)
    except OSError as error:
        return refuse("file_unreadable", path=str(path), reason=error.strerror or str(error))


def _read(rows: Iterator[Row], reader: RowReader, day: date | None, seed: int) -> Trace | Refusal:
    first = next(rows, None)
    if first is None or first.broken:
        return refuse("header_not_understood", columns="")
    problem = reader.understand([clean_text(cell) for cell in first.cells])
    if problem:
        return problem
    days: Counter[date] = Counter()
    traces: dict[date | None, _Day] = {}
    for row in rows:
        on = reader.day(row)
        if isinstance(on, date):
            days[on] += 1
        if day is not None and isinstance(on, date) and on != day:
            continue
        one = traces.setdefault(on if isinstance(on, date) else None, _Day())
        one.add(row, on if isinstance(on, Refusal) else reader.visit(row))
    return _one_day(traces, sorted(days), day).finished(seed) if _fits(days, day) else _which(days)


def _fits(days: Mapping[date, int], day: date | None) -> bool:
    return (day is None and len(days) <= 1) or not days or day in days


def _which(days: Mapping[date, int]) -> Refusal:
    listed = " ".join(day.isoformat() for day in sorted(days)[:20])
    return refuse("trace_which_day", days=listed)


def _one_day(traces: "dict[date | None, _Day]", days: list[date], day: date | None) -> "_Day":
    chosen = day if day in days else next(iter(days), None)
    one = traces.get(chosen, _Day())
    if chosen is not None and None in traces:
        one.join(traces[None])
    one.day = chosen
    return one


class _Day:
    """Rows of one day as they are read."""

    def __init__(self) -> None:
        self.day: date | None = None
        self._visits: list[tuple[Visit, bool]] = []
        self._refused: list[RefusedLine] = []
        self._rows = self._skipped = 0

    def add(self, row: Row, visit: "tuple[Visit, bool] | Refusal | None") -> None:
        """Note what a row says: a visit and whether its tier is known; None: no customer."""
        self._rows += 1
        if visit is None:
            self._skipped += 1
        elif isinstance(visit, Refusal):
            self._refused.append(RefusedLine(row.line, visit))
        else:
            self._visits.append(visit)

    def join(self, undated: "_Day") -> None:
        """Take over rows whose date can't be read; they are refused whatever their day."""
        self._refused += undated._refused  # noqa: SLF001 - the same class
        self._rows += undated._rows  # noqa: SLF001 - the same class

    def finished(self, seed: int) -> Trace:
        """Draw what the file doesn't know."""
        lengths = [visit.service for visit, _known in self._visits if visit.service > 0]
        usual = float(median(lengths)) if lengths else USUAL_SERVICE
        known = [(visit.tier, visit.grade) for visit, sure in self._visits if sure]
        lot = Random(seed)  # noqa: S311 - a model, nothing secret
        drawn = 0
        visits = []
        for read, sure in self._visits:
            visit = read
            if not sure and known:
                tier, grade = lot.choice(known)
                visit = replace(visit, tier=tier, grade=grade)
                drawn += 1
            if visit.service <= 0 and visit.left is not None:
                visit = replace(visit, service=usual)
            visits.append(visit)
        visits.sort(key=lambda visit: (visit.shown, visit.line))
        self._refused.sort(key=lambda one: one.line)
        return Trace(self.day, visits, self._refused, self._rows, self._skipped, drawn)
