"""How each event changes an appointment. Total: a report that contradicts is told, not refused."""

from datetime import date
from typing import Any

from hallterm.domain.appointment import events as ev
from hallterm.domain.appointment.state import Appointment, AppointmentMove
from hallterm.domain.appointment.words import EXPECTED_STATES, AppointmentState
from hallterm.domain.stream import Fact

_AFTER: dict[type[ev.AppointmentEvent], AppointmentState] = {
    ev.AppointmentChanged: AppointmentState.BOOKED,
    ev.AppointmentLate: AppointmentState.LATE,
    ev.AppointmentArrived: AppointmentState.ARRIVED,
    ev.AppointmentMissed: AppointmentState.MISSED,
    ev.AppointmentCancelled: AppointmentState.CANCELLED,
}


def booked(fact: Fact, event: ev.AppointmentBooked) -> Appointment:
    """Return the new appointment."""
    state = AppointmentState.BOOKED
    return Appointment(
        id=event.appointment_id,
        state=state,
        last_event=event.type,
        last_by=fact.actor,
        moves=(_move(fact, state, event.at.isoformat()),),
        **event.model_dump(exclude={"appointment_id"}),
    )


def evolve(appointment: Appointment, fact: Fact, day: date | None) -> Appointment:
    """Return the appointment after one event; day: business day on which it happens."""
    event = fact.event
    assert isinstance(event, ev.AppointmentEvent)  # noqa: S101 - for the type checker
    if isinstance(event, ev.AppointmentUndone):
        return _undone(appointment, fact, event)
    state = _AFTER.get(type(event), appointment.state)
    changes, detail = _changes(event)
    return appointment.model_copy(
        update={
            **changes,
            "state": state,
            "ended_day": None if state in EXPECTED_STATES else day,
            "last_event": event.type,
            "last_by": fact.actor,
            "moves": (*appointment.moves, _move(fact, state, detail)),
            "before": appointment.remembered(),
        }
    )


def _changes(event: ev.AppointmentEvent) -> tuple[dict[str, Any], str]:
    """Return what an event changes besides the state, and the detail that it tells."""
    match event:
        case ev.AppointmentChanged():
            fields = event.model_dump(exclude={"appointment_id"})
            return fields, event.at.isoformat()
        case ev.AppointmentArrived(ticket_id=ticket_id, kept=kept):
            return {"ticket_id": ticket_id, "kept": kept}, ticket_id
        case ev.AppointmentCancelled(reason=reason):
            return {"cancel_reason": reason}, reason.value
        case _:
            return {}, ""


def _undone(appointment: Appointment, fact: Fact, event: ev.AppointmentUndone) -> Appointment:
    before = appointment.before or appointment
    move = _move(fact, before.state, event.undone)
    return before.model_copy(update={"moves": (*appointment.moves, move)})


def _move(fact: Fact, state: AppointmentState, detail: str) -> AppointmentMove:
    return AppointmentMove(
        event=fact.event.type,
        state=state,
        seq=fact.seq,
        at=fact.at,
        staff_id=fact.actor,
        device=fact.device,
        detail=detail,
    )
