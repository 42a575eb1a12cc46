"""The simulated hall against queueing theory, each mean within its confidence interval."""

import math
import random
import statistics
from collections.abc import Sequence

import pytest

from hallterm.dispatch.queue import Waiting
from hallterm.dispatch.registry import POLICIES
from hallterm.dispatch.view import PolicyName, Rates, Rules
from hallterm.domain.tiers import Tier
from hallterm.lab.simulation import Counter, Hall, Served
from hallterm.lab.synthetic import BUDGETS, MINUTE, Customer
from hallterm.lab.theory import (
    accumulating_waits,
    conserved,
    erlang_c,
    fifo_wait,
    priority_waits,
)

MIX = (0.1, 0.3, 0.6)
COUNTERS, USED = 4, 0.9
STUDENT_99 = 3.0
"""Half-width of a 99 % interval in standard errors, for twelve runs and more."""

SIZES = [
    pytest.param((12, 2_500), id="quick"),
    pytest.param((30, 60_000), id="long", marks=pytest.mark.soak),
]


def exponential_day(seed: int, customers: int, counters: int, used: float) -> list[Customer]:
    """Return a stationary stream; the mean service is one minute."""
    rng = random.Random(seed)  # noqa: S311 - a model, nothing secret
    moment, day = 0.0, []
    for place in range(customers):
        moment += rng.expovariate(counters * used / MINUTE)
        tier = rng.choices(tuple(Tier), MIX)[0]
        seen = Waiting(
            f"t{place:07d}", str(place), tier, None, moment, BUDGETS[tier], MINUTE, arrived=moment
        )
        day.append(Customer(seen, rng.expovariate(1 / MINUTE)))
    return day


def settled(seed: int, policy: PolicyName, size: int, counters: int, used: float) -> list[Served]:
    """Serve a stream and leave out its first fifth, while the hall fills."""
    day = exponential_day(seed, size, counters, used)
    rules = Rules(policy=policy)
    served = Hall([Counter()] * counters, POLICIES[policy], rules).run(day)
    start = day[size // 5].waiting.arrived
    return [s for s in served if s.customer.waiting.arrived >= start]


def mean_wait(served: Sequence[Served], tier: Tier | None = None) -> float:
    """Return the mean wait in mean services."""
    waits = [s.wait / MINUTE for s in served if tier in (None, s.customer.waiting.tier)]
    return statistics.fmean(waits)


def assert_within(runs: Sequence[float], expected: float) -> None:
    """Check that the expected value lies in the 99 % interval of the runs' mean."""
    error = statistics.stdev(runs) / math.sqrt(len(runs))
    assert abs(statistics.fmean(runs) - expected) <= STUDENT_99 * error
    assert error < 0.25 * expected, "too few runs to say anything"


def test_formulas_give_the_published_values() -> None:
    assert erlang_c(5, 4) == pytest.approx(0.554113, abs=1e-6)
    assert erlang_c(20, 18) == pytest.approx(0.550769, abs=1e-6)
    strict = priority_waits(COUNTERS, USED, MIX)
    assert strict == pytest.approx([0.21642, 0.33815, 3.07716], abs=1e-5)
    assert fifo_wait(COUNTERS, USED) == pytest.approx(1.96938, abs=1e-5)
    gathered = accumulating_waits(COUNTERS, USED, MIX, (3, 2, 1))
    assert gathered == pytest.approx([0.96723, 1.34932, 2.44644], abs=1e-5)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(("counters", "used", "waits"), [(5, 0.8, 0.554113), (20, 0.9, 0.550769)])
def test_share_that_waits_is_erlangs(
    size: tuple[int, int], counters: int, used: float, waits: float
) -> None:
    runs = []
    for seed in range(size[0]):
        served = settled(seed, "fifo", size[1], counters, used)
        runs.append(sum(s.wait > 0 for s in served) / len(served))
    assert_within(runs, waits)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(
    ("policy", "expected"),
    [
        ("strict", (0.21642, 0.33815, 3.07716)),
        ("apq", (0.96723, 1.34932, 2.44644)),
        ("ratio", (0.96723, 1.34932, 2.44644)),
        ("fifo", (1.96938, 1.96938, 1.96938)),
    ],
)
def test_waits_of_each_tier(
    size: tuple[int, int], policy: PolicyName, expected: tuple[float, float, float]
) -> None:
    runs = [settled(seed, policy, size[1], COUNTERS, USED) for seed in range(size[0])]
    for tier, wait in zip(Tier, expected, strict=True):
        assert_within([mean_wait(served, tier) for served in runs], wait)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("policy", list(POLICIES))
def test_no_order_changes_what_is_conserved(size: tuple[int, int], policy: PolicyName) -> None:
    runs = []
    for seed in range(size[0]):
        served = settled(seed, policy, size[1], COUNTERS, USED)
        runs.append(conserved([mean_wait(served, tier) for tier in Tier], MIX))
    assert_within(runs, fifo_wait(COUNTERS, USED))


def test_the_conservation_law_holds_between_the_formulas() -> None:
    strict = conserved(priority_waits(COUNTERS, USED, MIX), MIX)
    gathered = conserved(accumulating_waits(COUNTERS, USED, MIX, (3, 2, 1)), MIX)
    assert strict == pytest.approx(fifo_wait(COUNTERS, USED))
    assert gathered == pytest.approx(strict)


def test_set_rates_order_like_their_proportion() -> None:
    day = exponential_day(1, 2_000, COUNTERS, USED)
    started = []
    for rates in (None, Rates(vip=6, gotone=4, standard=2)):
        rules = Rules(policy="apq", rates=rates)
        served = Hall([Counter()] * COUNTERS, POLICIES["apq"], rules).run(day)
        started.append([s.customer.waiting.ticket_id for s in served])
    assert started[0] == started[1]
