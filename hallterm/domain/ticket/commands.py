"""What can be asked of a ticket."""

from datetime import datetime
from typing import ClassVar

from pydantic import Field

from hallterm.domain.diversion.words import Way
from hallterm.domain.frozen import Frozen
from hallterm.domain.roles import FLOOR, MANAGERS, Role
from hallterm.domain.stream import Command, CommandKind
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

AT_COUNTER = frozenset({Role.CLERK, *MANAGERS})


class TicketCommand(Command):
    """A command about one ticket."""

    ticket_id: str


class TakeTicket(TicketCommand):
    """Issue a ticket (取号)."""

    says: ClassVar[CommandKind] = "report"
    allowed: ClassVar[frozenset[Role]] = FLOOR | {Role.KIOSK}
    tier: Tier
    grade: Grade | None = None
    person_id: str | None = None
    agent_id: str | None = None
    businesses: tuple[BusinessLine, ...] = Field(min_length=1, max_length=9)
    flags: tuple[HelpFlag, ...] = ()
    visiting: bool = False
    group: bool = False
    special: bool = False
    arrived_at: datetime
    shown_at: datetime
    """When identity was shown; for a walk-in without a number, when the ticket was asked for."""
    appointment_id: str | None = None
    """The appointment for which the customer comes."""
    number: str | None = Field(default=None, pattern=r"^[A-Z][0-9]{3,5}(-[0-9]{1,3})?$")
    """What the slip says, from numbers lent to the terminal; None: the next one."""


class ChangeTier(TicketCommand):
    """A card shown late, or a wrong tier put right (改级)."""

    allowed: ClassVar[frozenset[Role]] = FLOOR
    tier: Tier
    grade: Grade | None = None
    person_id: str | None = None
    shown_at: datetime


class ReceiveCustomer(TicketCommand):
    """A dedicated person has received the VIP (接待)."""

    says: ClassVar[CommandKind] = "report"
    allowed: ClassVar[frozenset[Role]] = FLOOR


class CallTicket(TicketCommand):
    """Call a ticket to the actor's counter (叫号)."""

    allowed: ClassVar[frozenset[Role]] = AT_COUNTER
    out_of_order: OutOfOrderReason | None = None
    """Given when it isn't the one whose turn it is."""


class RecallTicket(TicketCommand):
    """Call out again (重呼)."""

    says: ClassVar[CommandKind] = "report"
    allowed: ClassVar[frozenset[Role]] = AT_COUNTER


class StartService(TicketCommand):
    """The customer is here; service begins (开始)."""

    says: ClassVar[CommandKind] = "report"
    allowed: ClassVar[frozenset[Role]] = AT_COUNTER
    counter_id: str | None = None
    """Where; counts when the call turns out to have been lost to another counter."""


class ParkService(TicketCommand):
    """Set a begun service aside (挂起)."""

    says: ClassVar[CommandKind] = "report"
    allowed: ClassVar[frozenset[Role]] = AT_COUNTER
    reason: ParkReason


class ResumeService(TicketCommand):
    """Take up a parked service again (取回)."""

    allowed: ClassVar[frozenset[Role]] = AT_COUNTER


class PassOver(TicketCommand):
    """The called customer isn't there (过号)."""

    says: ClassVar[CommandKind] = "report"
    allowed: ClassVar[frozenset[Role]] = AT_COUNTER


class ReportBack(TicketCommand):
    """An absent customer is back in the hall (回来)."""

    says: ClassVar[CommandKind] = "report"
    allowed: ClassVar[frozenset[Role]] = FLOOR


class TransferTicket(TicketCommand):
    """Send the customer on to another business or counter (转)."""

    allowed: ClassVar[frozenset[Role]] = AT_COUNTER
    business: BusinessLine | None = None
    counter_id: str | None = None


class CustomerLeft(TicketCommand):
    """The customer went away (离开)."""

    says: ClassVar[CommandKind] = "report"
    allowed: ClassVar[frozenset[Role]] = FLOOR
    reason: LeaveReason


class OfferDiversion(TicketCommand):
    """The customer was told of another way than to wait (分流)."""

    says: ClassVar[CommandKind] = "report"
    allowed: ClassVar[frozenset[Role]] = FLOOR
    way: Way
    target: str | None = None
    """Id of the counter or of the neighbouring hall."""


class CallBackPlan(Frozen):
    """Who phones the customer, and until when."""

    call_back_id: str
    due_at: datetime
    staff_id: str
    note_id: str | None = None
    """Note that holds the number to call, for a customer without a record."""


class AnswerDiversion(TicketCommand):
    """What the customer said to an offer; with yes the ticket ends, or goes to the counter."""

    says: ClassVar[CommandKind] = "report"
    allowed: ClassVar[frozenset[Role]] = FLOOR
    way: Way
    target: str | None = None
    accepted: bool
    call_back: CallBackPlan | None = None


class FinishService(TicketCommand):
    """The matter is done (办结)."""

    says: ClassVar[CommandKind] = "report"
    allowed: ClassVar[frozenset[Role]] = AT_COUNTER
    outcome: Outcome = Outcome.COMPLETED
    handed_back: HandedBack = HandedBack()


class RateService(TicketCommand):
    """The customer's own word on the keypad (满意度); no member of staff may give it."""

    says: ClassVar[CommandKind] = "report"
    allowed: ClassVar[frozenset[Role]] = frozenset({Role.KIOSK})
    rating: Rating


class UndoAction(TicketCommand):
    """Take back the last action on the ticket (撤销)."""

    allowed: ClassVar[frozenset[Role]] = FLOOR
    action: str | None = None
    """Type of the event that is meant; another one is not taken back in its place."""
    reason: UndoReason


class SettleTicket(TicketCommand):
    """Close a ticket still open at the end of the day (日结)."""

    allowed: ClassVar[frozenset[Role]] = MANAGERS
    opens_day: ClassVar[bool] = False
    reason: SettleReason
