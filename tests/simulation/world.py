"""One simulated stretch of a hall's life: faults and people for a while, then calm, then proof."""

import asyncio
import random
import traceback
from collections import Counter
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Any
from unittest import mock

from hallterm.store import ids
from tests.simulation.actions import Action, everything
from tests.simulation.hub import SimHub
from tests.simulation.invariants import check, check_home
from tests.simulation.network import Link
from tests.simulation.restored import History, check_restored
from tests.simulation.stores import empty_store, hub_store
from tests.simulation.terminal import SimTerminal
from tests.simulation.unlike import Unlike
from tests.simulation.virtual_time import run_virtually
from tests.simulation.weather import Weather
from tests.support.hall import quick_pins

TRIES = 6
"""Things that somebody tries until one can be done."""
QUIET = 0.1
"""Chance, for each action, that the hall was quiet for a while before it."""
DAY_MS = 86_400_000
JOIN_S = 3600.0
"""Virtual seconds within which every terminal must know its hall, faults or not."""
RESTORED_CALM_S = 120.0
CALM_S = 900.0
"""Virtual seconds of calm within which every terminal and the hub must be in step."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How long and how wild a run is."""

    seed: int
    actions: int = 50
    """Actions of all terminals together."""
    faults: bool = True
    restored: bool = False
    """Whether the hub's disk is lost on the way, and an earlier state of it takes its place."""


@dataclass(slots=True)
class Outcome:
    """How a run went."""

    seed: int
    unlike: list[Unlike] = field(default_factory=list)
    """What did not hold."""
    trace: list[str] = field(default_factory=list)
    done: dict[str, int] = field(default_factory=dict)
    """Action → how often it succeeded."""
    accepted: Counter[str] = field(default_factory=Counter)
    """Command → how often the home wrote down what a person at a terminal wanted."""
    facts: int = 0
    event_types: set[str] = field(default_factory=set)
    lost: int = 0
    deaths: int = 0


class World:
    """A hub, its terminals, and what happens to them."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        chance = random.Random(plan.seed)  # noqa: S311 - no secret
        self.weather = Weather(chance, calm=not plan.faults)
        self.hub = SimHub(hub_store(), self.weather)
        self.terminals: list[SimTerminal] = []
        self._actions = everything()
        self._before: History | None = None
        """The hub's log when its disk was lost."""
        for lane in range(1, 1 + chance.randint(3, 6)):
            self._enrol(lane)

    def _enrol(self, lane: int) -> None:
        link = Link(f"t{lane}", self.hub, self.weather)
        self.hub.enrol(link.device, lane)
        store = empty_store(link.device, lane, self.hub.epoch)
        self.terminals.append(SimTerminal(lane, store, link, self.weather))

    async def live(self) -> Outcome:
        """Go through it all."""
        outcome = Outcome(self.plan.seed)
        try:
            await self._join()
            nature = asyncio.ensure_future(self._nature())
            for place in range(self.plan.actions):
                await self._restore(place)
                await asyncio.sleep(self.weather.chance.expovariate(1 / 4.0))
                if self.weather.chance.random() < QUIET:
                    self.weather.let_pass(self.weather.chance.randint(15, 45))
                terminal = self.weather.chance.choice(self.terminals)
                any(terminal.act(self._any_action()) for _ in range(TRIES))
            nature.cancel()
            await self._calm()
            if self._before is None:
                outcome.unlike = check(self.hub, self.terminals)
            else:
                outcome.unlike = list(check_home(self.hub))
                outcome.unlike += check_restored(self.hub, self.terminals, self._before)
        except Exception as error:  # noqa: BLE001 - told as what did not hold, with its seed
            told = "".join(traceback.format_exception(error)[-3:])
            outcome.unlike = [Unlike("exception", type(error).__name__, f"{error}\n{told}")]
        finally:
            for terminal in self.terminals:
                terminal.stop()
        self._tell(outcome)
        return outcome

    async def _restore(self, place: int) -> None:
        """Back the hub up at a third of the way, and lose its disk at two thirds.

        A terminal joins it after that, which takes its new history on.
        """
        if not self.plan.restored:
            return
        if place == self.plan.actions // 3:
            self.hub.back_up()
        if place == 2 * self.plan.actions // 3:
            self._before = self.hub.restore()
            self._enrol(len(self.terminals) + 1)
            await self._join()

    def _any_action(self) -> Action:
        weights = [action.weight for action in self._actions]
        return self.weather.chance.choices(self._actions, weights)[0]

    async def _join(self) -> None:
        """Wait until every terminal has a hall to work in."""
        while not all(t.alive and t.desk.replica.stream for t in self.terminals):
            if asyncio.get_running_loop().time() > JOIN_S:
                raise TimeoutError("a terminal never got to know its hall")
            await asyncio.sleep(1.0)
            for terminal in self.terminals:
                if not terminal.desk.replica.stream:
                    # Whoever has no hall yet can't be cut off from it for the whole day.
                    terminal.link.down = terminal.link.black_hole = False
                if terminal.alive:
                    with terminal.disk.no_crash():
                        terminal.look(terminal.desk)

    async def _nature(self) -> None:
        """Cut lines, kill processes, set clocks."""
        chance = self.weather.chance
        while self.plan.faults:
            await asyncio.sleep(chance.expovariate(1 / 15.0))
            terminal = chance.choice(self.terminals)
            match chance.choice(("cut", "hole", "kill", "kill_hub", "clock", "dooms")):
                case "cut":
                    terminal.link.down = not terminal.link.down
                case "hole":
                    terminal.link.black_hole = not terminal.link.black_hole
                case "kill":
                    terminal.die()
                case "kill_hub":
                    self.hub.kill()
                case "dooms":
                    terminal.doom()
                case _:
                    terminal.clock.jump(chance.choice((-365, 365, -1, 1)) * DAY_MS)

    async def _calm(self) -> None:
        """Stop the faults, and wait for everybody to be in step."""
        self.weather.calm = True
        self.weather.note("calm")
        for terminal in self.terminals:
            terminal.link.down = terminal.link.black_hole = False
            terminal.disk.doomed = None
        # What a restore has parted stays so until a person does something.
        calm_s = CALM_S if self._before is None else RESTORED_CALM_S
        end = asyncio.get_running_loop().time() + calm_s
        while asyncio.get_running_loop().time() < end:
            await asyncio.sleep(5.0)
            if self.hub.up and all(self._in_step(terminal) for terminal in self.terminals):
                return

    def _in_step(self, terminal: SimTerminal) -> bool:
        if not terminal.alive:
            return False
        view = terminal.follower.view()
        return view.unsent == 0 and view.cursors == self.hub.home.heads()

    def _tell(self, outcome: Outcome) -> None:
        outcome.trace = self.weather.trace
        for terminal in self.terminals:
            for name, times in terminal.done.items():
                outcome.done[name] = outcome.done.get(name, 0) + times
            outcome.lost += len(terminal.lost)
            outcome.deaths += terminal.deaths
        outcome.deaths += self.hub.deaths
        outcome.facts, outcome.event_types = self.hub.told()
        accepted = self.hub.accepted()
        for terminal in self.terminals:
            outcome.accepted.update(c.type for c in terminal.confirmed if c.command_id in accepted)


def live(plan: Plan) -> Outcome:
    """Run one plan; the same plan gives the same outcome."""
    chance = random.Random(plan.seed ^ 0x5EED)  # noqa: S311 - no secret

    async def run() -> Outcome:
        return await World(plan).live()

    with ExitStack() as stack:
        stack.enter_context(quick_pins())
        stack.enter_context(mock.patch.object(ids, "secrets", _Bits(chance)))
        return run_virtually(run())


class _Bits:
    """Stands where ids get their random bits."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance

    def randbits(self, bits: int) -> int:
        """Return so many random bits."""
        return self._chance.getrandbits(bits)

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - nothing else is used
        raise AttributeError(name)
