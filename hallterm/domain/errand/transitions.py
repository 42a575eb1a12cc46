"""The states of an errand and what leads from one to the next; the drawing is made from this."""

from hallterm.domain.errand import events as ev
from hallterm.domain.errand.words import ErrandState

_PLANNED, _CALLED, _UNDERWAY = ErrandState.PLANNED, ErrandState.CALLED, ErrandState.UNDERWAY
_MISSED, _DONE, _CANCELLED = ErrandState.MISSED, ErrandState.DONE, ErrandState.CANCELLED

Origin = ErrandState | None
"""State before an event; None: there is no errand yet."""

TRANSITIONS: dict[tuple[Origin, type[ev.ErrandEvent]], tuple[ErrandState, ...]] = {
    (None, ev.ErrandPlanned): (_PLANNED,),
    (_PLANNED, ev.ErrandAssigned): (_PLANNED,),
    (_CALLED, ev.ErrandAssigned): (_CALLED,),
    (_PLANNED, ev.ErrandCalled): (_CALLED, _PLANNED),
    (_CALLED, ev.ErrandCalled): (_CALLED,),
    (_PLANNED, ev.ErrandDeparted): (_UNDERWAY,),
    (_CALLED, ev.ErrandDeparted): (_UNDERWAY,),
    (_UNDERWAY, ev.ErrandFinished): (_DONE,),
    (_UNDERWAY, ev.ErrandMissed): (_MISSED,),
    (_PLANNED, ev.ErrandRebooked): (_PLANNED,),
    (_CALLED, ev.ErrandRebooked): (_PLANNED,),
    (_UNDERWAY, ev.ErrandRebooked): (_PLANNED,),
    (_MISSED, ev.ErrandRebooked): (_PLANNED,),
    (_PLANNED, ev.ErrandCancelled): (_CANCELLED,),
    (_CALLED, ev.ErrandCancelled): (_CANCELLED,),
    (_UNDERWAY, ev.ErrandCancelled): (_CANCELLED,),
    (_MISSED, ev.ErrandCancelled): (_CANCELLED,),
    (_PLANNED, ev.ErrandUndone): (_PLANNED, _CALLED, _UNDERWAY, _MISSED),
    (_CALLED, ev.ErrandUndone): (_PLANNED, _CALLED),
    (_UNDERWAY, ev.ErrandUndone): (_PLANNED, _CALLED),
    (_MISSED, ev.ErrandUndone): (_UNDERWAY,),
    (_DONE, ev.ErrandUndone): (_UNDERWAY,),
    (_CANCELLED, ev.ErrandUndone): (_PLANNED, _CALLED, _UNDERWAY, _MISSED),
}
"""State and event → states that may follow."""


def may(state: Origin, event: type[ev.ErrandEvent]) -> bool:
    """Say whether an event can happen in a state."""
    return (state, event) in TRANSITIONS
