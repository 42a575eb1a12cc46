"""What can happen to an errand."""

from datetime import datetime
from typing import ClassVar

from hallterm.domain.errand.state import NoteRef
from hallterm.domain.errand.words import AheadOutcome, ErrandCancel, ErrandKind, ErrandOutcome
from hallterm.domain.stream import Event
from hallterm.domain.ticket.words import UndoReason


class ErrandEvent(Event):
    """Something that happened to one errand."""

    aggregate: ClassVar[str] = "errand"
    errand_id: str

    @property
    def aggregate_id(self) -> str:
        """Id of the errand."""
        return self.errand_id


class ErrandPlanned(ErrandEvent):
    """It was agreed."""

    type: ClassVar[str] = "errand_planned"
    errand_kind: ErrandKind
    person_id: str
    business_id: str
    begins: datetime
    ends: datetime
    goes: str | None
    notes: tuple[NoteRef, ...]
    origin: str | None


class ErrandAssigned(ErrandEvent):
    """Who goes was said."""

    type: ClassVar[str] = "errand_assigned"
    goes: str


class ErrandCalled(ErrandEvent):
    """The customer was phoned ahead."""

    type: ClassVar[str] = "errand_called"
    outcome: AheadOutcome


class ErrandDeparted(ErrandEvent):
    """Somebody is on the way."""

    type: ClassVar[str] = "errand_departed"
    goes: str


class ErrandFinished(ErrandEvent):
    """It is done."""

    type: ClassVar[str] = "errand_finished"
    outcome: ErrandOutcome


class ErrandMissed(ErrandEvent):
    """Nobody was there."""

    type: ClassVar[str] = "errand_missed"
    left_note: bool


class ErrandRebooked(ErrandEvent):
    """It has another window."""

    type: ClassVar[str] = "errand_rebooked"
    begins: datetime
    ends: datetime
    notes: tuple[NoteRef, ...]


class ErrandCancelled(ErrandEvent):
    """It was called off."""

    type: ClassVar[str] = "errand_cancelled"
    reason: ErrandCancel


class ErrandUndone(ErrandEvent):
    """What had happened last was taken back."""

    type: ClassVar[str] = "errand_undone"
    undone: str
    """Type of the event taken back."""
    reason: UndoReason
