"""Expected minutes and the plan for the day."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hallterm.dispatch.minutes import expected_end, learnt_seconds
from hallterm.dispatch.plan import Demand, late_share, plan_day


def test_without_history_the_file_is_believed() -> None:
    assert learnt_seconds(480, []) == 480


def test_history_wins_as_it_grows() -> None:
    assert learnt_seconds(480, [240] * 10) == pytest.approx(360)
    assert learnt_seconds(480, [240] * 1000) == pytest.approx(242.4, abs=0.1)


def test_forgotten_finish_and_nonsense_do_not_spoil_the_mean() -> None:
    assert learnt_seconds(480, [86_400]) < 620
    assert learnt_seconds(480, [0, -5]) == 480


@given(st.floats(0, 1e6), st.floats(0, 1e5), st.floats(1, 1e4))
def test_a_running_service_always_ends_later(now: float, ran: float, expected: float) -> None:
    end = expected_end(now, now - ran, expected)
    assert end > now
    assert end <= expected_end(now, now, expected)


def test_plan_follows_the_demand() -> None:
    demands = [Demand(customers, 480) for customers in (20, 40, 60, 40, 20)]
    plan = plan_day(demands, 1800)
    assert plan[2] == max(plan)
    assert plan[0] < plan[2] > plan[4]
    assert all(count >= 1 for count in plan)


def test_plan_of_an_empty_day_needs_one_counter() -> None:
    assert plan_day([Demand(0, 480)] * 3, 1800) == [1, 1, 1]


def test_plan_never_asks_for_more_than_there_are() -> None:
    assert plan_day([Demand(500, 480)], 1800, most=6) == [6]


@given(st.floats(1, 200), st.floats(60, 1800), st.floats(300, 3600))
def test_more_counters_never_break_more(customers: float, seconds: float, budget: float) -> None:
    demand = Demand(customers, seconds)
    shares = [late_share(c, customers * seconds, demand, budget) for c in range(1, 30)]
    assert shares == sorted(shares, reverse=True)
