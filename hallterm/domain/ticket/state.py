"""A ticket as it stands."""

from datetime import date, datetime, timedelta
from enum import StrEnum

from hallterm.domain.diversion.state import Diversion
from hallterm.domain.frozen import Frozen
from hallterm.domain.ticket.promise import Verdict
from hallterm.domain.ticket.words import HelpFlag, Outcome, Rating, TicketState
from hallterm.domain.tiers import Grade, Tier


class LegKind(StrEnum):
    """Why a clock began."""

    FIRST = "first"
    """Identity shown."""
    RETURN = "return"
    """Came back after being absent."""
    TRANSFER = "transfer"
    """A further business after service had begun."""


class Leg(Frozen):
    """One wait with its own clock. Nothing that the hall does stops or restarts it."""

    kind: LegKind
    clock_from: datetime
    budget_s: int
    """Promised wait, seconds, as it stood when the clock began."""
    called_at: datetime | None = None
    """First call."""
    started_at: datetime | None = None
    """First start of service."""
    absent: bool = False
    """Called within the budget, and the customer wasn't there."""
    ended_at: datetime | None = None
    """When the customer left before service began."""

    @property
    def deadline(self) -> datetime:
        """Last moment at which the promise is kept."""
        return self.clock_from + timedelta(seconds=self.budget_s)

    @property
    def wait_s(self) -> float | None:
        """Seconds from the clock's beginning to the first start of service.

        0 for a customer with an appointment who is served before the appointed time.
        """
        if self.started_at is None:
            return None
        return max(0.0, (self.started_at - self.clock_from).total_seconds())

    def verdict(self) -> Verdict:
        """Say how this promise ended."""
        if self.absent:
            return Verdict.ABSENT
        end = self.started_at or self.ended_at
        if end is None:
            return Verdict.RUNNING
        if end > self.deadline:
            return Verdict.BROKEN
        return Verdict.KEPT if self.started_at else Verdict.ABANDONED


class BusinessLine(Frozen):
    """One business of a visit, with the documents asked for."""

    business_id: str
    documents_missing: tuple[str, ...] = ()
    """Ids of the documents not at hand when asked."""


class HandedBack(Frozen):
    """What was given back at the end (S0: documents, receipts and cash)."""

    documents: bool = True
    receipts: bool = True
    cash: bool = True


class LastAction(Frozen):
    """The action that undo would take back."""

    type: str
    """Type of its event."""
    seq: int
    """Place of its fact in the hall's stream; clocks may go backward, this does not."""
    at: datetime
    staff_id: str
    counter_id: str | None


class Ticket(Frozen):
    """One visit of one customer."""

    id: str
    number: str
    """As printed on the slip: letter of the tier at issue, and three digits by hall and day."""
    day: date
    state: TicketState
    tier: Tier
    grade: Grade | None = None
    person_id: str | None = None
    agent_id: str | None = None
    """Person who came on behalf of the customer (经办人)."""
    businesses: tuple[BusinessLine, ...]
    flags: tuple[HelpFlag, ...] = ()
    visiting: bool = False
    """GoTone customer of another place (异地)."""
    group: bool = False
    """Group customer (集团)."""
    special: bool = False
    """Flagged: their requests come first (S1 §13)."""
    arrived_at: datetime
    first_shown_at: datetime
    """When identity was first shown, for whatever tier."""
    shown_at: datetime
    """When identity was shown for the tier that holds now."""
    received_at: datetime | None = None
    """VIP: when a dedicated person received the customer."""
    legs: tuple[Leg, ...]
    counter_id: str | None = None
    """Where it was called, is served or was parked."""
    staff_id: str | None = None
    only_counter: str | None = None
    """Counter it was sent to; nobody else is offered it."""
    state_since: datetime
    calls: int = 0
    """Times called out, recalls included, since it last waited."""
    passes: int = 0
    returns_at: int | None = None
    """Absent: the hall's count of calls at which it comes back."""
    out_of_order: str | None = None
    outcome: Outcome | None = None
    handed_back: HandedBack | None = None
    rating: Rating | None = None
    """Entered by the customer; None is "not asked"."""
    closed_at: datetime | None = None
    reason: str | None = None
    """Why it was parked, left or settled."""
    diversions: tuple[Diversion, ...] = ()
    """What was offered instead of the wait (分流), in order."""
    last_action: LastAction | None = None
    undo: tuple[str, ...] = ()
    """What the last few actions replaced, the latest first; see `hallterm.domain.ticket.undo`."""
    appointment_id: str | None = None
    """The appointment for which the customer came."""
    appointed_at: datetime | None = None
    """Appointed time of a customer who came in time; from then on first in tier and grade."""

    @property
    def leg(self) -> Leg:
        """The clock that counts now."""
        return self.legs[-1]

    @property
    def first_leg(self) -> Leg:
        """The promise given at the door."""
        return self.legs[0]

    @property
    def diverted(self) -> Diversion | None:
        """The offer that the customer has taken."""
        return next((one for one in reversed(self.diversions) if one.accepted), None)

    @property
    def service_begun(self) -> bool:
        """Whether service has begun at least once."""
        return any(leg.started_at for leg in self.legs)
