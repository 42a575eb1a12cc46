"""What can happen to a reception, and to the roster of receivers."""

from datetime import date
from typing import ClassVar

from hallterm.domain.reception.words import CloseReason, ReleaseReason
from hallterm.domain.stream import Event
from hallterm.domain.ticket.words import UndoReason


class RosterSet(Event):
    """Who receives VIPs was said anew."""

    type: ClassVar[str] = "roster_set"
    aggregate: ClassVar[str] = "roster"
    receivers: tuple[str, ...]
    managers: tuple[str, ...]

    @property
    def aggregate_id(self) -> str:
        """There is one roster."""
        return "hall"


class ReceptionEvent(Event):
    """Something that happened to one reception."""

    aggregate: ClassVar[str] = "reception"
    ticket_id: str

    @property
    def aggregate_id(self) -> str:
        """Id of its ticket."""
        return self.ticket_id


class ReceptionOffered(ReceptionEvent):
    """A VIP is here; these are asked to receive."""

    type: ClassVar[str] = "reception_offered"
    day: date
    to: tuple[str, ...]
    budget_s: int
    """Promised seconds from identity shown to received, as they stood then."""


class ReceptionEscalated(ReceptionEvent):
    """Nobody answered in time; these are asked as well."""

    type: ClassVar[str] = "reception_escalated"
    to: tuple[str, ...]


class ReceptionAccepted(ReceptionEvent):
    """Somebody has the customer: the actor, at the fact's device."""

    type: ClassVar[str] = "reception_accepted"


class ReceptionReleased(ReceptionEvent):
    """The receiver gave the customer back; these are asked."""

    type: ClassVar[str] = "reception_released"
    reason: ReleaseReason
    to: tuple[str, ...]


class CustomerGuided(ReceptionEvent):
    """The customer was led to a counter or room; None: to a seat in the hall."""

    type: ClassVar[str] = "customer_guided"
    counter_id: str | None


class ReceptionClosed(ReceptionEvent):
    """The reception is over."""

    type: ClassVar[str] = "reception_closed"
    reason: CloseReason


class ReceptionReopened(ReceptionEvent):
    """It goes on where it stood, because what had closed it was taken back."""

    type: ClassVar[str] = "reception_reopened"
    reason: UndoReason | None = None
    """None: it followed its ticket."""
