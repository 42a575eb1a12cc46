"""What an appointment means for a ticket, and a ticket or the end of a day for an appointment."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from hallterm.domain.actor import Circumstances
from hallterm.domain.appointment import events as ev
from hallterm.domain.appointment.state import Appointment
from hallterm.domain.appointment.transitions import may
from hallterm.domain.appointment.words import AppointmentState
from hallterm.domain.day import DayClosed, DayEvent, DayOpened
from hallterm.domain.decisions.appointment import grace_ends
from hallterm.domain.hall import Hall, Rules
from hallterm.domain.refusal import Refusal, refuse
from hallterm.domain.stream import Event
from hallterm.domain.ticket.commands import TakeTicket
from hallterm.domain.ticket.events import ActionUndone, TicketIssued


def appointed_at(hall: Hall, command: TakeTicket, rules: Rules) -> datetime | Refusal | None:
    """Return the appointed time if the customer comes in time for it; None: a ticket like others.

    In time is from a little before the appointed time to the end of the grace. Whoever comes
    earlier or later is served, but under the promise that everybody has (S0 §1.4).
    """
    if command.appointment_id is None:
        return None
    appointment = hall.appointments.get(command.appointment_id)
    if appointment is None:
        return refuse("unknown_appointment")
    if not may(appointment.state, ev.AppointmentArrived):
        return refuse("appointment_state", appointment_state=appointment.state.value)
    if appointment.person_id != command.person_id:
        return refuse("appointment_of_other")
    if appointment.day != hall.day:
        return refuse("appointment_other_day", day=appointment.day.isoformat())
    return appointment.at if in_time(appointment, command.shown_at, rules) else None


def in_time(appointment: Appointment, shown_at: datetime, rules: Rules) -> bool:
    """Say whether somebody who shows identity then has kept the appointment."""
    early = timedelta(minutes=rules.standards.appointments.early)
    return appointment.at - early <= shown_at <= grace_ends(appointment, rules)


def with_appointments(hall: Hall, events: tuple[Event, ...], rules: Rules) -> tuple[Event, ...]:
    """Return the events of a decision with those that follow for appointments."""
    if not hall.appointments:
        return events
    more: list[Event] = []
    for event in events:
        if isinstance(event, DayEvent) and not any(isinstance(e, DayEvent) for e in more):
            more += _missed(hall, _last_day_over(events))
        more.append(event)
        match event:
            case TicketIssued(appointment_id=str()):
                more += _arrived(hall, event, rules)
            case ActionUndone(undone=TicketIssued.type):
                more += _taken_back(hall, event.ticket_id)
            case _:
                pass
    return tuple(more)


def _last_day_over(events: tuple[Event, ...]) -> date:
    """Return the last day that is over after these events."""
    opened = [event.day - timedelta(days=1) for event in events if isinstance(event, DayOpened)]
    return (opened + [event.day for event in events if isinstance(event, DayClosed)])[0]


def _arrived(hall: Hall, event: TicketIssued, rules: Rules) -> Iterator[Event]:
    appointment = hall.appointments.get(event.appointment_id or "")
    if appointment is None or not may(appointment.state, ev.AppointmentArrived):
        return
    yield ev.AppointmentArrived(
        appointment_id=appointment.id,
        ticket_id=event.ticket_id,
        kept=in_time(appointment, event.shown_at, rules),
    )


def _taken_back(hall: Hall, ticket_id: str) -> Iterator[Event]:
    ticket = hall.tickets[ticket_id]
    appointment = hall.appointments.get(ticket.appointment_id or "")
    arrived = appointment and appointment.state is AppointmentState.ARRIVED
    if appointment and arrived and appointment.ticket_id == ticket_id and not ticket.undo:
        undone = ev.AppointmentArrived.type
        yield ev.AppointmentUndone(appointment_id=appointment.id, undone=undone)


def _missed(hall: Hall, day: date) -> Iterator[Event]:
    """Close what was left of a day, and of the days before on which nobody opened the hall."""
    left = (one for one in hall.appointments.values() if one.is_expected and one.day <= day)
    for appointment in sorted(left, key=lambda one: (one.at, one.id)):
        yield ev.AppointmentMissed(appointment_id=appointment.id)


def still_to_come(hall: Hall, where: Circumstances, rules: Rules) -> int:
    """Return how many of the open day may still come in time; they keep the day from ending."""
    return sum(
        one.is_expected and one.day == hall.day and where.at <= grace_ends(one, rules)
        for one in hall.appointments.values()
    )
