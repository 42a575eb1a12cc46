"""Whatever the hall can do is done in the simulation; see `tests/simulation/actions`."""

from collections import Counter

from hallterm.domain.command_types import command_types
from hallterm.domain.event_types import event_types
from tests.simulation.actions import everything
from tests.simulation.world import Outcome, Plan, live

NOT_BY_HAND = {
    "FoundHall": "a hub is founded before it has terminals",
}
CALM = (Plan(900_001, actions=250, faults=False), Plan(900_002, actions=250, faults=False))
WILD = tuple(range(12))


def test_every_command_has_an_action() -> None:
    given = {kind.__name__ for action in everything() for kind in action.gives}
    needed = {name for name, kind in command_types().items() if not kind.__subclasses__()}
    assert needed - given - NOT_BY_HAND.keys() == set()


def test_every_aggregate_is_seen() -> None:
    outcomes = [live(plan) for plan in CALM] + [live(Plan(seed)) for seed in WILD]
    seen = Counter(kind for outcome in outcomes for kind in outcome.event_types)
    aggregates = {event.aggregate for event in event_types().values()}
    types = {event.aggregate: set[str]() for event in event_types().values()}
    for name, event in event_types().items():
        types[event.aggregate].add(name)
    unseen = {one for one in aggregates if not types[one] & seen.keys()}
    assert unseen == set()
    assert _failures(outcomes) == []


def _failures(outcomes: list[Outcome]) -> list[str]:
    return [f"seed {one.seed}: {one.unlike[0]}" for one in outcomes if one.unlike]
