"""Neighbouring halls and the words of an offer, as `data/diversion.toml` has them."""

from datetime import time

from pydantic import Field

from hallterm.domain.diversion.words import Way
from hallterm.domain.frozen import Frozen

PLACEHOLDERS = frozenset({"wait", "place", "time", "minutes"})
"""What may stand in braces in the words of an offer."""


class Neighbour(Frozen):
    """Another hall to which a customer can be sent (邻近营业厅)."""

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=40)
    name: str = Field(min_length=1, max_length=30)
    address: str = Field(min_length=1, max_length=80)
    minutes: int = Field(ge=1, le=240)
    """Minutes that the way there takes."""
    phone: str = Field(default="", max_length=30)
    """Number of the hall itself."""
    opens: time | None = None
    """Local time; None with `closes`: as long as this hall."""
    closes: time | None = None
    businesses: tuple[str, ...] = ()
    """Ids of what is done there; empty: everything."""

    def does(self, business_id: str) -> bool:
        """Say whether a business is done there."""
        return not self.businesses or business_id in self.businesses

    def is_open(self, local: time, minutes_left: int = 0) -> bool:
        """Say whether it is open at a local time, and will be for so many minutes."""
        if self.opens is None or self.closes is None:
            return True
        closes = self.closes.hour * 60 + self.closes.minute
        now = local.hour * 60 + local.minute
        return self.opens <= local and now + minutes_left < closes


class DiversionPlan(Frozen):
    """The whole of `data/diversion.toml`."""

    say: dict[Way, str] = Field(default_factory=dict)
    """Words of an offer where the operator has their own; `hallterm.words` has the others."""
    halls: tuple[Neighbour, ...] = ()
    """In the order in which they are offered."""

    def hall(self, hall_id: str | None) -> Neighbour | None:
        """Return a neighbouring hall."""
        return next((hall for hall in self.halls if hall.id == hall_id), None)
