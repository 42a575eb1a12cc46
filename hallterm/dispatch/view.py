"""What every policy is given: a free counter, who may be called to it, the rest of the hall."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple, Protocol

from pydantic import Field

from hallterm.dispatch.queue import Station, Waiting
from hallterm.domain.frozen import Frozen
from hallterm.domain.tiers import Tier

PolicyName = Literal["fifo", "strict", "edf", "apq", "ratio", "promise"]


class Rates(Frozen):
    """Priority gathered per minute of waiting, by tier; only their proportion counts."""

    vip: float = Field(gt=0)
    gotone: float = Field(gt=0)
    standard: float = Field(gt=0)

    def by_tier(self) -> dict[Tier, float]:
        """Return the rates under the tiers they belong to."""
        return {Tier.VIP: self.vip, Tier.GOTONE: self.gotone, Tier.STANDARD: self.standard}


class Rules(Frozen):
    """How the hall decides who is next; chosen by the manager, recorded like any setting."""

    policy: PolicyName = "promise"
    late_cap: float = Field(default=1.5, ge=1, le=6)
    """How long a broken promise may be put off, a multiple of its budget; the part beyond the
    budget stretches in an overrun hall (`hallterm.dispatch.promise.STRETCH`)."""
    rates: Rates | None = None
    """Rates of the policy ``apq``; 1 / budget when not set."""


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
