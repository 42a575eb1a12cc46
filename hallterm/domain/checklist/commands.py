"""What can be asked of a checklist's run."""

from datetime import datetime
from typing import ClassVar

from pydantic import Field

from hallterm.domain.checklist.words import SkipReason
from hallterm.domain.frozen import Frozen
from hallterm.domain.roles import FLOOR, Role
from hallterm.domain.stream import Command, CommandKind
from hallterm.domain.ticket.words import UndoReason


class ChecklistCommand(Command):
    """A command about one run."""

    allowed: ClassVar[frozenset[Role]] = FLOOR
    run_id: str


class StartChecklist(ChecklistCommand):
    """Begin a run by hand, for a ticket or for the hall."""

    says: ClassVar[CommandKind] = "report"
    template_id: str
    ticket_id: str | None = None


class Ticking(Frozen):
    """One step that was done."""

    step_id: str
    choices: tuple[str, ...] = ()
    happened_at: datetime


class TickSteps(ChecklistCommand):
    """Enter steps as done, several at once if they were done away from the keyboard."""

    says: ClassVar[CommandKind] = "report"
    steps: tuple[Ticking, ...] = Field(min_length=1, max_length=40)


class SkipStep(ChecklistCommand):
    """Leave a step out, and say why."""

    says: ClassVar[CommandKind] = "report"
    step_id: str
    reason: SkipReason


class UndoStep(ChecklistCommand):
    """Take an entry back (撤销)."""

    step_id: str
    reason: UndoReason


class EndChecklist(ChecklistCommand):
    """End a run that was started by hand."""

    says: ClassVar[CommandKind] = "report"
    withdraw: bool = False
    """It was started by mistake, or what it was for is over; open steps stay open."""
