"""Decisions about appointments: book, change, late, no-show, cancel, take back."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from hallterm.domain.actor import Circumstances
from hallterm.domain.appointment import commands as cmd
from hallterm.domain.appointment import events as ev
from hallterm.domain.appointment.state import Appointment
from hallterm.domain.appointment.transitions import may
from hallterm.domain.appointment.words import AppointmentState, Channel
from hallterm.domain.company.state import HallProfile
from hallterm.domain.decisions.slots import Slot, covered, day_of, holding, length, slots_of
from hallterm.domain.hall import Hall, Rules
from hallterm.domain.refusal import Refusal, refuse
from hallterm.domain.roles import MANAGERS
from hallterm.domain.tiers import TIER_ORDER, Tier

Answer = tuple[ev.AppointmentEvent, ...] | Refusal


@dataclass(frozen=True, slots=True)
class Wanted:
    """A place that somebody wants, or wants back."""

    person_id: str
    tier: Tier
    at: datetime
    until: datetime
    appointment_id: str | None = None
    """The appointment that already stands and is moved."""

    def day(self, hall: Hall, where: Circumstances, rules: Rules) -> date | Refusal:
        """Return the business day of the place if it can be had."""
        profile = rules.company.hall
        if profile is None:
            return refuse("hall_missing")
        day = day_of(self.at, profile)
        today = day_of(where.at, profile)
        most = rules.standards.appointments.days_ahead
        if self.at <= where.at:
            return refuse("slot_past")
        if day > today + timedelta(days=most):
            return refuse("slot_too_far", days=most)
        if hall.day is None and hall.last_day == day:
            return refuse("day_closed")
        return self.problem(hall, profile, rules, day) or day

    def problem(self, hall: Hall, profile: HallProfile, rules: Rules, day: date) -> Refusal | None:
        """Refuse a place that others have, or at which the person is elsewhere."""
        zone = ZoneInfo(profile.timezone)
        slots = slots_of(hall, rules, day, self.tier, self.appointment_id)
        inside = covered(slots, self.at, self.until)
        if not inside:
            return refuse("slot_outside")
        return self._clash(hall, zone) or _full(inside, zone)

    def _clash(self, hall: Hall, zone: ZoneInfo) -> Refusal | None:
        """Refuse a second appointment of one person at the same time."""
        for one in holding(hall, self.appointment_id):
            if one.person_id == self.person_id and one.at < self.until and self.at < one.until:
                return refuse("already_booked", at=one.at.astimezone(zone).isoformat())
        return None


def _full(slots: tuple[Slot, ...], zone: ZoneInfo) -> Refusal | None:
    if not slots[0].places:
        return refuse("no_places")
    full = next((slot for slot in slots if not slot.free), None)
    return refuse("slot_full", at=full.begins.astimezone(zone).isoformat()) if full else None


def book(hall: Hall, command: cmd.BookAppointment, where: Circumstances, rules: Rules) -> Answer:
    """Keep a slot for a customer."""
    if command.appointment_id in hall.appointments:
        return refuse("appointment_exists")
    if (command.tier is Tier.VIP) != (command.grade is not None):
        return refuse("grade_missing" if command.tier is Tier.VIP else "grade_without_vip")
    by_phone = command.channel is Channel.PHONE
    problem = (_phone_problem(command.tier, rules) if by_phone else None) or business_problem(
        command.business_id, rules, by_phone=by_phone
    )
    if problem:
        return problem
    until = command.at + length(rules.businesses[command.business_id], rules)
    wanted = Wanted(command.person_id, command.tier, command.at, until)
    day = wanted.day(hall, where, rules)
    if isinstance(day, Refusal):
        return day
    fields = {name: getattr(command, name) for name in type(command).model_fields}
    return (ev.AppointmentBooked(**fields, day=day, until=until),)


def _phone_problem(tier: Tier, rules: Rules) -> Refusal | None:
    lowest = Tier(rules.standards.appointments.phone_tier)
    if TIER_ORDER[tier] <= TIER_ORDER[lowest]:
        return None
    return refuse("tier_not_by_phone", tier=lowest.value)


def business_problem(business_id: str, rules: Rules, *, by_phone: bool) -> Refusal | None:
    """Refuse a business that the hall doesn't do, or that can't be booked by phone."""
    business = rules.businesses.get(business_id)
    if business is None or not rules.company.offers(business_id):
        return refuse("unknown_business", business=business_id)
    if by_phone and not business.bookable:
        return refuse("not_bookable", name=business.name)
    return None


def appointment_in(
    hall: Hall, appointment_id: str, event: type[ev.AppointmentEvent]
) -> Appointment | Refusal:
    """Return the appointment if the event can happen to it."""
    appointment = hall.appointments.get(appointment_id)
    if appointment is None:
        return refuse("unknown_appointment")
    if not may(appointment.state, event):
        return refuse("appointment_state", appointment_state=appointment.state.value)
    return appointment


def change(
    hall: Hall, command: cmd.ChangeAppointment, where: Circumstances, rules: Rules
) -> Answer:
    """Move it to another slot, or to another business."""
    appointment = appointment_in(hall, command.appointment_id, ev.AppointmentChanged)
    if isinstance(appointment, Refusal):
        return appointment
    same = (command.at, command.business_id) == (appointment.at, appointment.business_id)
    if same and appointment.state is AppointmentState.BOOKED:
        return ()
    by_phone = appointment.channel is Channel.PHONE
    problem = business_problem(command.business_id, rules, by_phone=by_phone)
    if problem:
        return problem
    until = command.at + length(rules.businesses[command.business_id], rules)
    person_id, tier = appointment.person_id, appointment.tier
    day = Wanted(person_id, tier, command.at, until, appointment.id).day(hall, where, rules)
    if isinstance(day, Refusal):
        return day
    return (
        ev.AppointmentChanged(
            appointment_id=appointment.id,
            day=day,
            at=command.at,
            until=until,
            business_id=command.business_id,
        ),
    )


def grace_ends(appointment: Appointment, rules: Rules) -> datetime:
    """Return the last moment at which the customer is still in time."""
    minutes = rules.standards.appointments.grace
    return appointment.at + timedelta(minutes=minutes)


def note_late(hall: Hall, command: cmd.NoteLate, where: Circumstances, rules: Rules) -> Answer:
    """Note that the grace is over; nothing happens if the customer came or it was called off."""
    appointment = hall.appointments.get(command.appointment_id)
    if appointment is None:
        return refuse("unknown_appointment")
    if appointment.state is not AppointmentState.BOOKED:
        return ()
    if where.at <= grace_ends(appointment, rules):
        return refuse("appointment_not_late")
    return (ev.AppointmentLate(appointment_id=appointment.id),)


def miss(hall: Hall, command: cmd.MissAppointment, where: Circumstances, rules: Rules) -> Answer:
    """Note that the customer did not come, once the grace is over."""
    appointment = appointment_in(hall, command.appointment_id, ev.AppointmentMissed)
    if isinstance(appointment, Refusal):
        return appointment
    if where.at <= grace_ends(appointment, rules):
        return refuse("appointment_not_late")
    return (ev.AppointmentMissed(appointment_id=appointment.id),)


def cancel(hall: Hall, command: cmd.CancelAppointment, _: Circumstances, __: Rules) -> Answer:
    """Call it off."""
    appointment = appointment_in(hall, command.appointment_id, ev.AppointmentCancelled)
    if isinstance(appointment, Refusal):
        return appointment
    return (ev.AppointmentCancelled(appointment_id=appointment.id, reason=command.reason),)


UNDOABLE = frozenset(
    event.type for event in (ev.AppointmentChanged, ev.AppointmentMissed, ev.AppointmentCancelled)
)
"""What a person may take back; an arrival is taken back with its ticket."""


def undo(hall: Hall, command: cmd.UndoAppointment, where: Circumstances, rules: Rules) -> Answer:
    """Take back what happened last: one's own, or as manager anybody's."""
    appointment = hall.appointments.get(command.appointment_id)
    if appointment is None:
        return refuse("unknown_appointment")
    before = appointment.before
    if before is None or appointment.last_event not in UNDOABLE:
        return refuse("nothing_to_undo")
    if appointment.last_by != where.actor.staff_id and not where.actor.is_one_of(MANAGERS):
        return refuse("not_your_action", staff=appointment.last_by)
    profile = rules.company.hall
    if before.is_expected and profile:
        wanted = Wanted(before.person_id, before.tier, before.at, before.until, before.id)
        problem = wanted.problem(hall, profile, rules, before.day)
        if problem:
            return problem
    undone, reason = appointment.last_event, command.reason
    return (ev.AppointmentUndone(appointment_id=appointment.id, undone=undone, reason=reason),)
