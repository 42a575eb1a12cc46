"""Two who came in the same millisecond: the lower number is called first, whatever their ids."""

import pytest

from hallterm.dispatch.choose import choose
from hallterm.dispatch.queue import Station, Waiting
from hallterm.dispatch.registry import POLICIES
from hallterm.dispatch.view import Rules
from hallterm.domain.tiers import Tier

NOW = 1_000_000.0


def waiting(number: str, ticket_id: str) -> Waiting:
    """Return somebody who came a minute ago."""
    return Waiting(ticket_id, number, Tier.STANDARD, None, NOW - 60, 1800.0, 300.0)


@pytest.mark.parametrize("policy", list(POLICIES))
def test_the_lower_number_is_called_first(policy: str) -> None:
    queue = [waiting("A002", "a"), waiting("A001", "b")]
    station = Station("c1", frozenset(Tier), serves_others=True, free_at=NOW)
    rules = Rules.model_validate({"policy": policy})
    choice = choose(NOW, queue, station, (station,), rules)
    assert choice is not None
    assert choice.ticket_id == "b"
