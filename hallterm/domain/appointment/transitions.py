"""The states of an appointment and what leads from one to the next; the drawing is made of this."""

from hallterm.domain.appointment import events as ev
from hallterm.domain.appointment.words import AppointmentState

_BOOKED, _LATE, _ARRIVED = AppointmentState.BOOKED, AppointmentState.LATE, AppointmentState.ARRIVED
_MISSED, _CANCELLED = AppointmentState.MISSED, AppointmentState.CANCELLED

Origin = AppointmentState | None
"""State before an event; None: there is no appointment yet."""

TRANSITIONS: dict[tuple[Origin, type[ev.AppointmentEvent]], tuple[AppointmentState, ...]] = {
    (None, ev.AppointmentBooked): (_BOOKED,),
    (_BOOKED, ev.AppointmentChanged): (_BOOKED,),
    (_LATE, ev.AppointmentChanged): (_BOOKED,),
    (_MISSED, ev.AppointmentChanged): (_BOOKED,),
    (_BOOKED, ev.AppointmentLate): (_LATE,),
    (_BOOKED, ev.AppointmentArrived): (_ARRIVED,),
    (_LATE, ev.AppointmentArrived): (_ARRIVED,),
    (_MISSED, ev.AppointmentArrived): (_ARRIVED,),
    (_BOOKED, ev.AppointmentMissed): (_MISSED,),
    (_LATE, ev.AppointmentMissed): (_MISSED,),
    (_BOOKED, ev.AppointmentCancelled): (_CANCELLED,),
    (_LATE, ev.AppointmentCancelled): (_CANCELLED,),
    (_BOOKED, ev.AppointmentUndone): (_BOOKED, _LATE, _MISSED),
    (_ARRIVED, ev.AppointmentUndone): (_BOOKED, _LATE, _MISSED),
    (_MISSED, ev.AppointmentUndone): (_BOOKED, _LATE),
    (_CANCELLED, ev.AppointmentUndone): (_BOOKED, _LATE),
}
"""State and event → states that may follow; with several, the one that stood before."""


def may(state: Origin, event: type[ev.AppointmentEvent]) -> bool:
    """Say whether an event can happen in a state."""
    return (state, event) in TRANSITIONS
