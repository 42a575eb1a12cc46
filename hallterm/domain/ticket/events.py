"""What can happen to a ticket."""

from datetime import date, datetime
from typing import ClassVar

from hallterm.domain.diversion.words import Way
from hallterm.domain.stream import Event
from hallterm.domain.ticket.state import BusinessLine, HandedBack
from hallterm.domain.ticket.words import (
    HelpFlag,
    LeaveReason,
    Outcome,
    OutOfOrderReason,
    ParkReason,
    Rating,
    SettleReason,
    UndoReason,
)
from hallterm.domain.tiers import Grade, Tier


class TicketEvent(Event):
    """Something that happened to one ticket."""

    aggregate: ClassVar[str] = "ticket"
    ticket_id: str

    @property
    def aggregate_id(self) -> str:
        """Id of the ticket."""
        return self.ticket_id


class TicketIssued(TicketEvent):
    """A ticket was taken; its clock runs from `shown_at`."""

    type: ClassVar[str] = "ticket_issued"
    number: str
    day: date
    tier: Tier
    grade: Grade | None
    person_id: str | None
    agent_id: str | None
    businesses: tuple[BusinessLine, ...]
    flags: tuple[HelpFlag, ...]
    visiting: bool
    group: bool
    special: bool
    arrived_at: datetime
    shown_at: datetime
    budget_s: int
    appointment_id: str | None = None
    appointed_at: datetime | None = None
    """Appointed time, when the customer came in time for it."""


class TierChanged(TicketEvent):
    """The tier was put right, upward or downward."""

    type: ClassVar[str] = "tier_changed"
    tier: Tier
    grade: Grade | None
    person_id: str | None
    shown_at: datetime
    clock_from: datetime
    budget_s: int


class CustomerReceived(TicketEvent):
    """A dedicated person received the VIP."""

    type: ClassVar[str] = "customer_received"


class TicketCalled(TicketEvent):
    """The ticket was called to a counter."""

    type: ClassVar[str] = "ticket_called"
    counter_id: str
    out_of_order: OutOfOrderReason | None = None


class TicketRecalled(TicketEvent):
    """It was called out again."""

    type: ClassVar[str] = "ticket_recalled"


class ServiceStarted(TicketEvent):
    """Service began."""

    type: ClassVar[str] = "service_started"


class ServiceParked(TicketEvent):
    """A begun service was set aside."""

    type: ClassVar[str] = "service_parked"
    reason: ParkReason


class ServiceResumed(TicketEvent):
    """A parked service was taken up again."""

    type: ClassVar[str] = "service_resumed"
    counter_id: str


class TicketPassedOver(TicketEvent):
    """The called customer wasn't there."""

    type: ClassVar[str] = "ticket_passed_over"
    returns_at: int
    """The hall's count of calls at which the ticket comes back."""


class TicketReturned(TicketEvent):
    """An absent ticket is back in the queue, with a clock of its own."""

    type: ClassVar[str] = "ticket_returned"
    budget_s: int


class TicketTransferred(TicketEvent):
    """The customer was sent on."""

    type: ClassVar[str] = "ticket_transferred"
    counter_id: str | None
    business: BusinessLine | None
    budget_s: int | None
    """Budget of a new clock, when service had begun; None: the old clock runs on."""


class TicketLeft(TicketEvent):
    """The customer went away before the end."""

    type: ClassVar[str] = "ticket_left"
    reason: LeaveReason


class DiversionOffered(TicketEvent):
    """The customer was told of another way than to wait."""

    type: ClassVar[str] = "diversion_offered"
    way: Way
    target: str | None


class DiversionAnswered(TicketEvent):
    """The customer took the offer, or would rather wait."""

    type: ClassVar[str] = "diversion_answered"
    way: Way
    target: str | None
    accepted: bool
    call_back_id: str | None = None


class ServiceFinished(TicketEvent):
    """The matter is done."""

    type: ClassVar[str] = "service_finished"
    outcome: Outcome
    handed_back: HandedBack


class ServiceRated(TicketEvent):
    """The customer pressed a rating."""

    type: ClassVar[str] = "service_rated"
    rating: Rating


class ActionUndone(TicketEvent):
    """The last action on the ticket was taken back."""

    type: ClassVar[str] = "action_undone"
    undone: str
    """Type of the event taken back."""
    reason: UndoReason


class TicketSettled(TicketEvent):
    """Closed at the end of the day."""

    type: ClassVar[str] = "ticket_settled"
    reason: SettleReason
