"""The desk as the screens of appointments and visits use it; lives on the desk's thread."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from hallterm.desk import appointments, errands, persons
from hallterm.desk.accounts import staff_names
from hallterm.desk.appointments import Booking
from hallterm.desk.arrangement_board import ArrangementBoard
from hallterm.desk.arrangement_views import AppointmentRow, DayPage, ErrandRow, SlotRow
from hallterm.desk.desk import Desk, Done
from hallterm.desk.errands import ErrandPlan, Texts
from hallterm.desk.persons import PersonView
from hallterm.desk.reception_views import StaffName
from hallterm.desk.tickets import Issued
from hallterm.domain.actor import Actor
from hallterm.domain.appointment.words import AppointmentState, CancelReason, Channel
from hallterm.domain.business import Business
from hallterm.domain.errand.words import AheadOutcome, ErrandCancel, ErrandOutcome
from hallterm.domain.refusal import Refusal, refuse
from hallterm.domain.roles import FLOOR, MANAGERS, Role
from hallterm.domain.ticket.words import UndoReason
from hallterm.domain.tiers import TIER_ORDER, Tier

LOOK_OUT = MANAGERS | {Role.GREETER}
"""Roles that look out for whoever is expected."""


@dataclass(frozen=True, slots=True)
class Wish:
    """Who wants an appointment, and what may be booked."""

    person: PersonView
    by_phone: bool
    """Whether this customer may book by phone."""


class ArrangementWork:
    """Binds the use cases of appointments and errands to one actor."""

    def __init__(self, desk: Desk, actor: Actor) -> None:
        self._desk = desk
        self._actor = actor
        self._board = ArrangementBoard(desk, actor.roles)
        self._told = self._late()
        """What was known when this person signed in needs no bell."""
        self._seen = -1

    # Read from memory

    def today(self) -> date:
        """Return the business day of this moment."""
        return self._desk.business_day(self._desk.clock.now())

    def last_day(self) -> date:
        """Return the last day for which appointments are given."""
        ahead = self._desk.rules.standards.appointments.days_ahead
        return self.today() + timedelta(days=ahead)

    def businesses(self, channel: Channel | None = None) -> tuple[Business, ...]:
        """Return what the hall does; by phone only what may be booked so."""
        rules = self._desk.rules
        offered = (b for b in rules.businesses.values() if rules.company.offers(b.id))
        return tuple(b for b in offered if b.bookable or channel is not Channel.PHONE)

    def moment(self, day: date, hour: int, minute: int) -> datetime:
        """Return a moment of the hall's local time, aware."""
        zone = self._desk.timezone
        return datetime(day.year, day.month, day.day, hour, minute, tzinfo=zone)

    def _late(self) -> frozenset[tuple[str, datetime]]:
        """Return who is late today, each with the time that holds now."""
        today, held = self.today(), self._desk.hall.appointments.values()
        late = AppointmentState.LATE
        return frozenset((one.id, one.at) for one in held if one.state is late and one.day == today)

    # On the desk's thread

    def late_news(self) -> AppointmentRow | None:
        """Return an appointment newly late, each once, if this person is to know.

        Greeters and managers look after everybody who is expected; receivers on the roster after
        VIPs. Nobody else is disturbed at work.
        """
        if self._desk.replica.version == self._seen:
            return None
        self._seen = self._desk.replica.version
        late = self._late()
        fresh, self._told = late - self._told, late
        held = self._desk.hall.appointments
        concerning = [held[one] for one, _at in fresh if self._concerns(held[one].tier)]
        if not concerning:
            return None
        return self._board.appointments([min(concerning, key=lambda one: one.at)], self._actor)[0]

    def _concerns(self, tier: Tier) -> bool:
        receives = self._actor.staff_id in self._desk.hall.roster.receivers
        return self._actor.is_one_of(LOOK_OUT) or (receives and tier is Tier.VIP)

    def wish(self, person_id: str) -> Wish | Refusal:
        """Return who wants an appointment."""
        view = persons.get(self._desk, self._actor, person_id)
        if view is None:
            return refuse("person_unknown")
        lowest = Tier(self._desk.rules.standards.appointments.phone_tier)
        return Wish(view, TIER_ORDER[view.tier] <= TIER_ORDER[lowest])

    def day(self, day: date) -> DayPage:
        """Return the appointments of a day, by time; whoever is late is noted first."""
        self._desk.refresh()
        appointments.note_late_due(self._desk)
        return self._board.day(day, self._actor)

    def slots(self, day: date, tier: Tier, but: str | None = None) -> tuple[SlotRow, ...]:
        """Return the slots of a day for a tier; but: an appointment that is being moved."""
        self._desk.refresh()
        return appointments.slots(self._desk, day, tier, but)

    def book(self, booking: Booking) -> Done | Refusal:
        """Keep a slot."""
        return appointments.book(self._desk, self._actor, booking)

    def change(self, row: AppointmentRow, at: datetime) -> Done | Refusal:
        """Move an appointment to another slot."""
        return appointments.change(self._desk, self._actor, row.appointment_id, at, row.business_id)

    def cancel(self, appointment_id: str, reason: CancelReason) -> Done | Refusal:
        """Call an appointment off."""
        return appointments.cancel(self._desk, self._actor, appointment_id, reason)

    def miss(self, appointment_id: str) -> Done | Refusal:
        """Note that the customer did not come."""
        return appointments.miss(self._desk, self._actor, appointment_id)

    def undo(self, appointment_id: str, reason: UndoReason) -> Done | Refusal:
        """Take the last change, cancellation or no-show back."""
        return appointments.undo(self._desk, self._actor, appointment_id, reason)

    def arrive(self, appointment_id: str) -> Issued | Refusal:
        """Issue the ticket of a customer who is here."""
        return appointments.arrive(self._desk, self._actor, appointment_id)

    # Visits and deliveries

    def person_of(self, ticket_id: str) -> str | None:
        """Return the customer of a ticket of today; None: nobody on file."""
        ticket = self._desk.hall.tickets.get(ticket_id)
        return ticket.person_id if ticket else None

    def business_of(self, ticket_id: str) -> str | None:
        """Return the business of a ticket of today; None: there is none."""
        ticket = self._desk.hall.tickets.get(ticket_id)
        return ticket.businesses[0].business_id if ticket else None

    def errands(self) -> tuple[ErrandRow, ...]:
        """Return what goes on, and what ended today."""
        self._desk.refresh()
        return self._board.errands(self._actor)

    def colleagues(self) -> tuple[StaffName, ...]:
        """Return who may go."""
        names = staff_names(self._desk)
        staff = self._desk.rules.company.active_staff()
        able = sorted(one.staff_id for one in staff if one.roles & FLOOR)
        return tuple(StaffName(staff_id, names.get(staff_id, "")) for staff_id in able)

    def plan(self, agreed: ErrandPlan) -> Done | Refusal:
        """Write down what was agreed on."""
        return errands.plan(self._desk, self._actor, agreed)

    def assign(self, errand_id: str, goes: str) -> Done | Refusal:
        """Say who goes."""
        return errands.assign(self._desk, self._actor, errand_id, goes)

    def call_ahead(self, errand_id: str, outcome: AheadOutcome) -> Done | Refusal:
        """Note what the call before setting out said."""
        return errands.call_ahead(self._desk, self._actor, errand_id, outcome)

    def depart(self, errand_id: str) -> Done | Refusal:
        """Set out."""
        return errands.depart(self._desk, self._actor, errand_id)

    def finish(self, errand_id: str, outcome: ErrandOutcome) -> Done | Refusal:
        """End it on the spot."""
        return errands.finish(self._desk, self._actor, errand_id, outcome)

    def not_met(self, errand_id: str, *, left_note: bool) -> Done | Refusal:
        """Note that nobody was there."""
        return errands.miss(self._desk, self._actor, errand_id, left_note=left_note)

    def rebook(
        self, errand_id: str, window: tuple[datetime, datetime], texts: Texts
    ) -> Done | Refusal:
        """Agree on another window."""
        return errands.rebook(self._desk, self._actor, errand_id, window, texts)

    def call_off(self, errand_id: str, reason: ErrandCancel) -> Done | Refusal:
        """Call a visit or delivery off."""
        return errands.cancel(self._desk, self._actor, errand_id, reason)

    def take_back(self, errand_id: str, reason: UndoReason) -> Done | Refusal:
        """Take back what happened last to a visit or delivery."""
        return errands.undo(self._desk, self._actor, errand_id, reason)
