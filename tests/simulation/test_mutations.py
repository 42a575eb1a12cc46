"""The simulation can fail: each classic bug of sync is caught within a few seeds."""

import logging
from collections.abc import Iterator

import pytest

from tests.simulation.mutations import MUTATIONS, RESTORED
from tests.simulation.world import Plan, live

BOUND = 60
"""Seeds within which each bug must show."""
LIKELY = {
    "cursor_by_timestamp": 3,
    "pull_outside_a_transaction": 1,
    "pending_not_decided_again": 17,
    "signatures_not_looked_at": 1,
    "erased_bytes_stay": 7,
}
"""Seeds that showed a bug before; tried first, as most days are lived for nothing otherwise."""


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    """Keep what the planted bugs break out of the log."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


@pytest.mark.parametrize("name", MUTATIONS)
def test_every_planted_bug_is_caught(name: str) -> None:
    for seed in (LIKELY.get(name, 0), *range(BOUND)):
        with MUTATIONS[name]():
            outcome = live(Plan(seed, actions=70, restored=name in RESTORED))
        if outcome.unlike:
            return
    pytest.fail(f"{name} was not caught by {BOUND} seeds")
