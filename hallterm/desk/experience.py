"""What the hall has learnt from its own days: how long services take, how many customers come."""

import json
from collections import defaultdict
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime, time
from hashlib import sha256
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from hallterm.dispatch.known import HALF_HOUR, Stream
from hallterm.dispatch.minutes import learnt_seconds
from hallterm.dispatch.norm import longest_wait
from hallterm.dispatch.plan import Demand
from hallterm.domain.hall import Rules
from hallterm.domain.ticket.words import TicketState
from hallterm.domain.tiers import Tier
from hallterm.store.connection import reading, writing
from hallterm.store.faults import StoreFaultError
from hallterm.store.learnt import keep_learnt, read_learnt
from hallterm.store.log import from_ms
from hallterm.store.tables import DayRecord, TicketRecord, table_of

MOST_SERVICES = 3000
"""Services looked back upon; a new way of working shows within days."""
MOST_DAYS = 20
HALF_HOUR_MS = 30 * 60 * 1000
LEARNING = 1
"""Grows when something else is learnt, or otherwise: what was kept before holds no more then."""
SLOTS = 48
"""Half hours of a day."""

_tickets = table_of(TicketRecord)
_business = sa.func.json_extract(_tickets.c.document, "$.businesses[0].business_id")
_how_many = sa.func.json_array_length(_tickets.c.document, "$.businesses")
_services = (
    sa.select(_business, _tickets.c.closed_ms - _tickets.c.started_ms)
    .where(_tickets.c.state == TicketState.DONE.value, _how_many == 1)
    .order_by(_tickets.c.id.desc())
    .limit(MOST_SERVICES)
)
_starts = (
    sa.select(
        _tickets.c.day, _tickets.c.tier, _tickets.c.shown_ms, _tickets.c.started_ms, _business
    )
    .where(_tickets.c.started_ms.is_not(None), _tickets.c.started_ms >= _tickets.c.shown_ms)
    .order_by(_tickets.c.started_ms)
)


@dataclass(slots=True)
class Experience:
    """Learnt values, kept for one business day and then learnt anew."""

    day: date | None = None
    seconds: dict[str, float] = field(default_factory=dict)
    """Business id → expected seconds of service."""
    served: dict[str, int] = field(default_factory=dict)
    """Business id → how often it was done; what the mean of all is weighed by."""
    arrivals: dict[Tier, tuple[float, ...]] = field(default_factory=dict)
    """Customers in each half hour of the day, local time, on an average day."""
    worst: float = 0.0
    """The longest that the norm would have let anybody wait on these days, seconds."""
    learnt: bool = False

    def learn(self, connection: sa.Connection, rules: Rules, day: date | None) -> bool:
        """Learn from the days before `day`, unless that was done already; say whether it was not.

        day: None while no day is open, which is no reason to learn again.
        """
        if self.learnt and day in (self.day, None):
            return False
        with reading(connection):
            key = _key(_past_days(connection, day), rules)
            kept = read_learnt(connection, key)
            if kept is None:
                self._work_out(connection, rules, day)
            else:
                self._take(kept)
        if kept is None:
            # A store that can't be written just now says so where it matters.
            with suppress(StoreFaultError), writing(connection):
                keep_learnt(connection, key, self._document())
        self.day, self.learnt = day, True
        return True

    def _work_out(self, connection: sa.Connection, rules: Rules, day: date | None) -> None:
        """Go through the days before; seconds of work after busy ones."""
        taken = _services_taken(connection, rules)
        self.seconds = _learn_seconds(taken, rules)
        self.served = {business_id: len(history) for business_id, history in taken.items()}
        self.arrivals = _learn_arrivals(connection, day, _zone(rules))
        self.worst = self._learn_worst(connection, rules, day)

    def _document(self) -> str:
        arrivals = {tier.value: counts for tier, counts in self.arrivals.items()}
        return json.dumps([self.seconds, self.served, arrivals, self.worst])

    def _take(self, document: str) -> None:
        self.seconds, self.served, arrivals, self.worst = json.loads(document)
        self.arrivals = {Tier(tier): tuple(counts) for tier, counts in arrivals.items()}

    def expected(self, business_id: str, rules: Rules) -> float:
        """Return how long a business is expected to take, seconds; 0 if nobody knows it."""
        business = rules.businesses.get(business_id)
        prior = business.minutes * 60 if business else 0.0
        return self.seconds.get(business_id, prior)

    def _learn_worst(self, connection: sa.Connection, rules: Rules, today: date | None) -> float:
        days: defaultdict[str, list[tuple[float, float, float, Tier]]] = defaultdict(list)
        chosen = _starts.where(_tickets.c.day.in_(_past_days(connection, today)))
        for day, tier, shown_ms, started_ms, business_id in connection.execute(chosen):
            expected = self.expected(business_id, rules)
            days[day].append((shown_ms / 1000, started_ms / 1000, expected, Tier(tier)))
        return max((longest_wait(rows) for rows in days.values()), default=0.0)

    def streams(self, now: datetime, zone: ZoneInfo, rules: Rules) -> list[Stream]:
        """Return who is expected to come from now to the end of the day, by tier."""
        midnight = datetime.combine(now.astimezone(zone).date(), time(), zone).timestamp()
        mean = self._mean_seconds(rules)
        return [
            Stream(tier, midnight, counts, mean, rules.standards.budgets.service(tier).minutes * 60)
            for tier, counts in self.arrivals.items()
        ]

    def demands(self, rules: Rules) -> list[Demand]:
        """Return what each half hour of an average day asks of the hall, from midnight on."""
        mean = self._mean_seconds(rules)
        counts = zip(*self.arrivals.values(), strict=True)
        return [Demand(sum(customers), mean) for customers in counts]

    def _mean_seconds(self, rules: Rules) -> float:
        """Return the mean service of all customers, a business done often counting as often."""
        known = [
            (self.expected(business_id, rules), self.served.get(business_id, 0) + 1)
            for business_id in rules.businesses
        ]
        times = sum(weight for _, weight in known)
        return sum(seconds * weight for seconds, weight in known) / times if known else HALF_HOUR


def _zone(rules: Rules) -> ZoneInfo:
    hall = rules.company.hall
    return ZoneInfo(hall.timezone if hall else "Asia/Shanghai")


def _key(days: list[str], rules: Rules) -> str:
    """Name what is learnt from: the days, and the settings that it depends on."""
    minutes = {business_id: one.minutes for business_id, one in rules.businesses.items()}
    told = json.dumps([LEARNING, days, minutes, str(_zone(rules))])
    return sha256(told.encode()).hexdigest()


def _services_taken(connection: sa.Connection, rules: Rules) -> dict[str, list[float]]:
    taken: defaultdict[str, list[float]] = defaultdict(list)
    for business_id, milliseconds in connection.execute(_services):
        if business_id in rules.businesses and milliseconds is not None:
            taken[business_id].append(milliseconds / 1000)
    return taken


def _learn_seconds(taken: dict[str, list[float]], rules: Rules) -> dict[str, float]:
    return {
        business_id: learnt_seconds(rules.businesses[business_id].minutes * 60, history)
        for business_id, history in taken.items()
    }


def _learn_arrivals(
    connection: sa.Connection, today: date | None, zone: ZoneInfo
) -> dict[Tier, tuple[float, ...]]:
    days = _past_days(connection, today)
    if not days:
        return {}
    half_hour = _tickets.c.shown_ms // HALF_HOUR_MS
    chosen = (
        sa.select(_tickets.c.tier, sa.func.min(_tickets.c.shown_ms), sa.func.count())
        .where(_tickets.c.day.in_(days), _tickets.c.state != TicketState.VOID.value)
        .group_by(_tickets.c.tier, half_hour)
    )
    counts: dict[Tier, list[int]] = {}
    for tier, first_ms, count in connection.execute(chosen):
        local = from_ms(first_ms).astimezone(zone)
        slots = counts.setdefault(Tier(tier), [0] * SLOTS)
        slots[local.hour * 2 + local.minute // 30] += count
    return {tier: tuple(c / len(days) for c in slots) for tier, slots in counts.items()}


def _past_days(connection: sa.Connection, today: date | None) -> list[str]:
    table = table_of(DayRecord)
    past = sa.select(table.c.day).order_by(table.c.day.desc()).limit(MOST_DAYS)
    if today is not None:
        past = past.where(table.c.day < today.isoformat())
    return list(connection.execute(past).scalars())
