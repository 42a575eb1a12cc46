"""The states of a call-back and what leads from one to the next; the drawing is made from this."""

from hallterm.domain.call_back import events as ev
from hallterm.domain.call_back.words import CallBackState

_DUE, _DONE = CallBackState.DUE, CallBackState.DONE
_NOT_REACHED, _WITHDRAWN = CallBackState.NOT_REACHED, CallBackState.WITHDRAWN

Origin = CallBackState | None
"""State before an event; None: there is no call-back yet."""

TRANSITIONS: dict[tuple[Origin, type[ev.CallBackEvent]], tuple[CallBackState, ...]] = {
    (None, ev.CallBackPromised): (_DUE,),
    (_DUE, ev.CallBackAssigned): (_DUE,),
    (_DUE, ev.CallBackUnanswered): (_DUE, _NOT_REACHED),
    (_DUE, ev.CallBackDone): (_DONE,),
    (_DUE, ev.CallBackWithdrawn): (_WITHDRAWN,),
    (_DUE, ev.CallBackUndone): (_DUE,),
    (_NOT_REACHED, ev.CallBackUndone): (_DUE,),
    (_DONE, ev.CallBackUndone): (_DUE,),
}
"""State and event → states that may follow; not reached after the last try."""


def may(state: Origin, event: type[ev.CallBackEvent]) -> bool:
    """Say whether an event can happen in a state."""
    return (state, event) in TRANSITIONS
