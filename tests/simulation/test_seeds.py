"""Seeds that `make check` lives through, those that once failed, and a soak of many more."""

import logging
from pathlib import Path

import pytest

from tests.simulation.world import Plan, live

CHUNK = 10
SEEDS = 300
SOAK = 20_000
RESTORED, RESTORED_SOAK = 8, 400
"""Days on which the hub loses its disk and an earlier state takes its place."""
LONGER = 70
"""Actions of the days that once failed."""
KEPT = Path(__file__).with_name("kept_seeds.txt")


def failures(seeds: range | list[int], actions: int = 50, *, restored: bool = False) -> list[str]:
    """Live through seeds; return what did not hold."""
    found = []
    for seed in seeds:
        outcome = live(Plan(seed, actions=actions, restored=restored))
        found += [f"seed {seed}: {one}" for one in outcome.unlike[:3]]
    return found


def kept() -> list[int]:
    """Return the seeds that once failed."""
    lines = KEPT.read_text("utf-8").splitlines()
    return [int(line.split()[0]) for line in lines if line and not line.startswith("#")]


@pytest.mark.parametrize("first", range(0, SEEDS, CHUNK))
def test_what_must_hold_holds_when_the_faults_stop(first: int) -> None:
    assert failures(range(first, first + CHUNK)) == []


def test_what_a_restored_hub_has_lost_is_kept_apart(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.CRITICAL)  # every terminal says again and again what is wrong
    assert failures(range(RESTORED), restored=True) == []


@pytest.mark.soak
@pytest.mark.parametrize("first", range(RESTORED, RESTORED + RESTORED_SOAK, 100))
def test_what_a_restored_hub_has_lost_is_kept_apart_for_long(first: int) -> None:
    assert failures(range(first, first + 100), restored=True) == []


def test_seeds_that_once_failed_hold() -> None:
    assert failures(kept(), LONGER) == []


@pytest.mark.soak
@pytest.mark.parametrize("first", range(SEEDS, SEEDS + SOAK, 100))
def test_what_must_hold_holds_for_long(first: int) -> None:
    assert failures(range(first, first + 100)) == []


def test_a_seed_gives_the_same_day_again() -> None:
    first, second = live(Plan(5)), live(Plan(5))
    assert first.trace == second.trace
    assert (first.facts, first.done, first.lost) == (second.facts, second.done, second.lost)
