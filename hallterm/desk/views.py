"""What screens and the command line show: plain values, ready to read, made by the desk."""

from dataclasses import dataclass
from datetime import date, datetime

from hallterm.domain.diversion.words import Way
from hallterm.domain.ticket.words import HelpFlag, PauseReason, TicketState
from hallterm.domain.tiers import Grade, Tier


@dataclass(frozen=True, slots=True)
class Clock:
    """A running promise."""

    began: float
    """Seconds since the epoch at which it began to run."""
    budget: float
    """Promised seconds."""
    short_share: float
    """Share of the budget from which it counts as short."""
    stopped: float | None = None
    """Seconds since the epoch at which it was met; None while it runs."""


@dataclass(frozen=True, slots=True)
class OfferRow:
    """One offer to send the customer elsewhere (分流), as it stands on the ticket."""

    way: Way
    target: str | None
    """Id of the counter or neighbouring hall."""
    place: str
    """Counter or hall in words; empty for the other ways."""
    offered: float
    """Seconds since the epoch."""
    offered_by: str
    """工号."""
    accepted: bool | None
    """None: no answer yet."""
    answered: float | None


@dataclass(frozen=True, slots=True)
class TicketRow:
    """One ticket as the board, the counter and the command line show it."""

    ticket_id: str
    number: str
    tier: Tier
    grade: Grade | None
    state: TicketState
    customer: str
    """Masked name and number, or empty for a walk-in."""
    person_id: str | None
    businesses: tuple[str, ...]
    """Names of the businesses, the next one first."""
    service: Clock
    reception: Clock | None
    """Second clock of a VIP (identity shown → received)."""
    flags: tuple[HelpFlag, ...]
    visiting: bool
    group: bool
    special: bool
    counter: int | None
    """Number of the counter it was called to or is served at."""
    passes: int
    """Times passed over."""
    documents_missing: tuple[str, ...]
    """Names of documents not at hand."""
    expected_wait: float | None = None
    """Expected seconds until called, from when the view was made; None when unknown."""
    expected_low: float | None = None
    """One in ten waits is shorter."""
    expected_high: float | None = None
    """One in ten waits is longer."""
    state_since: float = 0.0
    """Seconds since the epoch at which the present state began."""
    appointed: float | None = None
    """Appointed time of a customer who came in time for it, seconds since the epoch."""
    new_clock_on_return: bool = False
    """Whether an absent customer who comes back gets a clock of their own: called in time."""
    overrun: float | None = None
    """Seconds by which the start is expected to miss the promise; None: it is not expected to."""
    ways: tuple[Way, ...] = ()
    """Where the customer could be sent instead, when the wait is expected to overrun."""
    offers: tuple[OfferRow, ...] = ()
    """What was offered so far, in order."""

    @property
    def offer_open(self) -> OfferRow | None:
        """The latest offer that waits for the customer's answer."""
        return next((one for one in reversed(self.offers) if one.accepted is None), None)


@dataclass(frozen=True, slots=True)
class CounterRow:
    """One counter as the board shows it."""

    counter_id: str
    number: int
    name: str
    tiers: tuple[Tier, ...]
    staff_id: str | None
    staff_name: str
    paused: PauseReason | None
    paused_since: float | None
    serving: str | None
    """Number of the ticket called or served there."""
    serving_state: TicketState | None = None
    since: float | None = None
    """Since when, seconds since the epoch."""


@dataclass(frozen=True, slots=True)
class NextUp:
    """Whom this counter would call, and why."""

    row: TicketRow
    reason: str
    """Words, one line."""


@dataclass(frozen=True, slots=True)
class HallView:
    """The hall at one moment."""

    hall_name: str
    day: date | None
    waiting: tuple[TicketRow, ...]
    """In the order in which they would be called."""
    others: tuple[TicketRow, ...]
    """Called, serving, parked and absent tickets."""
    counters: tuple[CounterRow, ...]
    version: int
    """Grows with every change; equal versions show the same."""
    closed: bool = False
    """Whether today's business day is over, so that nobody is called any more."""


@dataclass(frozen=True, slots=True)
class CounterView:
    """The hall from one counter."""

    hall: HallView
    counter: CounterRow | None
    current: TicketRow | None
    """The ticket called to or served at this counter."""
    parked: tuple[TicketRow, ...]
    """Tickets this counter set aside."""
    next_up: NextUp | None
    undoable: str
    """Words of the action that undo would take back; empty when there is none."""


@dataclass(frozen=True, slots=True)
class Moment:
    """The time a screen shows: one reading of the application's clock a second."""

    now: datetime
    """Aware, UTC."""
    local: datetime
    """The hall's local time."""

    @property
    def seconds(self) -> float:
        """Seconds since the epoch."""
        return self.now.timestamp()
