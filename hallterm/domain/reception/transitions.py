"""The states of a reception and what leads from one to the next; the drawing is made from this."""

from hallterm.domain.reception import events as ev
from hallterm.domain.reception.words import ReceptionState

_OFFERED, _ESCALATED = ReceptionState.OFFERED, ReceptionState.ESCALATED
_ACCEPTED, _CLOSED = ReceptionState.ACCEPTED, ReceptionState.CLOSED

Origin = ReceptionState | None
"""State before an event; None: there is no reception yet."""

TRANSITIONS: dict[tuple[Origin, type[ev.ReceptionEvent]], tuple[ReceptionState, ...]] = {
    (None, ev.ReceptionOffered): (_OFFERED,),
    (_OFFERED, ev.ReceptionEscalated): (_ESCALATED,),
    (_ESCALATED, ev.ReceptionEscalated): (_ESCALATED,),
    (_OFFERED, ev.ReceptionAccepted): (_ACCEPTED,),
    (_ESCALATED, ev.ReceptionAccepted): (_ACCEPTED,),
    (_ACCEPTED, ev.ReceptionReleased): (_OFFERED,),
    (_OFFERED, ev.CustomerGuided): (_OFFERED,),
    (_ESCALATED, ev.CustomerGuided): (_ESCALATED,),
    (_ACCEPTED, ev.CustomerGuided): (_ACCEPTED,),
    (_OFFERED, ev.ReceptionClosed): (_CLOSED,),
    (_ESCALATED, ev.ReceptionClosed): (_CLOSED,),
    (_ACCEPTED, ev.ReceptionClosed): (_CLOSED,),
    (_CLOSED, ev.ReceptionReopened): (_OFFERED, _ESCALATED, _ACCEPTED),
}
"""State and event → states that may follow; with several, the one it was closed from."""


def state_after(
    state: Origin, event: type[ev.ReceptionEvent], closed_from: Origin
) -> ReceptionState:
    """Return the state that an event leads to.

    closed_from: state in which a closed reception was closed.

    Raises:
        KeyError: the event can't happen in this state.
    """
    after = TRANSITIONS[state, event]
    return closed_from if closed_from in after and len(after) > 1 else after[0]
