"""What every policy is given: a free counter, who may be called to it, the rest of the hall."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

from hallterm.dispatch.known import NOTHING_KNOWN, Known
from hallterm.dispatch.queue import Station, Waiting
from hallterm.domain.dispatching import PolicyName, Rates, Rules

__all__ = ["DEFAULT_RULES", "Picked", "Policy", "PolicyName", "Rates", "Rules", "View"]

DEFAULT_RULES = Rules()
"""The rules of a hall whose manager has set none."""


@dataclass(frozen=True, slots=True)
class View:
    """The hall at the moment a counter asks for its next customer."""

    now: float
    """Seconds since the epoch."""
    candidates: Sequence[Waiting]
    """Whom the counter may be offered; never empty."""
    station: Station
    stations: Sequence[Station] = ()
    """The other counters at work, paused ones left out."""
    rules: Rules = field(default=DEFAULT_RULES)
    known: Known = NOTHING_KNOWN
    """What is known beside who waits now."""


class Picked(NamedTuple):
    """A policy's answer."""

    waiting: Waiting
    """Whom to call."""
    reason: str
    """Code of the reason; `hallterm.words.reasons` has the text."""
    rival: Waiting | None = None
    """Whom the norm's order would have called instead, where that is somebody else."""


class Policy(Protocol):
    """Chooses one of the candidates. Pure: the same view gives the same ticket."""

    def __call__(self, view: View) -> Picked:
        """Return the candidate to call next, and why."""
        ...
