"""How the hall decides who is next: policy and settings. `hallterm.dispatch` applies them."""

from datetime import datetime
from typing import Literal

from pydantic import Field

from hallterm.domain.frozen import Frozen
from hallterm.domain.tiers import Tier

PolicyName = Literal["fifo", "strict", "edf", "apq", "ratio", "promise"]

LEAST_CAP, MOST_CAP = 1.0, 6.0
"""Bounds of `Rules.late_cap`."""


class Rates(Frozen):
    """Priority gathered per minute of waiting, by tier; only their proportion counts."""

    vip: float = Field(gt=0, le=1000)
    gotone: float = Field(gt=0, le=1000)
    standard: float = Field(gt=0, le=1000)

    def by_tier(self) -> dict[Tier, float]:
        """Return the rates under the tiers they belong to."""
        return {Tier.VIP: self.vip, Tier.GOTONE: self.gotone, Tier.STANDARD: self.standard}


class Rules(Frozen):
    """How the hall decides who is next; chosen by the manager, recorded like any setting."""

    policy: PolicyName = "promise"
    late_cap: float = Field(default=1.5, ge=LEAST_CAP, le=MOST_CAP)
    """How long a broken promise may be put off, a multiple of its budget. Up to the default the
    norm's own queue bounds it further, and allows more where the norm itself makes people wait;
    beyond, this alone holds (`hallterm.dispatch.lateness`)."""
    rates: Rates | None = None
    """Rates of the policy ``apq``; 1 / budget when not set."""


class PolicyChoice(Frozen):
    """What a manager chose, and when; it holds until another choice."""

    rules: Rules
    by: str
    """工号."""
    at: datetime
    """Aware, UTC."""
