"""What a policy sees of the hall: customers waiting and counters, times in seconds."""

from collections.abc import Sequence
from dataclasses import dataclass

from hallterm.domain.tiers import GRADE_ORDER, TIER_ORDER, Grade, Tier


@dataclass(frozen=True, slots=True)
class Waiting:
    """One waiting ticket."""

    ticket_id: str
    number: str
    """What the customer reads on the slip, such as ``G007``."""
    tier: Tier
    grade: Grade | None
    clock_from: float
    """When the promise began to run: seconds since the epoch."""
    budget: float
    """Promised wait, seconds."""
    expected: float
    """Expected length of the service, seconds."""
    helped: bool = False
    """Old, disabled or pregnant (S1 §20), or flagged: their requests come first (S1 §13)."""
    only_counter: str | None = None
    """Counter id the ticket was sent to; nobody else may be offered it."""
    arrived: float = 0.0
    """Seconds since the epoch; breaks ties."""
    returned: bool = False
    """Was called before and is back: after a pass-over (过号) or from being parked (挂起)."""
    appointment: float | None = None
    """Booked moment (预约), seconds since the epoch; from then on first in tier and grade."""

    @property
    def tie(self) -> tuple[str, str]:
        """Decides between those who came in the same millisecond: the lower number first."""
        return self.number, self.ticket_id

    @property
    def deadline(self) -> float:
        """The moment at which the promise breaks, seconds since the epoch."""
        return self.clock_from + self.budget

    @property
    def rank(self) -> tuple[int, int]:
        """Tier and grade as the norm orders them, first first (S0 §1.4)."""
        return TIER_ORDER[self.tier], GRADE_ORDER[self.grade]

    def goes_first(self, now: float) -> bool:
        """Tell whether it comes before the others of its tier and grade, whatever their age."""
        return (
            self.helped
            or self.returned
            or (self.appointment is not None and self.appointment <= now)
        )


@dataclass(frozen=True, slots=True)
class Station:
    """One counter, as far as a policy needs it."""

    counter_id: str
    tiers: frozenset[Tier]
    """Tiers that the counter is for."""
    serves_others: bool
    """Takes other tiers while nobody of its own waits (a setting of the hall)."""
    free_at: float
    """When it is expected to be free, seconds since the epoch; now or earlier if it is."""


@dataclass(frozen=True, slots=True)
class Choice:
    """The ticket to call, and why."""

    ticket_id: str
    reason: str
    """Code of the reason; `hallterm.words.reasons` has the text."""
    args: tuple[tuple[str, str | int | float], ...] = ()
    """Values that the text mentions."""


ALL_TIERS = frozenset(Tier)


def may_serve(station: Station, waiting: Waiting) -> bool:
    """Tell whether this counter may ever be offered this ticket."""
    if waiting.only_counter is not None:
        return waiting.only_counter == station.counter_id
    return station.serves_others or waiting.tier in station.tiers


def open_to(station: Station, waiting: Sequence[Waiting]) -> list[Waiting]:
    """Return those of the waiting whom this counter may be offered, in the list's order."""
    here = station.counter_id
    mine = [w for w in waiting if w.only_counter is None or w.only_counter == here]
    if station.tiers >= ALL_TIERS:
        return mine
    own = [w for w in mine if w.tier in station.tiers or w.only_counter == here]
    if own or not station.serves_others:
        return own
    return mine
