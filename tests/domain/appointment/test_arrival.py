"""Arrival is a ticket: early, in time, late, on the wrong day, taken back."""

from datetime import timedelta

import pytest

from hallterm.domain.appointment import commands as cmd
from hallterm.domain.appointment.words import AppointmentState, CancelReason, Channel
from hallterm.domain.day import CloseDay, OpenDay
from hallterm.domain.reception.words import ReceptionState
from hallterm.domain.ticket import commands as ticket
from hallterm.domain.ticket.promise import Verdict
from hallterm.domain.ticket.words import TicketState, UndoReason
from hallterm.domain.tiers import Tier
from tests.support.appointments import TEN, arrive, book, booking_scene, standing
from tests.support.receptions import reception_of, serve
from tests.support.rulebook import CLERK, DUTY_MANAGER, GREETER, KIOSK
from tests.support.scene import Scene


def coming(minutes: float) -> tuple[Scene, str]:
    """Return the hall at some minutes after the appointed time, and the appointment."""
    scene = booking_scene()
    mine = book(scene)
    scene.now = TEN + timedelta(minutes=minutes)
    return scene, mine


@pytest.mark.parametrize(
    ("minutes", "kept", "clock_after"),
    [
        (-16, False, -16),
        (-15, True, 0),
        (-1, True, 0),
        (0, True, 0),
        (10, True, 10),
        (11, False, 11),
    ],
)
def test_the_clock_runs_from_the_later_of_appointed_time_and_card(
    minutes: float, *, kept: bool, clock_after: float
) -> None:
    scene, mine = coming(minutes)
    taken = arrive(scene, mine)
    assert taken.leg.clock_from == TEN + timedelta(minutes=clock_after)
    assert taken.appointed_at == (TEN if kept else None)
    assert taken.shown_at == scene.now
    appointment = standing(scene, mine)
    assert (appointment.state, appointment.kept) == (AppointmentState.ARRIVED, kept)
    assert appointment.ticket_id == taken.id


def test_the_reception_opens_by_itself_and_its_five_minutes_run_from_the_card() -> None:
    scene, mine = coming(-10)
    taken = arrive(scene, mine)
    reception = reception_of(scene, taken.id)
    assert (reception.state, reception.offered_at) == (ReceptionState.OFFERED, scene.now)
    assert scene[taken.id].shown_at == scene.now


def test_served_before_the_appointed_time_is_no_wait_at_all() -> None:
    scene, mine = coming(-10)
    taken = arrive(scene, mine)
    scene.sit()
    serve(scene, taken.id)
    leg = scene[taken.id].first_leg
    assert (leg.wait_s, leg.verdict()) == (0.0, Verdict.KEPT)


def test_a_tier_put_right_keeps_the_appointed_time() -> None:
    scene, mine = coming(-10)
    taken = arrive(scene, mine)
    lower = ticket.ChangeTier(ticket_id=taken.id, tier=Tier.GOTONE, shown_at=scene.wait(minutes=1))
    scene.do(GREETER, lower)
    assert scene[taken.id].leg.clock_from == TEN


def test_an_arrival_taken_back_brings_the_appointment_back() -> None:
    scene, mine = coming(0)
    before = standing(scene, mine)
    taken = arrive(scene, mine)
    scene.do(GREETER, ticket.UndoAction(ticket_id=taken.id, reason=UndoReason.WRONG_CUSTOMER))
    after = standing(scene, mine)
    assert scene[taken.id].state is TicketState.VOID
    assert after.model_copy(update={"moves": ()}) == before.model_copy(update={"moves": ()})
    assert arrive(scene, mine).id == standing(scene, mine).ticket_id


def test_undoing_a_later_action_leaves_the_arrival() -> None:
    scene, mine = coming(0)
    taken = arrive(scene, mine)
    scene.sit()
    scene.call(taken.id)
    scene.do(CLERK, ticket.UndoAction(ticket_id=taken.id, reason=UndoReason.WRONG_KEY))
    assert standing(scene, mine).state is AppointmentState.ARRIVED


def test_nobody_comes_and_the_tick_notes_it_once() -> None:
    scene, mine = coming(10)
    late = cmd.NoteLate(appointment_id=mine)
    assert scene.refused(KIOSK, late) == "appointment_not_late"
    scene.wait(minutes=1)
    scene.do(KIOSK, late)
    assert scene.do(KIOSK, late) == ()
    assert standing(scene, mine).state is AppointmentState.LATE
    taken = arrive(scene, mine)
    assert (taken.appointed_at, taken.leg.clock_from) == (None, scene.now)


def test_a_no_show_who_comes_after_all_gets_a_ticket_like_any_other() -> None:
    scene, mine = coming(11)
    scene.do(CLERK, cmd.MissAppointment(appointment_id=mine))
    assert standing(scene, mine).state is AppointmentState.MISSED
    scene.wait(minutes=30)
    assert arrive(scene, mine).appointed_at is None
    assert standing(scene, mine).kept is False


def test_a_no_show_by_mistake_is_taken_back_by_whoever_said_so() -> None:
    scene, mine = coming(5)
    assert scene.refused(CLERK, cmd.MissAppointment(appointment_id=mine)) == "appointment_not_late"
    scene.wait(minutes=6)
    scene.do(CLERK, cmd.MissAppointment(appointment_id=mine))
    undo = cmd.UndoAppointment(appointment_id=mine, reason=UndoReason.CUSTOMER_CAME_BACK)
    assert scene.refused(GREETER, undo) == "not_your_action"
    scene.do(DUTY_MANAGER, undo)
    assert standing(scene, mine).state is AppointmentState.BOOKED
    assert scene.refused(DUTY_MANAGER, undo) == "nothing_to_undo"


def test_a_clock_that_went_back_makes_nobody_late() -> None:
    scene, mine = coming(-90)
    assert scene.refused(KIOSK, cmd.NoteLate(appointment_id=mine)) == "appointment_not_late"
    assert arrive(scene, mine).appointed_at is None


def test_an_appointment_is_one_persons_and_one_days() -> None:
    scene, mine = coming(0)
    taking = scene.taking("t9", Tier.STANDARD, person_id="p2", appointment_id=mine)
    assert scene.refused(GREETER, taking) == "appointment_of_other"
    none = scene.taking("t9", Tier.STANDARD, person_id="p1", appointment_id="x")
    assert scene.refused(GREETER, none) == "unknown_appointment"
    tomorrow = book(
        scene, TEN + timedelta(days=1), "p3", tier=Tier.GOTONE, grade=None, channel=Channel.IN_HALL
    )
    early = scene.taking("t9", Tier.GOTONE, person_id="p3", appointment_id=tomorrow)
    assert scene.refused(GREETER, early) == "appointment_other_day"


def test_what_was_called_off_or_used_is_no_way_in() -> None:
    scene, mine = coming(0)
    scene.do(CLERK, cmd.CancelAppointment(appointment_id=mine, reason=CancelReason.CUSTOMER))
    again = scene.taking("t9", Tier.STANDARD, person_id="p1", appointment_id=mine)
    assert scene.refused(GREETER, again) == "appointment_state"
    assert scene.refused(CLERK, cmd.MissAppointment(appointment_id=mine)) == "appointment_state"
    scene.do(CLERK, cmd.UndoAppointment(appointment_id=mine, reason=UndoReason.WRONG_KEY))
    arrive(scene, mine)
    cancel = cmd.CancelAppointment(appointment_id=mine, reason=CancelReason.CUSTOMER)
    assert scene.refused(CLERK, cancel) == "appointment_state"


def test_the_day_does_not_end_while_somebody_may_still_come_in_time() -> None:
    scene, mine = coming(-30)
    assert scene.refused(DUTY_MANAGER, CloseDay()) == "appointments_open"
    scene.now = TEN + timedelta(minutes=11)
    scene.do(DUTY_MANAGER, CloseDay())
    assert standing(scene, mine).state is AppointmentState.MISSED


def test_a_day_left_open_closes_its_appointments_with_it() -> None:
    scene, mine = coming(0)
    later = book(scene, TEN + timedelta(days=2), "p2")
    scene.wait(minutes=24 * 60)
    events = scene.do(GREETER, OpenDay(day=scene.now.date()))
    assert [event.aggregate_id for event in events if event.aggregate == "appointment"] == [mine]
    assert list(scene.hall.appointments) == [later]


def test_a_day_on_which_the_hall_stayed_shut_closes_its_appointments_too() -> None:
    scene = booking_scene()
    shut = book(scene, TEN + timedelta(days=1))
    scene.now = TEN + timedelta(hours=9)
    scene.do(DUTY_MANAGER, CloseDay())
    scene.wait(minutes=40 * 60)
    events = scene.do(GREETER, OpenDay(day=scene.now.date()))
    assert [event.type for event in events] == ["appointment_missed", "day_opened"]
    assert shut not in scene.hall.appointments
