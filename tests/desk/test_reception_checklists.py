"""Checklists at the desk: where they are offered, limits overnight, times from the keypad."""

from datetime import timedelta

import pytest

from hallterm.clock import ManualClock
from hallterm.desk import checklists
from hallterm.desk.days import close_day
from hallterm.desk.desk import Desk
from hallterm.domain.tiers import Grade, Tier
from tests.support.hall import done, refused, take
from tests.support.rulebook import (
    CLERK,
    COLLEAGUE,
    DUTY_MANAGER,
    GREETER,
    KIOSK,
    MORNING,
)
from tests.support.truth import assert_true_to_log


def test_checklists_are_offered_where_they_belong(desk: Desk, clock: ManualClock) -> None:
    def ids(actor: object = CLERK, ticket_id: str | None = None) -> list[str]:
        assert isinstance(actor, type(CLERK))
        return [template.id for template in checklists.offered(desk, actor, ticket_id)]

    assert ids() == ["emergency", "equipment_fault", "hall_opening"]
    assert ids(KIOSK) == ["emergency", "equipment_fault"]
    assert ids(CLERK, take(desk, Tier.GOTONE)) == ["gotone_counter"]
    assert ids(CLERK, take(desk)) == []
    clock.advance(9 * 3600)
    assert ids() == ["emergency", "equipment_fault", "hall_closing"]


def test_a_fault_s_time_limit_runs_over_the_night(desk: Desk, clock: ManualClock) -> None:
    run = checklists.start(desk, CLERK, "equipment_fault")
    assert isinstance(run, str)
    done(checklists.tick_now(desk, CLERK, run, "reported", ["one_day"]))
    due = clock.now() + timedelta(days=1)
    done(close_day(desk, DUTY_MANAGER))
    clock.advance(20 * 3600)
    take(desk)
    (view,) = checklists.Checklists(desk).going_on(COLLEAGUE)
    assert (view.run_id, view.due) == (run, due.timestamp())
    assert refused(checklists.end(desk, COLLEAGUE, run)) == "steps_open"
    done(checklists.end(desk, COLLEAGUE, run, withdraw=True))
    assert checklists.Checklists(desk).going_on(COLLEAGUE) == ()
    assert_true_to_log(desk.connection)


@pytest.mark.parametrize(
    ("digits", "minutes_ago"), [("0", 0), ("7", 7), ("99", 99), ("0852", 8), ("０８５２", 8)]
)
def test_when_it_happened_is_read_from_the_keypad(
    desk: Desk, digits: str, minutes_ago: int
) -> None:
    moment = checklists.happened(desk, digits)
    assert moment == MORNING - timedelta(minutes=minutes_ago)


@pytest.mark.parametrize(
    ("digits", "code"),
    [
        ("", "moment_form"),
        ("123", "moment_form"),
        ("2561", "moment_form"),
        ("x", "moment_form"),
        ("0901", "time_in_future"),
    ],
)
def test_a_moment_that_is_none(desk: Desk, digits: str, code: str) -> None:
    assert refused(checklists.happened(desk, digits)) == code


def test_after_midnight_the_evening_was_yesterday(desk: Desk, clock: ManualClock) -> None:
    clock.advance(15.5 * 3600)
    moment = checklists.happened(desk, "2350")
    assert moment == clock.now() - timedelta(minutes=40)


def test_nothing_ticked_is_nothing(desk: Desk) -> None:
    guest = take(desk, Tier.VIP, Grade.GOLD)
    assert refused(checklists.tick(desk, GREETER, guest, [])) == "step_missing"
