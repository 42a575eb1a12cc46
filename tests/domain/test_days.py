"""The business day: numbers, closing, a day left open, a day opened once more."""

from datetime import timedelta

import pytest

from hallterm.domain.counter.commands import TakeCounter
from hallterm.domain.day import CloseDay, OpenDay
from hallterm.domain.decisions.closing import day_due
from hallterm.domain.ticket import commands as cmd
from hallterm.domain.ticket.events import TicketSettled
from hallterm.domain.ticket.words import ParkReason, SettleReason, TicketState, UndoReason
from hallterm.domain.tiers import Grade, Tier
from tests.support.rulebook import CLERK, COLLEAGUE, DUTY_MANAGER, FIRST, GREETER, MORNING, SECOND
from tests.support.scene import Scene

TODAY = MORNING.date()
TOMORROW = TODAY + timedelta(days=1)


def test_numbers_run_by_letter_and_start_again_the_next_day(scene: Scene) -> None:
    for _ in range(2):
        numbers = [
            scene[scene.take(tier, grade)].number
            for tier, grade in [
                (Tier.STANDARD, None),
                (Tier.VIP, Grade.GOLD),
                (Tier.STANDARD, None),
                (Tier.GOTONE, None),
            ]
        ]
        assert numbers == ["A001", "V001", "A002", "G001"]
        scene.do(GREETER, OpenDay(day=TOMORROW))


def test_after_999_numbers_grow_longer(scene: Scene) -> None:
    scene.hall.issued["A"] = 998
    assert [scene[scene.take()].number for _ in range(3)] == ["A999", "A1000", "A1001"]


@pytest.mark.parametrize("state", ["waiting", "called", "serving", "parked", "absent"])
def test_a_day_is_not_closed_over_an_open_ticket(scene: Scene, state: str) -> None:
    scene.sit()
    ticket = scene.take()
    if state in {"called", "absent"}:
        scene.call(ticket)
    if state == "absent":
        scene.do(CLERK, cmd.PassOver(ticket_id=ticket))
    if state in {"serving", "parked"}:
        scene.serve(ticket)
    if state == "parked":
        scene.do(CLERK, cmd.ParkService(ticket_id=ticket, reason=ParkReason.FORM))
    assert scene[ticket].state.value == state
    assert scene.refused(DUTY_MANAGER, CloseDay()) == "tickets_open"
    reason = SettleReason.APPOINTMENT_MADE
    scene.do(DUTY_MANAGER, cmd.SettleTicket(ticket_id=ticket, reason=reason))
    assert (scene[ticket].state, scene[ticket].reason) == (TicketState.SETTLED, reason.value)
    scene.do(DUTY_MANAGER, CloseDay())


def test_closing_frees_the_counters_and_stops_everything(scene: Scene) -> None:
    scene.sit()
    scene.sit(COLLEAGUE, SECOND)
    ticket = scene.take()
    scene.serve(ticket)
    scene.do(CLERK, cmd.FinishService(ticket_id=ticket))
    events = scene.do(DUTY_MANAGER, CloseDay())
    assert [e.type for e in events] == ["counter_released", "counter_released", "day_closed"]
    assert scene.hall.counter_of(CLERK.staff_id) is None
    assert scene.refused(DUTY_MANAGER, CloseDay()) == "day_closed"
    sit = TakeCounter(counter_id=FIRST, session_id="late")
    assert scene.refused(CLERK, sit) == "day_closed"
    assert scene.refused(GREETER, scene.taking("late")) == "day_closed"
    undo = cmd.UndoAction(ticket_id=ticket, reason=UndoReason.WRONG_KEY)
    assert scene.refused(CLERK, undo) == "day_closed"


def test_a_day_left_open_is_settled_by_the_next_days_first_action(scene: Scene) -> None:
    scene.sit()
    one, two = scene.take(), scene.take()
    scene.serve(one)
    ended = scene.take()
    scene.do(GREETER, cmd.UndoAction(ticket_id=ended, reason=UndoReason.WRONG_KEY))
    events = scene.do(GREETER, OpenDay(day=TOMORROW))
    settled = [e for e in events if isinstance(e, TicketSettled)]
    assert {e.ticket_id for e in settled} == {one, two}
    assert {e.reason for e in settled} == {SettleReason.LEFT_OPEN}
    assert [e.type for e in events[2:]] == ["counter_released", "day_closed", "day_opened"]
    assert list(scene.hall.open_tickets()) == []
    assert scene.hall.at_counter == {}


def test_a_day_does_not_begin_twice_nor_after_a_later_one(scene: Scene) -> None:
    assert scene.do(GREETER, OpenDay(day=TODAY)) == ()
    earlier = OpenDay(day=TODAY - timedelta(days=1))
    for actor in (GREETER, DUTY_MANAGER):
        assert scene.refused(actor, earlier) == "other_day_open"
    scene.do(DUTY_MANAGER, CloseDay())
    assert scene.refused(GREETER, earlier) == "day_in_past"


def test_a_manager_opens_an_earlier_day_and_its_numbers_run_on(scene: Scene) -> None:
    scene.take()
    scene.do(GREETER, OpenDay(day=TOMORROW))
    scene.do(DUTY_MANAGER, CloseDay())
    again = OpenDay(day=TODAY, numbers={"A": 1})
    scene.do(DUTY_MANAGER, again)
    assert scene.hall.day == TODAY
    assert scene[scene.take()].number == "A002"


def test_numbers_of_before_mean_nothing_while_the_same_day_lasts(scene: Scene) -> None:
    ticket = scene.take()
    settle = cmd.SettleTicket(ticket_id=ticket, reason=SettleReason.CUSTOMER_GONE)
    scene.do(DUTY_MANAGER, settle)
    scene.do(DUTY_MANAGER, CloseDay())
    scene.do(DUTY_MANAGER, OpenDay(day=TODAY, numbers={"A": 7}))
    assert scene[scene.take()].number == "A002"


@pytest.mark.parametrize(("days", "far"), [(14, False), (15, True), (3650, True)])
def test_a_day_long_after_the_last_needs_a_managers_word(
    scene: Scene, days: int, *, far: bool
) -> None:
    day = TODAY + timedelta(days=days)
    if far:
        assert scene.refused(GREETER, OpenDay(day=day)) == "day_far"
        assert scene.refused(GREETER, OpenDay(day=day, confirmed=True)) == "day_far"
        assert scene.refused(DUTY_MANAGER, OpenDay(day=day)) == "day_far"
        scene.do(DUTY_MANAGER, OpenDay(day=day, confirmed=True))
    else:
        scene.do(GREETER, OpenDay(day=day))
    assert scene.hall.day == day


def test_only_the_day_that_is_meant_is_closed(scene: Scene) -> None:
    assert scene.refused(DUTY_MANAGER, CloseDay(day=TOMORROW)) == "day_closed"
    scene.do(DUTY_MANAGER, CloseDay(day=TODAY))


@pytest.mark.parametrize("state", ["called", "serving", "parked", "waiting", "absent"])
@pytest.mark.parametrize("hours", [1, 3])
def test_a_day_lasts_while_a_service_is_under_way(scene: Scene, state: str, hours: int) -> None:
    scene.sit()
    ticket = scene.take()
    if state in {"called", "absent"}:
        scene.call(ticket)
    if state == "absent":
        scene.do(CLERK, cmd.PassOver(ticket_id=ticket))
    if state in {"serving", "parked"}:
        scene.serve(ticket)
    if state == "parked":
        scene.do(CLERK, cmd.ParkService(ticket_id=ticket, reason=ParkReason.FORM))
    later = scene[ticket].state_since + timedelta(hours=hours)
    under_way = state in {"called", "serving", "parked"} and hours == 1
    assert day_due(scene.hall, TOMORROW, later) is not under_way
    assert not day_due(scene.hall, TODAY, later)


def test_a_manager_may_open_a_closed_day_once_more_and_numbers_run_on(scene: Scene) -> None:
    ticket = scene.take()
    settle = cmd.SettleTicket(ticket_id=ticket, reason=SettleReason.CUSTOMER_GONE)
    scene.do(DUTY_MANAGER, settle)
    scene.do(DUTY_MANAGER, CloseDay())
    assert scene.refused(CLERK, OpenDay(day=TODAY)) == "day_closed"
    scene.do(DUTY_MANAGER, OpenDay(day=TODAY))
    assert scene[ticket].state is TicketState.SETTLED
    assert scene[scene.take()].number == "A002"
