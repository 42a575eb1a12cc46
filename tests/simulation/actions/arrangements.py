"""Appointments are given and kept or not; somebody goes to customers."""

from datetime import datetime, timedelta

from hallterm.desk import appointments
from hallterm.domain.appointment import commands as cmd
from hallterm.domain.appointment.state import Appointment
from hallterm.domain.appointment.words import AppointmentState, CancelReason, Channel
from hallterm.domain.decisions.slots import begins_on
from hallterm.domain.errand import commands as errand
from hallterm.domain.errand.state import Errand
from hallterm.domain.errand.words import (
    AheadOutcome,
    ErrandCancel,
    ErrandKind,
    ErrandOutcome,
    ErrandState,
)
from hallterm.domain.roles import FLOOR, MANAGERS, Role
from hallterm.domain.ticket.commands import TakeTicket
from hallterm.domain.ticket.state import BusinessLine
from hallterm.domain.ticket.words import UndoReason
from hallterm.domain.tiers import Grade, Tier
from tests.simulation.actions.registry import action
from tests.simulation.actions.scene import Scene
from tests.support.rulebook import CLERK, COLLEAGUE

EVERYBODY = tuple(sorted(FLOOR))
WHO = ("p1", "p2", "p3", "p4")
DAYS = 3


def _slot(at: Scene) -> datetime | None:
    today = at.desk.business_day(at.desk.clock.now())
    now = at.desk.clock.now()
    begins = [
        one
        for n in range(DAYS)
        for one in begins_on(today + timedelta(days=n), at.desk.rules)
        if one > now or not at.sensible()
    ]
    return at.some(begins[: at.some((2, 6, 60))]) if begins else None


def _appointment(at: Scene, *states: AppointmentState) -> Appointment | None:
    every = sorted(at.desk.hall.appointments.values(), key=lambda one: one.id)
    if at.sensible():
        every = [one for one in every if one.state in states]
    return at.some(every) if every else None


_BOOKED, _LATE, _MISSED = AppointmentState.BOOKED, AppointmentState.LATE, AppointmentState.MISSED


@action(cmd.BookAppointment, weight=4)
def book(at: Scene) -> object:
    slot = _slot(at)
    if slot is None:
        return None
    tier, grade = at.some(((Tier.VIP, Grade.GOLD), (Tier.GOTONE, None), (Tier.STANDARD, None)))
    command = cmd.BookAppointment(
        appointment_id=at.desk.new_id(),
        person_id=at.some(WHO),
        tier=tier,
        grade=grade,
        business_id=at.some(("replace_sim", "change_plan")),
        at=slot,
        channel=Channel.PHONE if tier is Tier.VIP else Channel.IN_HALL,
    )
    return at.desk.act(at.actor(*EVERYBODY), command)


@action(cmd.ChangeAppointment, weight=4)
def change(at: Scene) -> object:
    found, slot = _appointment(at, _BOOKED, _LATE, _MISSED), _slot(at)
    if found is None or slot is None:
        return None
    return appointments.change(at.desk, at.actor(*EVERYBODY), found.id, slot, found.business_id)


@action(cmd.CancelAppointment)
def cancel(at: Scene) -> object:
    found = _appointment(at, _BOOKED, _LATE)
    actor = at.actor(*EVERYBODY)
    return found and appointments.cancel(at.desk, actor, found.id, at.some(CancelReason))


@action(cmd.NoteLate, weight=6)
def note_late(at: Scene) -> object:
    return appointments.note_late_due(at.desk)


@action(cmd.MissAppointment, weight=5)
def miss(at: Scene) -> object:
    found = _appointment(at, _LATE)
    return found and appointments.miss(at.desk, at.actor(*EVERYBODY), found.id)


@action(cmd.UndoAppointment)
def undo(at: Scene) -> object:
    found = _appointment(at, AppointmentState.CANCELLED, _MISSED, _BOOKED)
    actor = at.actor(*sorted(MANAGERS))
    return found and appointments.undo(at.desk, actor, found.id, at.some(UndoReason))


@action(TakeTicket, weight=3)
def arrive(at: Scene) -> object:
    found, now = _appointment(at, _BOOKED, _LATE, _MISSED), at.desk.clock.now()
    if found is None:
        return None
    command = TakeTicket(
        ticket_id=at.desk.new_id(),
        tier=found.tier,
        grade=found.grade,
        person_id=found.person_id,
        businesses=(BusinessLine(business_id=found.business_id),),
        arrived_at=now,
        shown_at=now,
        appointment_id=found.id,
    )
    return at.desk.act(at.actor(Role.GREETER, Role.KIOSK), command)


def _errand(at: Scene, *states: ErrandState) -> Errand | None:
    every = sorted(at.desk.hall.errands.values(), key=lambda one: one.id)
    if at.sensible():
        every = [one for one in every if one.state in states]
    return at.some(every) if every else None


_PLANNED, _CALLED, _UNDERWAY = ErrandState.PLANNED, ErrandState.CALLED, ErrandState.UNDERWAY
_NOT_MET = ErrandState.MISSED


@action(errand.PlanErrand, weight=3)
def plan(at: Scene) -> object:
    begins = at.desk.clock.now() + timedelta(hours=at.some((1, 5, 30)))
    command = errand.PlanErrand(
        errand_id=at.desk.new_id(),
        errand_kind=at.some(ErrandKind),
        person_id=at.some(WHO),
        business_id="replace_sim",
        begins=begins,
        ends=begins + timedelta(hours=2),
        goes=at.perhaps(CLERK.staff_id),
    )
    return at.desk.act(at.actor(*EVERYBODY), command)


@action(errand.AssignErrand)
def assign(at: Scene) -> object:
    found = _errand(at, _PLANNED, _CALLED)
    goes = at.some((CLERK, COLLEAGUE)).staff_id
    command = found and errand.AssignErrand(errand_id=found.id, goes=goes)
    return command and at.desk.act(at.actor(*EVERYBODY), command)


@action(errand.CallAhead, weight=5)
def call_ahead(at: Scene) -> object:
    found = _errand(at, _PLANNED, _CALLED)
    outcome = at.some(AheadOutcome)
    command = found and errand.CallAhead(errand_id=found.id, outcome=outcome)
    return command and at.desk.act(at.actor(*EVERYBODY), command)


@action(errand.DepartErrand, weight=8)
def depart(at: Scene) -> object:
    found = _errand(at, _CALLED)
    command = found and errand.DepartErrand(errand_id=found.id)
    return command and at.desk.act(at.actor(*EVERYBODY), command)


@action(errand.FinishErrand, weight=6)
def finish(at: Scene) -> object:
    found = _errand(at, _UNDERWAY)
    command = found and errand.FinishErrand(errand_id=found.id, outcome=at.some(ErrandOutcome))
    return command and at.desk.act(at.actor(*EVERYBODY), command)


@action(errand.MissErrand, weight=6)
def not_met(at: Scene) -> object:
    found = _errand(at, _UNDERWAY)
    command = found and errand.MissErrand(errand_id=found.id, left_note=at.some((True, False)))
    return command and at.desk.act(at.actor(*EVERYBODY), command)


@action(errand.RebookErrand)
def rebook(at: Scene) -> object:
    found = _errand(at, _NOT_MET, _PLANNED)
    begins = at.desk.clock.now() + timedelta(hours=20)
    ends = begins + timedelta(hours=1)
    command = found and errand.RebookErrand(errand_id=found.id, begins=begins, ends=ends)
    return command and at.desk.act(at.actor(*EVERYBODY), command)


@action(errand.CancelErrand, weight=1)
def call_off(at: Scene) -> object:
    found = _errand(at, _PLANNED, _NOT_MET)
    command = found and errand.CancelErrand(errand_id=found.id, reason=at.some(ErrandCancel))
    return command and at.desk.act(at.actor(*EVERYBODY), command)


@action(errand.UndoErrand)
def take_back(at: Scene) -> object:
    found = _errand(at, *ErrandState)
    command = found and errand.UndoErrand(errand_id=found.id, reason=at.some(UndoReason))
    return command and at.desk.act(at.actor(*sorted(MANAGERS)), command)
