"""One offer to send a customer elsewhere, as it stands on the ticket."""

from datetime import datetime

from hallterm.domain.diversion.words import OfferState, Way
from hallterm.domain.frozen import Frozen


class Diversion(Frozen):
    """What was offered, by whom, and what the customer said."""

    way: Way
    target: str | None = None
    """Id of the counter or of the neighbouring hall."""
    offered_at: datetime
    offered_by: str
    """工号."""
    accepted: bool | None = None
    """The customer's word; None: no answer yet."""
    answered_at: datetime | None = None
    answered_by: str | None = None
    """工号 of who wrote the answer down."""
    call_back_id: str | None = None
    """The call-back that was promised with it."""
    overdue: bool = False
    """Whether the promise was broken already when it was offered."""

    @property
    def state(self) -> OfferState:
        """Where it stands."""
        if self.accepted is None:
            return OfferState.OPEN
        return OfferState.ACCEPTED if self.accepted else OfferState.DECLINED

    def leads_to(self, way: Way, target: str | None) -> bool:
        """Say whether this is the offer of a way and place."""
        return (self.way, self.target) == (way, target)
