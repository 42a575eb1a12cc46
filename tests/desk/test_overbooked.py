"""Slots with more appointments than places, because the roster or the counters have shrunk."""

from datetime import timedelta

from hallterm.clock import ManualClock
from hallterm.desk import appointments
from hallterm.desk.arrangement_board import ArrangementBoard
from hallterm.desk.arrangement_views import DayPage
from hallterm.desk.desk import Desk
from hallterm.desk.persons import record
from hallterm.domain.appointment.words import AppointmentState, CancelReason, Channel
from hallterm.domain.company.commands import DefineCounter, RetireCounter
from hallterm.domain.counter.state import CounterKind, CounterSetup
from hallterm.domain.person.details import ConsentWay
from hallterm.domain.refusal import Refusal
from hallterm.domain.tiers import Tier
from tests.support.appointments import TEN, appointed, member, on_duty
from tests.support.hall import done
from tests.support.rulebook import (
    ADMINISTRATOR,
    CLERK,
    COLLEAGUE,
    FIRST,
    GOTONE,
    GREETER,
    MORNING,
    SECOND,
)

SECOND_ROOM = CounterSetup(
    id="c9",
    number=9,
    name="贵宾室二",
    kind=CounterKind.VIP_ROOM,
    tiers=(Tier.VIP,),
    serves_others=False,
)


def page(desk: Desk) -> DayPage:
    return ArrangementBoard(desk).day(MORNING.date(), CLERK)


def two_at_ten(desk: Desk) -> tuple[str, str]:
    """Two VIPs at ten, in two rooms, with two receivers."""
    done(desk.act(ADMINISTRATOR, DefineCounter(counter=SECOND_ROOM)))
    on_duty(desk, GREETER, COLLEAGUE)
    first, second = member(desk), member(desk, "李娜", "13800130002")
    return appointed(desk, first), appointed(desk, second)


def test_a_shorter_roster_marks_the_slot_and_everybody_in_it(desk: Desk) -> None:
    two_at_ten(desk)
    assert {row.over for row in page(desk).rows} == {0}
    on_duty(desk, GREETER)
    shown = page(desk)
    assert [row.over for row in shown.rows] == [1, 1]
    crowded = [slot.begins.hour for slot in shown.slots if slot.over]
    assert crowded == [10] * len(crowded)
    assert crowded
    assert not any(slot.open for slot in shown.slots if slot.over)


def test_settled_by_a_receiver_more_or_by_an_appointment_less(desk: Desk) -> None:
    first, _second = two_at_ten(desk)
    on_duty(desk, GREETER)
    on_duty(desk, GREETER, CLERK)
    assert {row.over for row in page(desk).rows} == {0}
    on_duty(desk, GREETER)
    done(appointments.cancel(desk, CLERK, first, CancelReason.HALL))
    assert {row.over for row in page(desk).rows} == {0}


def test_who_has_come_or_is_gone_is_not_marked(desk: Desk, clock: ManualClock) -> None:
    two_at_ten(desk)
    on_duty(desk, GREETER)
    clock.advance((TEN - clock.now()).total_seconds())
    come = page(desk).rows[0].appointment_id
    appointments.arrive(desk, GREETER, come)
    over = {row.state: row.over for row in page(desk).rows}
    assert over == {AppointmentState.ARRIVED: 0, AppointmentState.BOOKED: 1}


def test_others_are_marked_when_a_counter_goes(desk: Desk) -> None:
    typed = {"name": "王芳", "phone": "13800130003"}
    view = record(desk, CLERK, typed, ConsentWay.SPOKEN)
    assert not isinstance(view, Refusal)
    appointed(desk, view.person_id, TEN + timedelta(hours=1), channel=Channel.IN_HALL)
    for counter_id in (GOTONE, FIRST, SECOND):
        done(desk.act(ADMINISTRATOR, RetireCounter(counter_id=counter_id)))
    assert [row.over for row in page(desk).rows] == [1]
