"""What can be asked of an errand."""

from datetime import datetime
from typing import ClassVar

from pydantic import Field

from hallterm.domain.errand.state import NoteRef
from hallterm.domain.errand.words import AheadOutcome, ErrandCancel, ErrandKind, ErrandOutcome
from hallterm.domain.roles import FLOOR, Role
from hallterm.domain.stream import Command, CommandKind
from hallterm.domain.ticket.words import UndoReason


class ErrandCommand(Command):
    """A command about one errand."""

    allowed: ClassVar[frozenset[Role]] = FLOOR
    errand_id: str


class PlanErrand(ErrandCommand):
    """Agree with the customer that somebody comes (约上门或配送)."""

    says: ClassVar[CommandKind] = "report"
    errand_kind: ErrandKind
    person_id: str
    business_id: str
    begins: datetime
    ends: datetime
    """The window in which somebody comes, aware, UTC."""
    goes: str | None = None
    """工号 of whoever goes; None: not yet known."""
    notes: tuple[NoteRef, ...] = Field(default=(), max_length=9)
    origin: str | None = None
    """Id of the ticket or request that it comes from."""


class AssignErrand(ErrandCommand):
    """Say who goes (派人)."""

    goes: str


class CallAhead(ErrandCommand):
    """The customer was phoned before anybody set out (电联)."""

    says: ClassVar[CommandKind] = "report"
    outcome: AheadOutcome


class DepartErrand(ErrandCommand):
    """Somebody is on the way (出发): the actor, or whom it names."""

    says: ClassVar[CommandKind] = "report"
    goes: str | None = None


class FinishErrand(ErrandCommand):
    """It is done (办结)."""

    says: ClassVar[CommandKind] = "report"
    outcome: ErrandOutcome = ErrandOutcome.COMPLETED


class MissErrand(ErrandCommand):
    """Nobody was there (未遇)."""

    says: ClassVar[CommandKind] = "report"
    left_note: bool
    """A note was left (留条)."""


class RebookErrand(ErrandCommand):
    """Another window (改约), and what else has changed."""

    begins: datetime
    ends: datetime
    notes: tuple[NoteRef, ...] = Field(default=(), max_length=9)
    """Only those that stand in for earlier ones."""


class CancelErrand(ErrandCommand):
    """Call it off (取消)."""

    reason: ErrandCancel


class UndoErrand(ErrandCommand):
    """Take back what happened last (撤销)."""

    reason: UndoReason
