"""Whatever the hall can do is done in the simulation; see `tests/simulation/actions`."""

from hallterm.domain.command_types import command_types
from hallterm.domain.event_types import event_types
from tests.simulation.actions import everything
from tests.simulation.world import Plan, live

NOT_BY_HAND = {
    "FoundHall": "a hub is founded before it has terminals",
}
CALM, MOST, ACTIONS = 4, 16, 120
"""Days, and actions of each, within which every aggregate must have been seen.

The first are calm, for those get far; reports contradict each other on the stormy ones after them.
"""


def test_every_command_has_an_action() -> None:
    given = {kind.__name__ for action in everything() for kind in action.gives}
    needed = {name for name, kind in command_types().items() if not kind.__subclasses__()}
    assert needed - given - NOT_BY_HAND.keys() == set()


def test_every_aggregate_is_seen() -> None:
    unseen = {event.aggregate for event in event_types().values()}
    for place in range(MOST):
        seed = 900_001 + place
        outcome = live(Plan(seed, actions=ACTIONS, faults=place >= CALM))
        assert outcome.unlike == [], f"seed {seed}"
        unseen -= {event_types()[name].aggregate for name in outcome.event_types}
        if not unseen:
            return
    assert unseen == set()
