"""Runs: terminals at work, a fault or a death, quiet, and then what must hold."""

import asyncio
import random
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from hallterm.store.log import heads
from tests.reliability.full import FullDisk
from tests.reliability.looking import findings, held, missing, opened, remains, standing, story
from tests.reliability.machine import Machine
from tests.reliability.proxy import Cut
from tests.reliability.site import Site

BEFORE_S, AFTER_S = 0.5, 0.5
"""Of ordinary work around a fault."""
BETWEEN = 20
"""Deaths between two times of quiet at which everything is compared."""
AT_WORK = 0.7
"""Share of deaths that come once the process is ready; the rest may come on the way there."""
EXAMINED = 5
"""Every so many deaths the doctor examines what is left, too."""


@dataclass(frozen=True, slots=True)
class Result:
    """How one run went."""

    fault: str
    seconds: float
    pause: float
    faults: int
    """Cuts, deaths, or refused writes."""
    actions: int
    """Confirmed to a person."""
    lost: int
    """Confirmed, and missing in the store of a dead terminal or finally in the hub's log."""
    unacknowledged: int
    """What a terminal had heard from the hub that the hub, when it died, did not have on disk."""
    twice: int
    """Carried out twice, or a number given twice."""
    unequal: int
    """Terminals whose tables differ from the hub's when all is in step."""
    unsound: int
    """What the doctor found."""
    in_step_s: float | None
    """Seconds from the end of the work until all were in step; None: never."""

    @property
    def held(self) -> bool:
        """Whether everything held that must."""
        wrong = (self.lost, self.unacknowledged, self.twice, self.unequal, self.unsound)
        return not any(wrong) and self.in_step_s is not None and bool(self.actions and self.faults)


@dataclass(slots=True)
class _Counts:
    """What was found on the way."""

    faults: int = 0
    lost: int = 0
    unacknowledged: int = 0
    unsound: int = 0


async def cut(site: Site, kind: Cut, seconds: float, pause: float) -> Result:
    """Cut the line for so long while people work."""
    before = _actions(site)
    await asyncio.sleep(BEFORE_S)
    site.proxy.set(kind)
    await asyncio.sleep(seconds)
    site.proxy.set(Cut.NONE)
    await asyncio.sleep(AFTER_S)
    result = await _judged(site, kind.value, (seconds, pause), before, _Counts(faults=1))
    await site.go()
    return result


async def fill(site: Site, victim: Machine, disk: FullDisk, seconds: float, pause: float) -> Result:
    """Let a machine's disk be full for so long while people work."""
    before, told = _actions(site), sum(victim.faults.values())
    head = _head(site)
    await asyncio.sleep(BEFORE_S)
    # A write-ahead log that has been longer has room of its own.
    with opened(victim.store, victim.key_file) as connection:
        connection.rollback()
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").all()
    disk.fill()
    await asyncio.sleep(seconds)
    disk.empty()
    refused = sum(victim.faults.values()) - told
    if victim is site.hub:
        # What the hub could not write waits at the terminals.
        refused = sum(standing(one.store, one.key_file).unsent for one in site.terminals)
    await asyncio.sleep(AFTER_S)
    kind = f"disk full, {victim.kind}"
    result = await _judged(site, kind, (seconds, pause), before, _Counts(faults=refused))
    assert _head(site) > head
    await site.go()
    return result


async def deaths(
    site: Site, victim: Machine, count: int, pause: float, chance: random.Random
) -> AsyncIterator[Result]:
    """Kill a machine's process again and again, at any moment from its birth on."""
    while count > 0:
        before, some = _actions(site), _Counts()
        longest, ready = chance.choice((0.3, 1.0)), ""
        for _ in range(min(count, BETWEEN)):
            if ready and chance.random() < AT_WORK:
                await victim.heard(ready)
                ready = ""
            await asyncio.sleep(chance.uniform(0.0, longest))
            await victim.kill()
            some.faults += 1
            await _look_at_remains(site, victim, some)
            ready = await site.begin(victim, pause)
        count -= some.faults
        await victim.heard(ready)
        await asyncio.sleep(AFTER_S)
        kind = f"kill -9, {victim.kind}"
        yield await _judged(site, kind, (longest, pause), before, some)
        await site.go()


def _actions(site: Site) -> int:
    return sum(one.actions for one in site.terminals)


def _head(site: Site) -> int:
    with opened(site.hub.store, site.hub.key_file) as connection:
        return sum(heads(connection).values())


async def _look_at_remains(site: Site, victim: Machine, some: _Counts) -> None:
    """See in what a death has left that nothing is missing."""
    terminals = site.terminals if victim is site.hub else ()
    heard = [(one, standing(one.store, one.key_file)) for one in terminals]
    with remains(victim.store, site.folder) as store:
        with opened(store, victim.key_file) as left:
            for line in left.exec_driver_sql("PRAGMA quick_check").scalars():
                some.unsound += line != "ok"
            if victim is site.hub:
                places = heads(left)
                for one, told in heard:
                    known = held(left, one.folder.name)
                    some.unacknowledged += len(set(range(1, told.acknowledged + 1)) - known)
                    some.unacknowledged += sum(
                        seq > places.get(stream, 0) for stream, seq in told.heads.items()
                    )
            else:
                some.lost += missing(left, victim.folder.name, victim.place)
        if some.faults % EXAMINED == 0:
            some.unsound += await asyncio.to_thread(findings, store, victim.key_file)


async def _judged(
    site: Site, fault: str, how: tuple[float, float], before: int, some: _Counts
) -> Result:
    """Let everybody stop, wait until all are in step, and compare everything."""
    await site.stop()
    in_step, unequal = await site.in_step()
    home = story(site.hub.store, site.hub.key_file)
    with opened(site.hub.store, site.hub.key_file) as connection:
        for one in site.terminals:
            some.lost += missing(connection, one.folder.name, one.place)
    some.lost += len(set[str]().union(*(t.tickets for t in site.terminals)) - home.tickets)
    for one in site.machines:
        some.unsound += await asyncio.to_thread(findings, one.store, one.key_file)
    return Result(
        fault=fault,
        seconds=how[0],
        pause=how[1],
        faults=some.faults,
        actions=_actions(site) - before,
        lost=some.lost,
        unacknowledged=some.unacknowledged,
        twice=home.twice,
        unequal=unequal,
        unsound=some.unsound,
        in_step_s=in_step,
    )


def folder_of(root: Path, names: Sequence[str]) -> Path:
    """Return a folder of its own for one site."""
    return root / "-".join(name.replace(" ", "-").replace(",", "") for name in names)
