"""What can happen to a call-back."""

from datetime import date, datetime
from typing import ClassVar

from hallterm.domain.call_back.words import CallOutcome
from hallterm.domain.stream import Event
from hallterm.domain.ticket.words import UndoReason


class CallBackEvent(Event):
    """Something that happened to one call-back."""

    aggregate: ClassVar[str] = "call_back"
    call_back_id: str

    @property
    def aggregate_id(self) -> str:
        """Id of the call-back."""
        return self.call_back_id


class CallBackPromised(CallBackEvent):
    """A customer who was sent away will be phoned."""

    type: ClassVar[str] = "call_back_promised"
    ticket_id: str
    number: str
    day: date
    person_id: str | None
    note_id: str | None
    due_at: datetime
    staff_id: str


class CallBackAssigned(CallBackEvent):
    """Somebody else calls."""

    type: ClassVar[str] = "call_back_assigned"
    staff_id: str


class CallBackUnanswered(CallBackEvent):
    """Nobody answered."""

    type: ClassVar[str] = "call_back_unanswered"
    again_at: datetime | None
    """When to try again; None: it was the last try."""


class CallBackDone(CallBackEvent):
    """The customer was reached."""

    type: ClassVar[str] = "call_back_done"
    outcome: CallOutcome


class CallBackUndone(CallBackEvent):
    """The last action on it was taken back."""

    type: ClassVar[str] = "call_back_undone"
    reason: UndoReason


class CallBackWithdrawn(CallBackEvent):
    """The promise was taken back together with the customer's answer."""

    type: ClassVar[str] = "call_back_withdrawn"
