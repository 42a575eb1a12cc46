"""What one row of a trace says, under a mapping of its columns and values."""

from dataclasses import dataclass
from datetime import date

from hallterm.desk.imports.rows import Row
from hallterm.domain.business import Businesses
from hallterm.domain.person.text import clean_text
from hallterm.domain.refusal import Refusal, refuse
from hallterm.domain.tiers import Grade, Tier
from hallterm.lab.trace_mapping import FIELDS, REQUIRED, RowChoice, TraceMapping, tier_of

LATEST = 26 * 3600.0
"""Seconds after midnight at which a customer can still come: the business day ends at 3:00."""
USUAL_BUSINESS = "consultation"
TIMES = ("arrived_s", "identity_s", "left_s", "service_s")
ARRIVED, LEFT = 0, 2
FIRST_YEAR, LAST_YEAR = 1980, 2199
SHOWN = 40
"""Characters of a wrong value that are told."""


@dataclass(frozen=True, slots=True)
class Visit:
    """One customer of a trace; moments in seconds after the hall's midnight."""

    line: int
    """Line of the file."""
    arrived: float
    shown: float
    """When identity was shown; the ticket is taken then."""
    left: float | None
    """When the customer goes away if not called by then; None: never."""
    service: float
    """Length of the service, seconds."""
    tier: Tier
    grade: Grade | None
    business_id: str


def check_day(day: date) -> Refusal | None:
    """Refuse days on which no hall was open: clocks and ids don't reach there."""
    if FIRST_YEAR <= day.year <= LAST_YEAR:
        return None
    return refuse("trace_date", value=day.isoformat())


class RowReader:
    """Reads the cells of a row under a mapping."""

    def __init__(self, businesses: Businesses, mapping: TraceMapping) -> None:
        self._mapping = mapping
        self._places: dict[str, int] = {}
        known = [*businesses.values()]
        self._business = {word: b.id for b in known for word in (b.name, b.code, b.id)}
        usual = USUAL_BUSINESS if USUAL_BUSINESS in businesses else next(iter(businesses), "")
        self._usual = usual

    def understand(self, titles: list[str]) -> Refusal | None:
        """Find the columns, or say which one is missing."""
        self._places = {title: place for place, title in reversed([*enumerate(titles)])}
        mapping = self._mapping
        wanted = [mapping.column(name) for name in REQUIRED] + [*mapping.columns.values()]
        for choice in (mapping.skip, mapping.left, mapping.tier_unknown):
            wanted += [choice.column] if choice else []
        wanted += [mapping.left.after] if mapping.left else []
        missing = next((column for column in wanted if column not in self._places), None)
        if missing is None:
            return None
        known = ", ".join(titles)[:200]
        return refuse(
            "trace_column_missing", column=missing, columns=known, fields=" ".join(FIELDS)
        )

    def _cell(self, row: Row, column: str) -> str:
        place = self._places.get(column)
        return clean_text(row.cells[place]) if place is not None and place < len(row.cells) else ""

    def _field(self, row: Row, name: str) -> str:
        return self._cell(row, self._mapping.column(name))

    def _is(self, row: Row, choice: RowChoice | None) -> bool:
        return choice is not None and self._cell(row, choice.column) in choice.values

    def day(self, row: Row) -> date | Refusal | None:
        """Return a row's date; None when the file has none."""
        if self._mapping.column("date") not in self._places:
            return None
        if row.broken:
            return refuse("row_quotes")
        text = self._field(row, "date")
        try:
            day = date.fromisoformat(text)
        except ValueError:
            return refuse("trace_date", value=text[:SHOWN])
        return check_day(day) or day

    def visit(self, row: Row) -> tuple[Visit, bool] | Refusal | None:
        """Return the customer of a row and whether the tier is known; None: no customer."""
        if row.broken:
            return refuse("row_quotes")
        if self._is(row, self._mapping.skip):
            return None
        times = self._times(row)
        if isinstance(times, Refusal):
            return times
        arrived, shown, left, service = times
        word = self._field(row, "tier")
        tier = tier_of(self._mapping.tier.get(word, word))
        if tier is None:
            return refuse("trace_tier", value=word[:SHOWN])
        business = self._business_of(row)
        if isinstance(business, Refusal):
            return business
        unknown = self._mapping.tier_unknown
        doubtful = unknown is not None and (not unknown.reads or word in unknown.reads)
        sure = not (doubtful and self._is(row, unknown))
        return Visit(row.line, arrived, shown, left, service, *tier, business), sure

    def _business_of(self, row: Row) -> str | Refusal:
        word = self._field(row, "business")
        word = self._mapping.business.get(word, word)
        if not word:
            return self._usual
        return self._business.get(word) or refuse("trace_business", value=word[:SHOWN])

    def _times(self, row: Row) -> tuple[float, float, float | None, float] | Refusal:
        """Return arrived, shown, left and length of service."""
        rule = self._mapping.left
        by_rule = rule if self._is(row, rule) else None
        names = [self._mapping.column(name) for name in TIMES]
        if by_rule:
            names[LEFT] = by_rule.after
        cells = [self._cell(row, name) for name in names]
        for place, (name, cell) in enumerate(zip(names, cells, strict=True)):
            needed = place == ARRIVED or (place == LEFT and by_rule)
            if (needed or cell) and _seconds(cell) is None:
                return refuse("trace_number", column=name, value=cell[:SHOWN])
        arrived, shown, left, service = (_seconds(cell) for cell in cells)
        arrived = arrived or 0.0
        shown = arrived if shown is None else shown
        if by_rule:
            left, service = arrived + (left or 0.0), 0.0
        if shown < arrived or (left is not None and left < shown):
            return refuse("trace_order")
        if service is None and left is None:
            return refuse("trace_service_missing")
        return arrived, shown, left, service or 0.0


def _seconds(text: str) -> float | None:
    try:
        seconds = float(text)
    except ValueError:
        return None
    return seconds if 0 <= seconds < LATEST else None
