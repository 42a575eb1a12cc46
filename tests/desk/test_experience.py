"""What the hall learns from its own days, and what the waiting are told from it."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from hallterm.clock import ManualClock
from hallterm.desk.calling import call_next
from hallterm.desk.desk import Desk
from hallterm.desk.experience import Experience
from hallterm.desk.queueing import SAME_OUTLOOK_SECONDS, calling_order, outlook
from hallterm.domain.ticket.commands import FinishService, StartService
from hallterm.domain.tiers import Tier
from tests.support.hall import done, enter, sit, take
from tests.support.rulebook import CLERK


def serve_one(desk: Desk, clock: ManualClock, minutes: float) -> str:
    """Take, call and serve one customer."""
    ticket_id = take(desk)
    done(call_next(desk, CLERK))
    done(desk.act(CLERK, StartService(ticket_id=ticket_id)))
    clock.advance(minutes * 60)
    done(desk.act(CLERK, FinishService(ticket_id=ticket_id)))
    return desk.hall.tickets[ticket_id].businesses[0].business_id


def test_services_of_this_hall_shift_the_files_minutes(desk: Desk, clock: ManualClock) -> None:
    sit(desk)
    business = serve_one(desk, clock, 20)
    for _ in range(9):
        serve_one(desk, clock, 20)
    clock.advance(timedelta(days=1).total_seconds())
    take(desk)
    prior = desk.rules.businesses[business].minutes * 60
    desk.experience.learn(desk.connection, desk.rules, desk.hall.day)
    learnt = desk.experience.expected(business, desk.rules)
    capped = min(20 * 60, prior * 4)
    assert learnt == (prior * 10 + capped * 10) / 20


def test_yesterdays_arrivals_are_expected_again(desk: Desk, clock: ManualClock) -> None:
    sit(desk)
    for _ in range(4):
        take(desk)
    yesterday = desk.hall.day
    clock.advance(timedelta(days=1).total_seconds())
    take(desk)
    assert desk.hall.day != yesterday
    desk.experience.learn(desk.connection, desk.rules, desk.hall.day)
    assert sum(desk.experience.arrivals[Tier.STANDARD]) == 4
    now = clock.now()
    streams = desk.experience.streams(now, desk.timezone, desk.rules)
    assert [stream.tier for stream in streams] == [Tier.STANDARD]


def test_everybody_waiting_is_in_the_calling_order_once(desk: Desk, clock: ManualClock) -> None:
    sit(desk)
    first = take(desk)
    clock.advance(60)
    second = take(desk)
    expected = outlook(desk, clock.now())
    assert calling_order(desk, expected) == [first, second]
    assert expected[first].low <= expected[first].wait <= expected[first].high
    assert expected[first].wait <= expected[second].wait


def test_without_a_counter_at_work_the_norms_order_is_told(desk: Desk, clock: ManualClock) -> None:
    first, second = take(desk), take(desk)
    expected = outlook(desk, clock.now())
    assert expected == {}
    assert set(calling_order(desk, expected)) == {first, second}


def test_what_one_process_has_learnt_the_others_need_not_work_out(
    store: Path, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = enter(store, clock)
    sit(desk)
    serve_one(desk, clock, 20)
    clock.advance(timedelta(days=1).total_seconds())
    take(desk)
    desk.experience.learn(desk.connection, desk.rules, desk.hall.day)
    desk.close()
    again = enter(store, clock)
    monkeypatch.setattr(Experience, "_work_out", lambda *_: pytest.fail("worked out again"))
    assert again.experience.learn(again.connection, again.rules, again.hall.day)
    assert again.experience == desk.experience
    again.close()


def test_other_minutes_in_the_file_and_another_day_are_learnt_anew(
    desk: Desk, clock: ManualClock
) -> None:
    sit(desk)
    business = serve_one(desk, clock, 20)
    clock.advance(timedelta(days=1).total_seconds())
    take(desk)
    desk.experience.learn(desk.connection, desk.rules, desk.hall.day)
    was = desk.experience.expected(business, desk.rules)
    rules = desk.rules
    longer = {**rules.businesses}
    longer[business] = longer[business].model_copy(update={"minutes": 77.0})
    changed = Experience()
    assert changed.learn(desk.connection, replace(rules, businesses=longer), desk.hall.day)
    assert changed.expected(business, rules) != was
    clock.advance(timedelta(days=1).total_seconds())
    take(desk)
    desk.experience.learn(desk.connection, desk.rules, desk.hall.day)
    assert sum(desk.experience.arrivals[Tier.STANDARD]) == 1.0
    rows = desk.connection.exec_driver_sql("SELECT count(*) FROM learnt").scalar()
    desk.connection.rollback()
    assert rows == 1, "the last one only is kept"


def test_one_outlook_serves_all_who_look_at_the_same_hall(desk: Desk, clock: ManualClock) -> None:
    sit(desk)
    first = take(desk)
    told = outlook(desk, clock.now())
    assert outlook(desk, clock.now()) is told
    clock.advance(SAME_OUTLOOK_SECONDS)
    later = outlook(desk, clock.now())
    assert later is not told
    assert later[first].wait <= told[first].wait
    second = take(desk)
    assert list(outlook(desk, clock.now())) == [first, second]
    clock.advance(-60)
    assert outlook(desk, clock.now()) is not later
