"""Seeds that `make check` lives through, those that once failed, and a soak of many more."""

import logging
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.simulation.tally import Tally, needed, session_folder
from tests.simulation.world import Outcome, Plan, live

CHUNK = 10
SEEDS = 300
SOAK = 20_000
RESTORED, RESTORED_SOAK = 8, 400
"""Days on which the hub loses its disk and an earlier state takes its place."""
LONGER = 70
"""Actions of the days that once failed."""
KEPT = Path(__file__).with_name("kept_seeds.txt")


def unlike(outcomes: Iterable[Outcome]) -> list[str]:
    """Return what did not hold."""
    return [f"seed {one.seed}: {found}" for one in outcomes for found in one.unlike[:3]]


def failures(seeds: range | list[int], actions: int = 50, *, restored: bool = False) -> list[str]:
    """Live through seeds; return what did not hold."""
    plans = (Plan(seed, actions=actions, restored=restored) for seed in seeds)
    return unlike(live(plan) for plan in plans)


def kept() -> list[int]:
    """Return the seeds that once failed."""
    lines = KEPT.read_text("utf-8").splitlines()
    return [int(line.split()[0]) for line in lines if line and not line.startswith("#")]


@pytest.fixture(scope="session")
def tally(tmp_path_factory: pytest.TempPathFactory) -> Tally:
    return Tally(session_folder(tmp_path_factory), SEEDS // CHUNK)


@pytest.mark.parametrize("first", range(0, SEEDS, CHUNK))
def test_what_must_hold_holds_when_the_faults_stop(first: int, tally: Tally) -> None:
    outcomes = [live(Plan(seed)) for seed in range(first, first + CHUNK)]
    assert unlike(outcomes) == []
    tally.add(first, outcomes)
    assert tally.never() == set(), "over all seeds the home has accepted none of these"


def test_what_is_never_accepted_is_seen_once_every_part_is_told(tmp_path: Path) -> None:
    tally, some = Tally(tmp_path / "told", 2), sorted(needed())
    tally.add(0, [Outcome(0, accepted=Counter(some[:-1]))])
    assert tally.never() == set()
    tally.add(1, [Outcome(1, accepted=Counter(some[:1]))])
    assert tally.never() == {some[-1]}
    tally.add(1, [Outcome(1, accepted=Counter(some[-1:]))])
    assert tally.never() == set()


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
