"""How a command ends: exit codes that a script can rely on, and the exceptions behind them."""

from enum import IntEnum
from typing import TypeVar

from hallterm.domain.refusal import Refusal

Answer = TypeVar("Answer")


class Exit(IntEnum):
    """What the exit code of `hallterm` says."""

    DONE = 0
    REFUSED = 1
    """A rule said no; nothing has changed."""
    WRONG_USAGE = 2
    """The command line itself, or a value on it, is wrong."""
    FAULT = 3
    """The store or the configuration is not usable, or the program failed."""
    INTERRUPTED = 130
    """Ctrl+C."""
    OUTPUT_CLOSED = 141
    """Whoever read the output stopped reading."""


class RefusedError(Exception):
    """Ends a command because a rule said no."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.code)
        self.refusal = refusal


class WrongUsageError(Exception):
    """Ends a command because of what was typed; the message is a sentence for the person."""


def unless_refused(answer: Answer | Refusal) -> Answer:
    """Return the answer.

    Raises:
        RefusedError: it is a refusal.
    """
    if isinstance(answer, Refusal):
        raise RefusedError(answer)
    return answer
