"""Use cases of appointments (预约): book, move, call off, come, come late, not come at all."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from hallterm.desk import tickets
from hallterm.desk.arrangement_views import SlotRow
from hallterm.desk.desk import Desk, Done
from hallterm.desk.tickets import Issued, TicketDraft
from hallterm.desk.transaction import Transaction
from hallterm.domain.actor import Actor
from hallterm.domain.appointment import commands as cmd
from hallterm.domain.appointment.events import AppointmentArrived
from hallterm.domain.appointment.state import Appointment
from hallterm.domain.appointment.transitions import may
from hallterm.domain.appointment.words import AppointmentState, CancelReason, Channel
from hallterm.domain.decisions.appointment import grace_ends
from hallterm.domain.decisions.slots import Slot, slots_of
from hallterm.domain.hall import Hall
from hallterm.domain.note import Note
from hallterm.domain.person.details import served_as
from hallterm.domain.person.text import clean_text
from hallterm.domain.refusal import Refusal, refuse
from hallterm.domain.roles import Role
from hallterm.domain.stream import Command
from hallterm.domain.ticket.commands import UndoAction
from hallterm.domain.ticket.state import Ticket
from hallterm.domain.ticket.words import TicketState, UndoReason
from hallterm.domain.tiers import Tier
from hallterm.store.connection import reading
from hallterm.store.persons.records import PersonRecord, get

LONGEST_REMARK = 200
"""Characters."""


@dataclass(frozen=True, slots=True)
class Booking:
    """What somebody wants to book."""

    person_id: str
    business_id: str
    at: datetime
    """Begin of the slot, aware."""
    channel: Channel = Channel.PHONE
    remark: str = ""
    origin: str | None = None
    """Id of the ticket or request that it comes from."""


def book(desk: Desk, actor: Actor, booking: Booking) -> Done | Refusal:
    """Keep a slot; tier and grade are those of the customer's record."""
    made = booked(desk, booking)
    return made if isinstance(made, Refusal) else desk.act(actor, *made)


def booked(desk: Desk, booking: Booking) -> tuple[cmd.BookAppointment, tuple[Note, ...]] | Refusal:
    """Return the command that keeps a slot, with its notes."""
    record = _record(desk, booking.person_id)
    if record is None:
        return refuse("unknown_person")
    remark = clean_text(booking.remark)
    if len(remark) > LONGEST_REMARK:
        return refuse("text_too_long", field="notes", limit=LONGEST_REMARK)
    appointment_id, note_id = desk.new_id(), desk.new_id() if remark else None
    person_id = booking.person_id
    command = cmd.BookAppointment(
        appointment_id=appointment_id,
        person_id=person_id,
        tier=record.details.tier,
        grade=served_as(record.details.tier, record.details.grade),
        business_id=booking.business_id,
        at=booking.at,
        channel=booking.channel,
        note_id=note_id,
        origin=booking.origin,
    )
    if note_id is None:
        return command, ()
    return command, (Note(id=note_id, person_id=person_id, about=appointment_id, text=remark),)


def _record(desk: Desk, person_id: str) -> PersonRecord | None:
    with reading(desk.connection):
        return get(desk.connection, person_id)


def change(
    desk: Desk, actor: Actor, appointment_id: str, at: datetime, business_id: str
) -> Done | Refusal:
    """Move it to another slot, or to another business."""
    command = cmd.ChangeAppointment(appointment_id=appointment_id, at=at, business_id=business_id)
    return desk.act(actor, command)


def cancel(desk: Desk, actor: Actor, appointment_id: str, reason: CancelReason) -> Done | Refusal:
    """Call it off."""
    return desk.act(actor, cmd.CancelAppointment(appointment_id=appointment_id, reason=reason))


def miss(desk: Desk, actor: Actor, appointment_id: str) -> Done | Refusal:
    """Note that the customer did not come; refused while they may still come in time."""
    return desk.act(actor, cmd.MissAppointment(appointment_id=appointment_id))


def undo(desk: Desk, actor: Actor, appointment_id: str, reason: UndoReason) -> Done | Refusal:
    """Take the last change, cancellation or no-show back; an arrival goes with its ticket."""

    def plan(transaction: Transaction) -> Command | Refusal:
        ticket = ticket_to_void(transaction.hall, appointment_id)
        if ticket is not None:
            return UndoAction(ticket_id=ticket.id, reason=reason)
        return cmd.UndoAppointment(appointment_id=appointment_id, reason=reason)

    return desk.act(actor, plan)


def ticket_to_void(hall: Hall, appointment_id: str) -> Ticket | None:
    """Return the ticket of an arrival that can be taken back: nothing has happened to it since."""
    appointment = hall.appointments.get(appointment_id)
    if appointment is None or appointment.state is not AppointmentState.ARRIVED:
        return None
    ticket = hall.tickets.get(appointment.ticket_id or "")
    untouched = ticket and not ticket.undo and ticket.state is TicketState.WAITING
    return ticket if untouched else None


def arrive(desk: Desk, actor: Actor, appointment_id: str) -> Issued | Refusal:
    """The customer is here and shows who they are: a ticket with the promise of the time."""
    desk.refresh()
    appointment = desk.hall.appointments.get(appointment_id)
    if appointment is None:
        return refuse("unknown_appointment")
    record = _record(desk, appointment.person_id)
    if record is None:
        return refuse("unknown_person")
    now = desk.clock.now()
    draft = TicketDraft(arrived_at=now, shown_at=now)
    draft.identify(appointment.person_id, record.details, now)
    draft.business_ids = [appointment.business_id]
    draft.appointment_id = appointment.id
    return tickets.take(desk, actor, draft)


def due_today(desk: Desk, person_id: str) -> Appointment | None:
    """Return the appointment of today for which a customer may come now, the nearest first."""
    hall, now = desk.hall, desk.clock.now()
    fitting = (
        one
        for one in hall.appointments.values()
        if one.person_id == person_id
        and one.day == desk.business_day(now)
        and may(one.state, AppointmentArrived)
    )
    return min(fitting, key=lambda one: abs((one.at - now).total_seconds()), default=None)


def note_late_due(desk: Desk) -> tuple[str, ...]:
    """Note everybody who is late; return their appointments.

    Any terminal's tick may call it each second: while nobody is late it touches no store.
    """
    machine = Actor(desk.device, frozenset({Role.KIOSK}))
    now, rules = desk.clock.now(), desk.rules
    late = [
        one.id
        for one in desk.hall.appointments.values()
        if one.state is AppointmentState.BOOKED and now > grace_ends(one, rules)
    ]
    noted = (desk.act(machine, cmd.NoteLate(appointment_id=one)) for one in late)
    return tuple(
        one
        for one, result in zip(late, noted, strict=True)
        if isinstance(result, Done) and result.events
    )


def slots(desk: Desk, day: date, tier: Tier, but: str | None = None) -> tuple[SlotRow, ...]:
    """Return the slots of a day for a tier; but: an appointment that is being moved."""
    now, zone = desk.clock.now(), desk.timezone
    return tuple(
        SlotRow(
            at=slot.begins,
            begins=slot.begins.astimezone(zone),
            ends=slot.ends.astimezone(zone),
            places=slot.places,
            free=slot.free,
            past=slot.begins <= now,
            over=slot.over,
        )
        for slot in slots_of(desk.hall, desk.rules, day, tier, but)
    )


def overbooked(desk: Desk, found: Iterable[Appointment]) -> dict[str, int]:
    """Return by id how many too many are expected at the time of an appointment, if there are any.

    The roster or the counters may have shrunk since it was booked; somebody has to settle it.
    """
    days: dict[tuple[date, Tier], tuple[Slot, ...]] = {}
    over: dict[str, int] = {}
    for one in found:
        if not one.is_expected:
            continue
        key = (one.day, one.tier)
        if key not in days:
            days[key] = slots_of(desk.hall, desk.rules, *key)
        mine = (slot.over for slot in days[key] if slot.begins < one.until and one.at < slot.ends)
        over[one.id] = max(mine, default=0)
    return {appointment_id: count for appointment_id, count in over.items() if count}


def still_expected(appointments: Iterable[Appointment], day: date) -> int:
    """Return how many of a day are still to come."""
    return sum(one.is_expected and one.day == day for one in appointments)
