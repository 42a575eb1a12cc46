"""The list of actions."""

from collections.abc import Callable
from dataclasses import dataclass

from hallterm.domain.stream import Command
from tests.simulation.actions.scene import Scene

Doing = Callable[[Scene], object]


@dataclass(frozen=True, slots=True)
class Action:
    """One thing that somebody may do at a terminal."""

    name: str
    do: Doing
    gives: tuple[type[Command], ...]
    weight: int


ACTIONS: list[Action] = []


def action(*gives: type[Command], weight: int = 2) -> Callable[[Doing], Doing]:
    """List a function as an action.

    gives: classes of the commands that it may give.
    """

    def listed(do: Doing) -> Doing:
        room = do.__module__.rpartition(".")[2]
        name = f"{room}.{do.__name__}"
        ACTIONS.append(Action(name, do, gives, weight))
        return do

    return listed
