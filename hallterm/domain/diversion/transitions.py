"""The states of an offer and what leads from one to the next; the drawing is made from this."""

from hallterm.domain.diversion.words import OfferState
from hallterm.domain.ticket import events as ev

_OPEN, _ACCEPTED, _DECLINED = OfferState.OPEN, OfferState.ACCEPTED, OfferState.DECLINED

Origin = OfferState | None
"""State before or after an event; None: there is no offer."""

TRANSITIONS: dict[tuple[Origin, type[ev.TicketEvent]], tuple[Origin, ...]] = {
    (None, ev.DiversionOffered): (_OPEN,),
    (_OPEN, ev.DiversionAnswered): (_ACCEPTED, _DECLINED),
    (_OPEN, ev.ActionUndone): (None,),
    (_ACCEPTED, ev.ActionUndone): (_OPEN,),
    (_DECLINED, ev.ActionUndone): (_OPEN,),
}
"""State and event → states that may follow; by the customer's word."""
