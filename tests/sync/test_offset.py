"""The home's time, learnt from exchanges."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hallterm.sync.offset import Exchange, OffsetEstimate
from hallterm.sync.pace import Backoff, Pace
from tests.simulation.virtual_time import run_virtually
from tests.sync.fakes import FakeClock, FakeFollower, Pair

HOME = 1_772_413_200_000


def test_the_quickest_exchange_is_believed() -> None:
    estimate = OffsetEstimate()
    estimate.learn(Exchange(0, 2000, HOME + 1900))
    estimate.learn(Exchange(3000, 3010, HOME + 3005))
    estimate.learn(Exchange(4000, 6000, HOME + 4100))
    assert estimate.home_ms(10_000) == HOME + 10_000


def test_nothing_is_known_before_the_first_exchange() -> None:
    assert OffsetEstimate().home_ms(5) is None
    assert OffsetEstimate().skew_ms(5, 5) is None


@given(st.lists(st.tuples(st.integers(0, 3000), st.integers(0, 3000)), min_size=1, max_size=40))
def test_it_is_never_wrong_by_more_than_half_the_quickest_way(
    ways: list[tuple[int, int]],
) -> None:
    estimate, now = OffsetEstimate(), 0
    quickest = 10**9
    for there, back in ways[-16:]:
        estimate.learn(Exchange(now, now + there + back, HOME + now + there))
        quickest = min(quickest, there + back)
        now += there + back + 1000
    known = estimate.home_ms(now)
    assert known is not None
    drift = 16 * 7000 * 1e-4
    assert abs(known - (HOME + now)) <= quickest / 2 + drift + 1


def test_a_home_whose_clock_was_set_is_followed() -> None:
    estimate = OffsetEstimate()
    estimate.learn(Exchange(0, 10, HOME))
    estimate.learn(Exchange(1000, 1010, HOME + 3_600_000))
    assert estimate.home_ms(1005) == HOME + 3_600_000


@pytest.mark.parametrize("wrong_ms", [0, 5_000, -86_400_000, 365 * 86_400_000])
def test_the_loop_finds_out_how_wrong_the_machine_is(wrong_ms: int) -> None:
    pair = Pair(FakeFollower(given=1), clock=FakeClock(wrong_ms))
    run_virtually(pair.run_for(5.0))
    assert pair.syncer.standing.skew_ms == wrong_ms


def test_a_pause_is_drawn_below_a_bound_that_doubles_up_to_the_longest() -> None:
    backoff = Backoff(Pace(shortest=0.5, longest=30.0), random.Random(1))  # noqa: S311 - no secret
    bounds = [0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 30.0, 30.0]
    pauses = [backoff.failed() for _ in bounds]
    assert all(0 <= pause <= bound for pause, bound in zip(pauses, bounds, strict=True))
    assert max(pauses) > 10
    backoff.succeeded()
    assert backoff.failed(5.0) <= 5.5
