"""What a hall knows beside who waits: who came, who will come, how the days before were."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from hallterm.dispatch.queue import Waiting
from hallterm.domain.tiers import Tier

HALF_HOUR = 1800.0
COMING = "coming"
"""Begin of the ids of customers who are only expected to come."""


BUDGETS = {Tier.VIP: 600.0, Tier.GOTONE: 900.0, Tier.STANDARD: 1800.0}
"""The norm's promises (S0 §1.4), seconds, for those known to come where no stream tells another."""


class Came(NamedTuple):
    """One of the others (tier `standard`) who came today, waiting still or called already."""

    clock_from: float
    """When the promise began to run: seconds since the epoch."""
    expected: float
    """Expected length of the service, seconds."""


class Others:
    """The others who came today, first come first; asked for the last of them in no time."""

    def __init__(self, came: Iterable[Came] = ()) -> None:
        self._clocks: list[float] = []
        self._middles: list[float] = []
        """The work that came up to the middle of each one's own, seconds."""
        self._work = 0.0
        for one in sorted(came):
            self.add(one)

    def __bool__(self) -> bool:
        return bool(self._clocks)

    def add(self, one: Came) -> None:
        """Note who has come; nobody who came later may be here already."""
        self._clocks.append(one.clock_from)
        self._middles.append(self._work + one.expected / 2)
        self._work += one.expected

    def copy(self) -> "Others":
        """Return a copy that can be added to without changing this one."""
        twin = Others()
        twin._clocks, twin._middles = self._clocks.copy(), self._middles.copy()
        twin._work = self._work
        return twin

    def last(self, work: float) -> int:
        """Return the place of the first of the last who brought this much work, seconds."""
        return bisect_right(self._middles, self._work - work)

    def clock_at(self, place: int) -> float | None:
        """Return when the promise to the one at this place began to run; None behind the last."""
        return self._clocks[place] if place < len(self._clocks) else None

    def before(self, moment: float) -> int:
        """Return how many of them have a clock that began before a moment."""
        return bisect_left(self._clocks, moment)


@dataclass(frozen=True, slots=True)
class Coming:
    """One customer who is known to come: an appointment (预约)."""

    at: float
    """Booked moment, seconds since the epoch."""
    tier: Tier
    minutes: float
    """Expected length of the service, minutes."""

    def as_waiting(self, place: int, budget: float) -> Waiting:
        """Return the ticket that will be taken.

        Args:
            place: tells it from others of the same tier.
            budget: promised wait, seconds.
        """
        return Waiting(
            ticket_id=f"{COMING} booked {self.tier.value} {place:05d}",
            number="",
            tier=self.tier,
            grade=None,
            clock_from=self.at,
            budget=budget,
            expected=60 * self.minutes,
            arrived=self.at,
            appointment=self.at,
        )


@dataclass(frozen=True, slots=True)
class Stream:
    """Customers of one tier who are expected to come, at even intervals within a half hour."""

    tier: Tier
    begins: float
    """Begin of the first half hour, seconds since the epoch."""
    per_half_hour: tuple[float, ...]
    """Customers in each half hour from then on, learnt from the hall's history."""
    expected: float
    """Mean length of their service, seconds."""
    budget: float
    """Promised wait, seconds."""

    def until(self, now: float, end: float) -> list[Waiting]:
        """Return those who come between two moments."""
        come: list[Waiting] = []
        due = 0.5
        for place, count in enumerate(self.per_half_hour):
            slot = self.begins + place * HALF_HOUR
            moment, last = max(now, slot), min(end, slot + HALF_HOUR)
            if count <= 0 or last <= moment:
                continue
            gap = HALF_HOUR / count
            while moment + due * gap < last:
                moment += due * gap
                come.append(self._customer(moment, len(come)))
                due = 1.0
            due -= (last - moment) / gap
        return come

    def work_at(self, moment: float) -> float:
        """Return the work that comes per second at a moment, seconds of service."""
        slot = int((moment - self.begins) // HALF_HOUR)
        if not 0 <= slot < len(self.per_half_hour):
            return 0.0
        return self.per_half_hour[slot] * self.expected / HALF_HOUR

    def _customer(self, moment: float, place: int) -> Waiting:
        ticket_id = f"{COMING} {self.tier.value} {place:05d}"
        return Waiting(
            ticket_id, "", self.tier, None, moment, self.budget, self.expected, arrived=moment
        )


@dataclass(frozen=True, slots=True)
class Known:
    """All that is known beside who waits; every part may be missing."""

    came: Others = field(default_factory=Others)
    """The others who came; those before the oldest that the norm would still have waiting don't
    matter and may be left out. Empty: the norm's queue isn't known."""
    streams: Sequence[Stream] = ()
    """Who is expected to come."""
    coming: Sequence[Coming] = ()
    """Who is known to come."""
    worst: float = 0.0
    """The longest that the norm would have let anybody wait on the days before, seconds."""

    def expected(self) -> Sequence[Stream]:
        """Return who is expected beside those who are known to come.

        The history counts those who had an appointment like all others, so they are taken off.
        """
        return [_without(stream, self.coming) for stream in self.streams]

    def arrivals(self, now: float, end: float) -> list[Waiting]:
        """Return who comes between two moments, known or expected, first first."""
        come = [w for stream in self.expected() for w in stream.until(now, end)]
        budgets = BUDGETS | {stream.tier: stream.budget for stream in self.streams}
        for place, one in enumerate(sorted(self.coming, key=lambda c: (c.at, c.tier, c.minutes))):
            if now < one.at < end:
                come.append(one.as_waiting(place, budgets[one.tier]))
        return sorted(come, key=lambda w: (w.arrived, w.ticket_id))


def _without(stream: Stream, coming: Sequence[Coming]) -> Stream:
    counts = list(stream.per_half_hour)
    for one in coming:
        slot = int((one.at - stream.begins) // HALF_HOUR)
        if one.tier is stream.tier and 0 <= slot < len(counts):
            counts[slot] = max(0.0, counts[slot] - 1)
    return replace(stream, per_half_hour=tuple(counts)) if coming else stream


NOTHING_KNOWN = Known()
