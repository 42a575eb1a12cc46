"""Finding customers as somebody types (查找客户)."""

from dataclasses import dataclass

import sqlalchemy as sa

from hallterm.domain.person.text import clean_text
from hallterm.store.persons.keys import TAIL, TEXT_LIMIT, KeyKind
from hallterm.store.persons.records import RANKS, PersonRecord, person, record_of

COUNT_LIMIT = 1000
"""Matches that are counted exactly; above that it is "1000+"."""

LEAST_DIGITS = 4
"""Digits of a number that must be known to look for it."""

_HIGHEST = "\U0010ffff"
_RANGE = (
    "SELECT row FROM person_key WHERE kind = ? AND rank = ? AND text >= ? AND text < ?"
    " ORDER BY text LIMIT ?"
)

_ROWS = f"SELECT row FROM ({_RANGE})"  # noqa: S608 - ours


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found, VIP first."""

    rows: tuple[PersonRecord, ...]
    more: int
    """Matches beyond the rows."""
    more_is_at_least: bool
    """The count stopped; there are more than `more`."""


@dataclass(frozen=True, slots=True)
class _Span:
    """One range of one kind of key."""

    kind: KeyKind
    low: str
    high: str


def _prefix(kind: KeyKind, text: str) -> _Span:
    text = text[:TEXT_LIMIT]
    return _Span(kind, text, text + _HIGHEST)


def _exactly(kind: KeyKind, text: str) -> _Span:
    return _Span(kind, text, text + "\0")


def _spans(text: str) -> list[_Span]:
    """Say where to look for what somebody typed."""
    typed = clean_text(text).casefold()
    close = "".join(c for c in typed if c not in " -'’()").replace("ü", "v")
    digits = close.removeprefix("+")
    if not digits:
        return []
    if digits.isascii() and digits.isdigit():
        return _number_spans(close)
    if not close.isascii():
        return [_prefix(KeyKind.NAME, typed)]
    if any(c.isdigit() for c in close):
        if len(close) < LEAST_DIGITS:
            return [_prefix(KeyKind.NAME, typed)]
        code = close.upper()
        return [
            _prefix(KeyKind.CARD, code),
            _exactly(KeyKind.ID_NUMBER, code),
            _prefix(KeyKind.NAME, typed),
        ]
    spans = [_prefix(KeyKind.INITIALS, close), _prefix(KeyKind.PINYIN, close)]
    if " " in typed:
        spans.append(_prefix(KeyKind.NAME, typed))
    return spans


def _number_spans(digits: str) -> list[_Span]:
    if len(digits) < LEAST_DIGITS:
        return []
    spans = [
        _prefix(KeyKind.PHONE, digits),
        _prefix(KeyKind.CARD, digits),
        _exactly(KeyKind.ID_NUMBER, digits),
    ]
    if len(digits) == TAIL:
        spans.insert(0, _exactly(KeyKind.TAIL, digits))
    return spans


def search(connection: sa.Connection, text: str, limit: int = 20) -> Found:
    """Return the first customers that fit, VIP by grade first, then GoTone, then the rest.

    Understood are a telephone number or four or more of its first digits, its last four, a VIP
    card, a whole ID number, the start of a name, of its pinyin, or of its initials. Records of
    an import under way are found by name some seconds after they are in, by number at once.
    """
    spans = _spans(text)
    rows: dict[int, None] = {}
    for rank in RANKS:
        for span in spans:
            if len(rows) < limit:
                rows.update(dict.fromkeys(_first(connection, span, rank, limit)))
    first = list(rows)[:limit]
    # Fewer than the limit: every range was read to its end, and there are no more.
    more = _count(connection, spans, limit) - limit if len(first) == limit else 0
    records = tuple(_records(connection, first))
    return Found(records, min(more, COUNT_LIMIT), more > COUNT_LIMIT)


def _first(connection: sa.Connection, span: _Span, rank: int, limit: int) -> list[int]:
    found = connection.exec_driver_sql(_RANGE, (*_bounds(span, rank), limit))
    return [row for (row,) in found]


def _count(connection: sa.Connection, spans: list[_Span], limit: int) -> int:
    """Count the persons in the ranges, each once; stop soon after the limit is passed."""
    enough = COUNT_LIMIT + limit + 1
    ranges = [(*_bounds(span, rank), enough) for rank in RANKS for span in spans]
    union = " UNION ".join([_ROWS] * len(ranges))
    count = f"SELECT count(*) FROM (SELECT row FROM ({union}) LIMIT {enough})"  # noqa: S608 - ours
    flat = tuple(value for bounds in ranges for value in bounds)
    return int(connection.exec_driver_sql(count, flat).scalar() or 0)


def _bounds(span: _Span, rank: int) -> tuple[int, int, str, str]:
    return span.kind.value, rank, span.low, span.high


def _records(connection: sa.Connection, rows: list[int]) -> list[PersonRecord]:
    if not rows:
        return []
    found = connection.execute(sa.select(person).where(person.c.row.in_(rows)))
    by_row = {row.row: record_of(row._asdict()) for row in found}
    return [by_row[row] for row in rows if row in by_row]
