"""What can be asked of a reception, and of the roster of receivers."""

from typing import ClassVar

from pydantic import Field

from hallterm.domain.reception.words import ReleaseReason
from hallterm.domain.roles import EVERYBODY, FLOOR, MANAGERS, Role
from hallterm.domain.stream import Command, CommandKind
from hallterm.domain.ticket.words import UndoReason


class SetRoster(Command):
    """Say who receives VIPs, in the order of asking, and which managers are on duty."""

    allowed: ClassVar[frozenset[Role]] = MANAGERS | {Role.GREETER}
    receivers: tuple[str, ...] = Field(max_length=50)
    managers: tuple[str, ...] = Field(default=(), max_length=20)


class ReceptionCommand(Command):
    """A command about the reception of one ticket."""

    allowed: ClassVar[frozenset[Role]] = FLOOR
    ticket_id: str


class EscalateReception(ReceptionCommand):
    """Ask the next one and the duty manager (催接). Any terminal's tick may give it."""

    allowed: ClassVar[frozenset[Role]] = EVERYBODY


class AcceptReception(ReceptionCommand):
    """Take the customer (接待); the first one to say so has it."""


class ReleaseReception(ReceptionCommand):
    """Give the customer to a colleague, or back to whoever is next (交出)."""

    reason: ReleaseReason
    to: str | None = None
    """工号 of the colleague who is asked; None: the next on the roster."""


class GuideTo(ReceptionCommand):
    """Lead the customer to a room or counter (引导); without one, to a seat in the hall."""

    says: ClassVar[CommandKind] = "report"
    counter_id: str | None


class CloseReception(ReceptionCommand):
    """The customer was seen off (送别)."""

    says: ClassVar[CommandKind] = "report"


class ReopenReception(ReceptionCommand):
    """Take back that the customer was seen off."""

    reason: UndoReason
