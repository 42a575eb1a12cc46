"""What screens and the command line show of diversion (分流) and call-backs: plain values."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from hallterm.desk.reception_views import StaffName
from hallterm.desk.views import TicketRow
from hallterm.domain.call_back.words import CallBackState, CallOutcome
from hallterm.domain.diversion.words import Way


@dataclass(frozen=True, slots=True)
class WayRow:
    """One way that can be offered to one customer now."""

    way: Way
    target: str | None
    """Id of the counter or neighbouring hall."""
    place: str
    """Counter, or hall with its address; empty for the other ways."""
    note: str
    """What staff should know: minutes of the way, or whose counter it is."""
    say: str
    """Words to say to the customer."""
    offered: StaffName | None
    """Who has offered it already and waits for the answer."""


@dataclass(frozen=True, slots=True)
class DivertRow:
    """One customer whose wait is expected to overrun, or who was offered another way."""

    ticket: TicketRow
    ways: tuple[WayRow, ...]
    """In the order in which they are offered; what was declined is left out."""


@dataclass(frozen=True, slots=True)
class CallBackRow:
    """One call-back."""

    call_back_id: str
    number: str
    """Number of the ticket it came from."""
    ticket_id: str
    person_id: str | None
    customer: str
    """Masked name and number; for a walk-in the masked number that was left."""
    businesses: tuple[str, ...]
    state: CallBackState
    due: float
    """Promised time, seconds since the epoch."""
    call_at: float
    """When to call next, at the latest."""
    tries: int
    staff: StaffName
    mine: bool
    outcome: CallOutcome | None
    in_time: bool | None
    """Whether the first call kept the promise; None: nobody has called yet."""
    undoable: bool
    """The viewer may take the last action back."""


@dataclass(frozen=True, slots=True)
class DiversionFigures:
    """Diversion of a day in numbers."""

    offered: int
    accepted: int
    declined: int
    by_way: Mapping[Way, int]
    """Accepted, by way; ways that nobody took are left out."""
    in_time: int
    """Accepted ones to whom it was offered while the promise still held."""
    called_back: int
    """Call-backs of the day's promises that reached the customer."""
    called_in_time: int
    not_reached: int
    calls_due: int

    @property
    def unanswered(self) -> int:
        """Offers to which nobody wrote an answer down."""
        return self.offered - self.accepted - self.declined


@dataclass(frozen=True, slots=True)
class Promise:
    """What a call-back would promise."""

    due: datetime
    """Hall's local time."""
    needs_phone: bool
    """The customer's record has no number, so that one must be left."""
