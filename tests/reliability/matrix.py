"""Everything that is to be run: kinds of fault × durations × loads, in jobs of one site each."""

import random
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import product
from pathlib import Path

from tests.reliability.full import FullDisk
from tests.reliability.proxy import Cut
from tests.reliability.runs import Result, cut, deaths, fill
from tests.reliability.site import Site

SIDES = ("terminal", "hub")
CUTS = tuple(kind for kind in Cut if kind is not Cut.NONE)
FAULTS = (
    *(kind.value for kind in CUTS),
    *(f"disk full, {side}" for side in SIDES),
    *(f"kill -9, {side}" for side in SIDES),
)
CUT_S = (0.3, 1.0, 3.0, 8.0)
"""For how long a line is cut."""
FULL_S = (2.0, 5.0)
"""For how long a disk is full."""
PAUSES = (0.03, 0.3)
"""Between two things that each terminal does: dozens a second, and three a second."""
DEATHS_A_SITE = 40
DEATH_PAUSE, OTHERS_PAUSE = 0.02, 0.2
"""Of a terminal that is killed again and again, and of those beside it."""

Told = Callable[[Result], None]


@dataclass(frozen=True, slots=True)
class Job:
    """What is run at one site, one after the other."""

    kind: str
    """``cuts``, ``full`` or ``deaths``."""
    side: str
    """Whose disk or process it is; empty for cuts."""
    pause: float
    count: int
    """Deaths; otherwise rounds."""
    seed: int


@dataclass(frozen=True, slots=True)
class Extent:
    """How much is run."""

    rounds: int = 5
    """For each cut, duration and load."""
    full_rounds: int = 3
    kills: int = 1000
    """A side."""


def jobs(extent: Extent) -> list[Job]:
    """Return all jobs, in an order in which some of every kind come soon."""
    seeds = iter(range(10_000))
    some: list[Job] = []
    for _, pause in product(range(extent.rounds), PAUSES):
        some.append(Job("cuts", "", pause, 1, next(seeds)))
    for _, side, pause in product(range(extent.full_rounds), SIDES, PAUSES):
        some.append(Job("full", side, pause, 1, next(seeds)))
    for begun, side in product(range(0, extent.kills, DEATHS_A_SITE), SIDES):
        deaths_here = min(extent.kills - begun, DEATHS_A_SITE)
        some.append(Job("deaths", side, OTHERS_PAUSE, deaths_here, next(seeds)))
    random.Random(extent.kills).shuffle(some)  # noqa: S311 - no secret
    return some


async def run(job: Job, template: Path, folder: Path, told: Told) -> None:
    """Run one job at a site of its own; results are told as they come."""
    chance = random.Random(job.seed)  # noqa: S311 - no secret
    victim_name = {"hub": "hub", "terminal": "t1", "": ""}[job.side]
    with ExitStack() as ending:
        ending.callback(shutil.rmtree, folder, ignore_errors=True)
        disk = FullDisk(folder / victim_name) if job.kind == "full" else None
        if disk is not None:
            ending.callback(disk.close)
        site = Site(template, folder, terminals=3 if job.kind == "cuts" else 2)
        try:
            await site.open(job.pause)
            victim = next((one for one in site.machines if one.folder.name == victim_name), None)
            if victim is None:
                for kind, seconds in _shuffled(product(CUTS, CUT_S), chance):
                    told(await cut(site, kind, seconds, job.pause))
            elif disk is not None:
                for _, seconds in product(range(job.count), FULL_S):
                    told(await fill(site, victim, disk, seconds, job.pause))
            else:
                async for result in deaths(site, victim, job.count, DEATH_PAUSE, chance):
                    told(result)
        finally:
            await site.close()


def _shuffled(pairs: Iterator[tuple[Cut, float]], chance: random.Random) -> list[tuple[Cut, float]]:
    """Return them in any order: what follows on what is a part of the trial."""
    some = list(pairs)
    chance.shuffle(some)
    return some
