"""How sure it is that counters become free in time."""

from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hallterm.dispatch.releases import chance_free, ends_by, risk_for, shortfall

chances = st.lists(st.floats(0, 1), max_size=12)


def test_a_service_that_has_just_begun_hardly_ends_in_a_moment() -> None:
    """Half of the expected time is early, the whole is a little more likely than not."""
    assert chance_free(1200, 300) < 0.02
    assert 0.5 < chance_free(1200, 1200) < 0.7
    assert chance_free(60, 600) > 0.99
    assert chance_free(60, 0) == 0


@given(st.floats(1, 1e5), st.floats(1, 1e5), st.floats(1.01, 10))
def test_more_time_never_makes_it_less_sure(left: float, within: float, more: float) -> None:
    assert 0 <= chance_free(left, within) <= chance_free(left, more * within) <= 1
    assert chance_free(more * left, within) <= chance_free(left, within)


@pytest.mark.parametrize("place", [0, 1])
def test_the_first_two_places_are_exact(place: int) -> None:
    """Against the binomial distribution."""
    n, p = 7, 0.3
    exact = sum(comb(n, k) * p**k * (1 - p) ** (n - k) for k in range(place + 1))
    assert shortfall([p] * n, place) == pytest.approx(exact)


def test_places_further_back_are_about_right() -> None:
    n, p = 24, 0.7
    exact = sum(comb(n, k) * p**k * (1 - p) ** (n - k) for k in range(11))
    assert shortfall([p] * n, 10) == pytest.approx(exact, rel=0.5)


@given(chances)
def test_the_second_place_is_never_surer_than_the_first(free: list[float]) -> None:
    assert -1e-9 <= shortfall(free, 0) <= shortfall(free, 1) + 1e-9
    assert shortfall([*free, 0.5], 1) <= shortfall(free, 1) + 1e-9


@given(chances, st.floats(0, 5))
def test_another_counter_makes_it_less_risky_for_who_may_come(
    free: list[float], coming: float
) -> None:
    assert risk_for(0, free) == pytest.approx(0)
    assert risk_for(coming, [*free, 0.5]) <= risk_for(coming, free) + 1e-9


def test_nobody_at_work_is_a_sure_risk_for_those_who_come() -> None:
    assert risk_for(50, []) == pytest.approx(1)


def test_a_counter_ends_several_services_in_a_long_time() -> None:
    ends = ends_by(1000, [100.0], 1.0, 400.0)
    assert ends == [chance_free(left, 1000) for left in (100, 500, 900, 1300, 1700)]
    assert sum(ends_by(1000, [100.0], 0.5, 400.0)) == pytest.approx(sum(ends) / 2)
