"""The simulation can fail: each classic bug of sync is caught within a few seeds."""

import logging
from collections.abc import Iterator

import pytest

from tests.simulation.mutations import MUTATIONS, RESTORED
from tests.simulation.world import Plan, live

BOUND = 60
"""Seeds within which each bug must show."""


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    """Keep what the planted bugs break out of the log."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


@pytest.mark.parametrize("name", MUTATIONS)
def test_every_planted_bug_is_caught(name: str) -> None:
    for seed in range(BOUND):
        with MUTATIONS[name]():
            outcome = live(Plan(seed, actions=70, restored=name in RESTORED))
        if outcome.unlike:
            return
    pytest.fail(f"{name} was not caught by {BOUND} seeds")
