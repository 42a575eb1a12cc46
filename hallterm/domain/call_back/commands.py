"""What can be asked of a call-back."""

from typing import ClassVar

from hallterm.domain.call_back.words import CallOutcome
from hallterm.domain.roles import FLOOR, Role
from hallterm.domain.stream import Command, CommandKind
from hallterm.domain.ticket.words import UndoReason


class CallBackCommand(Command):
    """A command about one call-back."""

    allowed: ClassVar[frozenset[Role]] = FLOOR
    call_back_id: str


class AssignCallBack(CallBackCommand):
    """Take a call-back over, or hand it to a colleague (转交)."""

    staff_id: str


class NoteNoAnswer(CallBackCommand):
    """Called, nobody answered (没接)."""

    says: ClassVar[CommandKind] = "report"


class NoteCalledBack(CallBackCommand):
    """Called, and spoke with the customer (已回电)."""

    says: ClassVar[CommandKind] = "report"
    outcome: CallOutcome


class UndoCallBack(CallBackCommand):
    """Take the last action on it back (撤销)."""

    reason: UndoReason
