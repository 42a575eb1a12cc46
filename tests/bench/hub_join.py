"""How long a new terminal takes to join a hub that has years of facts."""

import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from hallterm.clock import ManualClock
from hallterm.desk.home import HubHome
from hallterm.store.log import from_ms
from hallterm.wire import Push, Pushed
from tests.bench.figure import Figure, absolute
from tests.bench.halls import open_hall
from tests.bench.hub_figures import BEGIN_MS, day_of
from tests.bench.hub_served import environment, serving
from tests.bench.hub_terminals import DAY_MS, Chain

FACTS = 1_000_000


def measure_join(folder: Path, facts: int = FACTS) -> list[Figure]:
    """Measure from the command to join until the hall can be seen at the new terminal."""
    hub, terminal = folder / "hub", folder / "terminal"
    for one in (hub, terminal):
        one.mkdir()
    fill_with_days(hub, facts)
    with serving(hub) as (_, url):
        code = _ran(hub, "hub", "code", "--json")["code"]
        began = time.perf_counter()
        joined = _ran(terminal, "sync", "enrol", url, code, "--json")
        seen = _ran(terminal, "board", "--json")
        took = time.perf_counter() - began
    assert joined["begun_with"] >= facts, joined
    assert seen["counters"], seen
    return [absolute("join", took, "s", 60)]


def fill_with_days(folder: Path, facts: int) -> None:
    """Let a hall's store have that many facts: one day after the other, all at counter 1."""
    clock = ManualClock(from_ms(BEGIN_MS))
    desk = open_hall(folder, clock)
    home = HubHome(desk)
    chain = Chain("t1", "", BEGIN_MS)
    business = next(iter(desk.rules.businesses))
    day = 0
    while sum(home.heads().values()) < facts:
        batch = day_of(chain, business, BEGIN_MS + day * DAY_MS)
        clock.set(from_ms(chain.at_ms))
        (answer,) = home.receive([("t1", Push(epoch=1, commands=batch))])
        assert isinstance(answer, Pushed), answer
        day += 1
    desk.close()


def _ran(folder: Path, *arguments: str) -> Any:  # noqa: ANN401 - whatever JSON can say
    """Run a command at a machine and return what it says."""
    ended = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-m", "hallterm", *arguments],
        env=environment(folder),
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(ended.stdout)
