"""A machine that lives random days of appointments, visits and deliveries, with undo."""

from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule

from hallterm.domain.actor import Actor
from hallterm.domain.appointment import commands as cmd
from hallterm.domain.appointment.state import Appointment
from hallterm.domain.appointment.words import AppointmentState, CancelReason, Channel
from hallterm.domain.decisions.slots import begins_on
from hallterm.domain.errand import commands as errand
from hallterm.domain.errand.state import Errand
from hallterm.domain.errand.words import AheadOutcome, ErrandCancel, ErrandKind
from hallterm.domain.reception.commands import SetRoster
from hallterm.domain.ticket.commands import TakeTicket, UndoAction
from hallterm.domain.ticket.state import BusinessLine
from hallterm.domain.ticket.words import TicketState, UndoReason
from hallterm.domain.tiers import Grade, Tier
from tests.desk.whole_hall import ANYBODY, WholeHall
from tests.support.rulebook import CLERK, COLLEAGUE, DUTY_MANAGER, GREETER

PEOPLE = st.sampled_from((CLERK, COLLEAGUE, DUTY_MANAGER))
CUSTOMERS = st.sampled_from(["p1", "p2", "p3"])
KINDS = st.sampled_from([(Tier.VIP, Grade.GOLD), (Tier.GOTONE, None)])
BUSINESSES = st.sampled_from(["replace_sim", "change_plan", "payment"])
SLOTS = st.integers(0, 60)


class Arrangements(WholeHall):
    """Appointments and errands among everything else that happens in a hall."""

    @initialize()
    def a_roster(self) -> None:
        """Let two receive."""
        receivers = (GREETER.staff_id, COLLEAGUE.staff_id)
        self.act(DUTY_MANAGER, SetRoster(receivers=receivers))

    def slot(self, place: int) -> cmd.BookAppointment | None:
        """Return a booking of the n-th slot from now, today or tomorrow."""
        today = self.desk.business_day(self.clock.now())
        begins = [
            moment
            for day in (today, today + timedelta(days=1))
            for moment in begins_on(day, self.desk.rules)
        ]
        if place >= len(begins):
            return None
        return cmd.BookAppointment(
            appointment_id=self.desk.new_id(),
            person_id="p1",
            tier=Tier.STANDARD,
            business_id="replace_sim",
            at=begins[place],
            channel=Channel.IN_HALL,
        )

    @rule(
        actor=ANYBODY,
        who=CUSTOMERS,
        kind=KINDS,
        business=BUSINESSES,
        place=SLOTS,
        channel=st.sampled_from(Channel),
    )
    def book(
        self,
        actor: Actor,
        who: str,
        kind: tuple[Tier, Grade | None],
        business: str,
        place: int,
        channel: Channel,
    ) -> None:
        command = self.slot(place)
        if command:
            fields = {"person_id": who, "tier": kind[0], "grade": kind[1]}
            self.act(
                actor,
                command.model_copy(update={**fields, "business_id": business, "channel": channel}),
            )

    def appointment(self, data: st.DataObject) -> Appointment | None:
        """Choose one."""
        known = sorted(self.desk.hall.appointments.values(), key=lambda one: (one.at, one.id))
        return data.draw(st.sampled_from(known)) if known else None

    @rule(
        actor=PEOPLE,
        data=st.data(),
        what=st.sampled_from(["change", "late", "miss", "cancel", "undo", "undo"]),
        place=SLOTS,
        business=BUSINESSES,
    )
    def appointments(
        self, actor: Actor, data: st.DataObject, what: str, place: int, business: str
    ) -> None:
        one, slot = self.appointment(data), self.slot(place)
        if one is None:
            return
        match what:
            case "change" if slot:
                self.act(
                    actor,
                    cmd.ChangeAppointment(appointment_id=one.id, at=slot.at, business_id=business),
                )
            case "late":
                self.act(actor, cmd.NoteLate(appointment_id=one.id))
            case "miss":
                self.act(actor, cmd.MissAppointment(appointment_id=one.id))
            case "cancel":
                reason = CancelReason.CUSTOMER
                self.act(actor, cmd.CancelAppointment(appointment_id=one.id, reason=reason))
            case _:
                reason_ = UndoReason.WRONG_KEY
                self.act(actor, cmd.UndoAppointment(appointment_id=one.id, reason=reason_))

    @rule(actor=PEOPLE, data=st.data(), in_time=st.booleans())
    def arrive(self, actor: Actor, data: st.DataObject, *, in_time: bool) -> None:
        one = self.appointment(data)
        if one is None:
            return
        left = (one.at - self.clock.now()).total_seconds()
        if in_time and left > 0:
            self.clock.advance(left)
        now = self.clock.now()
        self.act(
            actor,
            TakeTicket(
                ticket_id=self.desk.new_id(),
                tier=one.tier,
                grade=one.grade,
                person_id=one.person_id,
                businesses=(BusinessLine(business_id=one.business_id),),
                arrived_at=now,
                shown_at=now,
                appointment_id=one.id,
            ),
        )

    @rule(actor=PEOPLE, data=st.data())
    def take_arrival_back(self, actor: Actor, data: st.DataObject) -> None:
        one = self.appointment(data)
        if one and one.ticket_id in self.desk.hall.tickets:
            self.act(actor, UndoAction(ticket_id=str(one.ticket_id), reason=UndoReason.OTHER))

    @rule(actor=ANYBODY, who=CUSTOMERS, kind=st.sampled_from(ErrandKind))
    def plan(self, actor: Actor, who: str, kind: ErrandKind) -> None:
        now = self.clock.now()
        self.act(
            actor,
            errand.PlanErrand(
                errand_id=self.desk.new_id(),
                errand_kind=kind,
                person_id=who,
                business_id="replace_sim",
                begins=now + timedelta(hours=1),
                ends=now + timedelta(hours=3),
            ),
        )

    @rule(
        actor=PEOPLE,
        data=st.data(),
        what=st.sampled_from(
            ["call", "assign", "go", "done", "miss", "rebook", "cancel", "undo", "undo"]
        ),
    )
    def errands(self, actor: Actor, data: st.DataObject, what: str) -> None:
        known = sorted(self.desk.hall.errands)
        if known:
            self.act(actor, self.doing(data.draw(st.sampled_from(known)), what, data))

    def doing(  # noqa: PLR0911 - one line a step
        self, errand_id: str, what: str, data: st.DataObject
    ) -> errand.ErrandCommand:
        """Return a step of an errand."""
        begins = self.clock.now() + timedelta(hours=5)
        match what:
            case "call":
                outcome = data.draw(st.sampled_from(AheadOutcome))
                return errand.CallAhead(errand_id=errand_id, outcome=outcome)
            case "assign":
                return errand.AssignErrand(errand_id=errand_id, goes=COLLEAGUE.staff_id)
            case "go":
                return errand.DepartErrand(errand_id=errand_id)
            case "done":
                return errand.FinishErrand(errand_id=errand_id)
            case "miss":
                return errand.MissErrand(errand_id=errand_id, left_note=True)
            case "rebook":
                ends = begins + timedelta(hours=1)
                return errand.RebookErrand(errand_id=errand_id, begins=begins, ends=ends)
            case "cancel":
                return errand.CancelErrand(errand_id=errand_id, reason=ErrandCancel.CUSTOMER)
            case _:
                return errand.UndoErrand(errand_id=errand_id, reason=UndoReason.OTHER)

    @invariant()
    def no_vip_slot_has_more_than_its_place(self) -> None:
        vips = [a for a in self.desk.hall.appointments.values() if a.tier is Tier.VIP]
        begins = [one.at for one in vips if one.is_expected]
        assert len(set(begins)) == len(begins)

    @invariant()
    def nobody_is_at_two_places_at_once(self) -> None:
        standing = [a for a in self.desk.hall.appointments.values() if a.is_expected]
        for place, one in enumerate(standing):
            for other in standing[:place]:
                if one.person_id == other.person_id:
                    assert one.until <= other.at or other.until <= one.at

    @invariant()
    def an_arrival_has_a_ticket_that_stands(self) -> None:
        hall = self.desk.hall
        for one in hall.appointments.values():
            arrived = one.state is AppointmentState.ARRIVED
            assert arrived == (one.ticket_id is not None)
            ticket = hall.tickets.get(one.ticket_id or "")
            if arrived and ticket:
                assert ticket.state is not TicketState.VOID
                assert ticket.appointment_id == one.id
            assert (one.ended_day is None) == one.is_expected

    @invariant()
    def they_survive_json(self) -> None:
        for one in self.desk.hall.appointments.values():
            assert Appointment.model_validate_json(one.model_dump_json()) == one
        for other in self.desk.hall.errands.values():
            assert Errand.model_validate_json(other.model_dump_json()) == other
