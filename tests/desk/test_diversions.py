"""Diversion at the desk: who could be sent where, with which words; call-backs and figures."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, time
from pathlib import Path

import pytest

from hallterm.clock import ManualClock
from hallterm.desk import call_backs, diversions, persons
from hallterm.desk.board import Board
from hallterm.desk.call_back_board import CallBacks
from hallterm.desk.calling import undo_last
from hallterm.desk.days import day_figures
from hallterm.desk.desk import Desk
from hallterm.desk.diversion_views import WayRow
from hallterm.desk.person_views import PersonView
from hallterm.desk.staff_names import StaffNames
from hallterm.desk.tickets import Issued, TicketDraft
from hallterm.desk.tickets import take as take_draft
from hallterm.desk.views import TicketRow
from hallterm.domain.actor import Actor
from hallterm.domain.call_back.words import CallBackState, CallOutcome
from hallterm.domain.diversion.plan import DiversionPlan, Neighbour
from hallterm.domain.diversion.words import Way
from hallterm.domain.person.details import ConsentPurpose, ConsentWay
from hallterm.domain.ticket.words import UndoReason
from hallterm.domain.tiers import Grade, Tier
from tests.support.hall import done, enter, refused, sit, take
from tests.support.rulebook import (
    CLERK,
    COLLEAGUE,
    DUTY_MANAGER,
    FIRST,
    GREETER,
    MORNING,
    VIP_ROOM,
)
from tests.support.truth import assert_true_to_log, logged

PHONE = "13800130001"
NEAR = Neighbour(
    id="near",
    name="车站路营业厅",
    address="车站路 18 号",
    minutes=12,
    opens=time(8),
    closes=time(18),
)


@pytest.fixture
def desk(store: Path, clock: ManualClock) -> Iterator[Desk]:
    desk = enter(store, clock)
    plan = DiversionPlan(say={Way.APPOINTMENT: "改天来？等{wait}"}, halls=(NEAR,))
    desk.configuration = desk.configuration.model_copy(update={"diversion": plan})
    yield desk
    assert_true_to_log(desk.connection)
    desk.close()


def crowd(desk: Desk, count: int = 30) -> list[str]:
    """One counter, and more customers than it can serve in time."""
    sit(desk)
    return [take(desk) for _ in range(count)]


def waiting(desk: Desk) -> dict[str, TicketRow]:
    return {row.ticket_id: row for row in Board(desk).hall().waiting}


def ways(desk: Desk, ticket_id: str, actor: Actor = GREETER) -> dict[Way, WayRow]:
    ticket = desk.hall.tickets[ticket_id]
    rows = diversions.ways(desk, actor, ticket, 1500.0, StaffNames(desk))
    return {row.way: row for row in rows}


def test_only_those_whose_wait_overruns_can_be_diverted(desk: Desk) -> None:
    tickets = crowd(desk)
    rows = waiting(desk)
    assert (rows[tickets[0]].overrun, rows[tickets[0]].ways) == (None, ())
    late = [row for row in rows.values() if row.overrun is not None]
    assert 0 < len(late) < len(tickets)
    for row in late:
        assert row.expected_wait is not None
        beyond = row.service.began + row.service.budget
        start = desk.clock.now().timestamp() + row.expected_wait
        assert row.overrun == pytest.approx(start - beyond)
        assert Way.SELF_SERVICE in row.ways


def test_without_anybody_at_work_age_decides(desk: Desk, clock: ManualClock) -> None:
    ticket = take(desk)
    assert waiting(desk)[ticket].overrun is None
    clock.advance(31 * 60 + 1)
    assert waiting(desk)[ticket].overrun == pytest.approx(61, abs=1)


def test_every_way_has_its_words(desk: Desk) -> None:
    ticket = crowd(desk)[-1]
    found = ways(desk, ticket)
    assert list(found) == [Way.SELF_SERVICE, Way.CALL_BACK, Way.APPOINTMENT, Way.OTHER_HALL]
    assert "约 25 分钟" in found[Way.SELF_SERVICE].say
    assert "11:00 之前打电话" in found[Way.CALL_BACK].say
    assert found[Way.APPOINTMENT].say == "改天来？等约 25 分钟"
    assert "车站路营业厅（车站路 18 号），过去 12 分钟" in found[Way.OTHER_HALL].say
    assert found[Way.OTHER_HALL].note == "12 分钟路，开到 18:00"


def test_not_to_a_hall_that_shuts_before_one_is_there(desk: Desk, clock: ManualClock) -> None:
    ticket = take(desk)
    clock.advance(8 * 3600 + 47 * 60)  # 17:47, twelve minutes' way
    assert Way.OTHER_HALL in ways(desk, ticket)
    clock.advance(60)
    assert Way.OTHER_HALL not in ways(desk, ticket)


def test_an_idle_vip_room_is_offered_to_managers_only(desk: Desk) -> None:
    sit(desk, COLLEAGUE, VIP_ROOM)
    ticket = crowd(desk)[-1]
    assert Way.COUNTER not in ways(desk, ticket)
    lent = ways(desk, ticket, DUTY_MANAGER)[Way.COUNTER]
    assert (lent.target, lent.place, lent.note) == (
        VIP_ROOM,
        "1号 贵宾室",
        "专留给别的级别，经理借用",
    )
    take(desk, Tier.VIP, Grade.GOLD)
    assert Way.COUNTER not in ways(desk, ticket, DUTY_MANAGER), "its own customer waits"


def test_what_was_declined_is_left_out_and_what_is_open_is_marked(desk: Desk) -> None:
    ticket = crowd(desk)[-1]
    done(diversions.told(desk, GREETER, ticket, (Way.SELF_SERVICE, None)))
    offered = ways(desk, ticket)[Way.SELF_SERVICE].offered
    assert offered is not None
    assert offered.staff_id == GREETER.staff_id
    done(diversions.told(desk, GREETER, ticket, (Way.SELF_SERVICE, None), accepted=False))
    assert Way.SELF_SERVICE not in ways(desk, ticket)
    row = waiting(desk)[ticket]
    assert Way.SELF_SERVICE not in row.ways
    assert [(one.way, one.accepted) for one in row.offers] == [(Way.SELF_SERVICE, False)]


def promised(desk: Desk) -> str:
    """A walk-in leaves a number; returns the id of the call-back."""
    ticket = take(desk)
    done(diversions.told(desk, GREETER, ticket, (Way.CALL_BACK, None)))
    done(call_backs.accept(desk, GREETER, ticket, staff_id=CLERK.staff_id, phone=PHONE))
    return next(one.id for one in desk.hall.call_backs.values() if one.ticket_id == ticket)


def test_the_number_stands_in_the_persons_room_and_not_in_the_log(desk: Desk) -> None:
    name = promised(desk)
    assert not any(PHONE in payload for *_rest, payload in logged(desk.connection))
    desk.connection.rollback()
    (row,) = CallBacks(desk).rows(CLERK)
    assert (row.customer, row.mine, row.businesses) == ("138****0001", True, ("缴费",))
    assert call_backs.number_to_call(desk, CLERK, name) == PHONE


def test_the_list_shows_the_number_that_will_be_rung(desk: Desk) -> None:
    raw = {"name": "李小红", "phone": "15012349999"}
    made = persons.record(desk, DUTY_MANAGER, raw, ConsentWay.SPOKEN, ConsentPurpose.SERVICE)
    assert isinstance(made, PersonView)
    now = desk.clock.now()
    draft = TicketDraft(now, now, person_id=made.person_id, business_ids=["payment"])
    issued = take_draft(desk, GREETER, draft)
    assert isinstance(issued, Issued)
    done(call_backs.accept(desk, GREETER, issued.ticket.id, phone=PHONE))
    (row,) = CallBacks(desk).rows(CLERK)
    assert row.customer == "李** 138****0001"
    assert call_backs.number_to_call(desk, CLERK, row.call_back_id) == PHONE


def test_a_customer_without_a_number_must_leave_one(desk: Desk) -> None:
    ticket = take(desk)
    done(diversions.told(desk, GREETER, ticket, (Way.CALL_BACK, None)))
    promise = call_backs.promise(desk, ticket)
    assert getattr(promise, "needs_phone", False)
    assert refused(call_backs.accept(desk, GREETER, ticket)) == "call_back_number_missing"
    assert refused(call_backs.accept(desk, GREETER, ticket, phone="12")) == "phone_wrong"
    assert desk.hall.call_backs == {}


def test_a_promise_is_for_before_closing(desk: Desk, clock: ManualClock) -> None:
    def default() -> str:
        due = call_backs.default_due(desk, clock.now())
        return f"{due.astimezone(desk.timezone):%H:%M}"

    assert default() == "11:00"
    profile = desk.rules.company.hall
    assert profile is not None
    clock.advance(8 * 3600)
    assert default() == f"{min(profile.closes, time(19)):%H:%M}"


@pytest.mark.parametrize(
    ("digits", "told"),
    [("90", "10:30"), ("1432", "14:32"), ("0830", "03 08:30"), ("１０", "09:10"), ("", "11:00")],
)
def test_a_promised_time_is_read_from_the_keypad(desk: Desk, digits: str, told: str) -> None:
    due = call_backs.due_of(desk, digits)
    assert isinstance(due, datetime)
    assert f"{due.astimezone(desk.timezone):%d %H:%M}".endswith(told)


@pytest.mark.parametrize("digits", ["2460", "2501", "12345", "半小时"])
def test_what_is_no_time_is_refused(desk: Desk, digits: str) -> None:
    assert refused(call_backs.due_of(desk, digits)) == "promise_form"


def test_due_first_then_what_ended_today(desk: Desk, clock: ManualClock) -> None:
    first = promised(desk)
    clock.advance(60)
    second = promised(desk)
    done(call_backs.no_answer(desk, CLERK, first))
    done(call_backs.done(desk, COLLEAGUE, second, CallOutcome.BOOKED))
    rows = CallBacks(desk).rows(CLERK)
    assert [(row.call_back_id, row.state) for row in rows] == [
        (first, CallBackState.DUE),
        (second, CallBackState.DONE),
    ]
    assert [row.undoable for row in rows] == [True, False]
    assert CallBacks(desk).due() == 1
    done(call_backs.undo(desk, CLERK, first, UndoReason.WRONG_KEY))
    assert CallBacks(desk).rows(CLERK)[0].tries == 0


def test_a_due_call_back_is_still_there_after_the_night(
    desk: Desk, clock: ManualClock, store: Path
) -> None:
    promised(desk)
    clock.advance(24 * 3600)
    take(desk)
    (row,) = CallBacks(desk).rows(CLERK)
    assert row.businesses == ("缴费",)
    again = enter(store, clock)
    assert CallBacks(again).rows(CLERK) == (row,)
    again.close()


def test_figures_of_the_day(desk: Desk) -> None:
    tickets = crowd(desk)
    for ticket in tickets[-3:]:
        done(diversions.told(desk, GREETER, ticket, (Way.SELF_SERVICE, None)))
    done(diversions.told(desk, GREETER, tickets[-1], (Way.SELF_SERVICE, None), accepted=True))
    done(diversions.told(desk, GREETER, tickets[-2], (Way.SELF_SERVICE, None), accepted=False))
    promised(desk)
    counted = day_figures(desk, MORNING.date()).diversion
    assert (counted.offered, counted.accepted, counted.declined, counted.unanswered) == (4, 2, 1, 1)
    assert counted.by_way == {Way.SELF_SERVICE: 1, Way.CALL_BACK: 1}
    assert (counted.in_time, counted.calls_due) == (2, 1)
    done(undo_last(desk, GREETER, UndoReason.CUSTOMER_CAME_BACK))
    assert day_figures(desk, MORNING.date()).diversion.calls_due == 0


def test_an_offer_and_its_answer_are_written_together_or_not_at_all(desk: Desk) -> None:
    ticket = take(desk)
    done(diversions.told(desk, GREETER, ticket, (Way.SELF_SERVICE, None), accepted=False))
    assert [one.accepted for one in desk.hall.tickets[ticket].diversions] == [False]
    late = call_backs.default_due(desk, MORNING)
    assert refused(call_backs.accept(desk, GREETER, ticket, due=MORNING, phone=PHONE))
    assert len(desk.hall.tickets[ticket].diversions) == 1, "the offer was taken back, too"
    done(call_backs.accept(desk, GREETER, ticket, due=late, phone=PHONE))


def test_a_yes_sends_the_customer_to_the_free_counter(desk: Desk) -> None:
    ticket = take(desk)
    sit(desk)
    done(diversions.told(desk, GREETER, ticket, (Way.COUNTER, FIRST)))
    done(diversions.told(desk, GREETER, ticket, (Way.COUNTER, FIRST), accepted=True))
    assert desk.hall.tickets[ticket].only_counter == FIRST
    assert replace(waiting(desk)[ticket]).offers[0].place == "3号 综合"
