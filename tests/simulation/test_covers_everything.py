"""Whatever the hall can do is done in the simulation; see `tests/simulation/actions`."""

from hallterm.domain.command_types import command_types
from hallterm.domain.event_types import event_types
from tests.simulation.actions import everything
from tests.simulation.world import Plan, live

NOT_BY_HAND = {
    "FoundHall": "a hub is founded before it has terminals",
}
MOST, ACTIONS = 12, 120
"""Calm days, and actions of each, within which every aggregate must have been seen."""


def test_every_command_has_an_action() -> None:
    given = {kind.__name__ for action in everything() for kind in action.gives}
    needed = {name for name, kind in command_types().items() if not kind.__subclasses__()}
    assert needed - given - NOT_BY_HAND.keys() == set()


def test_every_aggregate_is_seen() -> None:
    unseen = {event.aggregate for event in event_types().values()}
    for seed in range(900_001, 900_001 + MOST):
        outcome = live(Plan(seed, actions=ACTIONS, faults=False))
        assert outcome.unlike == [], f"seed {seed}"
        unseen -= {event_types()[name].aggregate for name in outcome.event_types}
        if not unseen:
            return
    assert unseen == set()
