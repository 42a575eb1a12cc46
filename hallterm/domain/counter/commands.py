"""What can be asked of a counter."""

from typing import ClassVar

from hallterm.domain.roles import MANAGERS, Role
from hallterm.domain.stream import Command, CommandKind
from hallterm.domain.ticket.words import PauseReason

AT_COUNTER = frozenset({Role.CLERK, *MANAGERS})


class CounterCommand(Command):
    """A command about one counter."""

    allowed: ClassVar[frozenset[Role]] = AT_COUNTER
    counter_id: str


class TakeCounter(CounterCommand):
    """Sit down at a counter."""

    session_id: str
    take_over: bool = False
    """Take it from the actor's own sign-in at another terminal."""


class PauseCounter(CounterCommand):
    """Stop calling for a while."""

    says: ClassVar[CommandKind] = "report"
    reason: PauseReason


class ReopenCounter(CounterCommand):
    """Go on after a pause."""

    says: ClassVar[CommandKind] = "report"


class ReleaseCounter(CounterCommand):
    """Get up from a counter; a manager may do it for somebody who has gone."""

    says: ClassVar[CommandKind] = "report"
    opens_day: ClassVar[bool] = False
