"""How long a change takes from one terminal's store through the hub into another's."""

import asyncio
import multiprocessing
import random
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TypeAlias

from hallterm.clock import SystemClock
from hallterm.configuration import load
from hallterm.desk.desk import Desk, open_desk
from hallterm.desk.follower import TerminalFollower
from hallterm.desk.joining import follow
from hallterm.desk.leasing import machine
from hallterm.domain.ticket.commands import TakeTicket
from hallterm.domain.ticket.state import BusinessLine
from hallterm.domain.tiers import Tier
from hallterm.store.account import HubAccount
from hallterm.sync.adjusted import AdjustedClock, MachineClock
from hallterm.sync.http import HubTransport
from hallterm.sync.loop import Syncer
from hallterm.sync.store_work import OnThread
from tests.bench.figure import Figure, absolute, percentile
from tests.bench.halls import HALL, done
from tests.bench.hub_served import Served, push_for, served

Reporting: TypeAlias = "Connection[tuple[str, float], tuple[str, float]]"
"""Tells ticket and time."""

CHANGES, BUSY_CHANGES, BUSY = 100, 60, 20


class Following:
    """A terminal that follows the hub, and syncs on this event loop."""

    def __init__(self, hub: Served, place: int, folder: Path) -> None:
        enrolled = hub.terminals[place]
        clock, key = SystemClock(), f"{place:064x}"
        path = folder / f"follower{place}.db"

        def enter() -> Desk:
            return open_desk(path, key, clock, load(), enrolled.device)

        self.desk = enter()
        assert follow(self.desk, HALL, place + 1, 1) is None
        pem = hub.authority.read_text(encoding="ascii")
        account = HubAccount(hub.url, pem, enrolled.device, enrolled.private, enrolled.access)
        self._absorbed = asyncio.Event()
        self._transport = HubTransport(account, _keep)
        self._store = OnThread(lambda: TerminalFollower(enter()))
        self.syncer = Syncer(
            self._store,
            self._transport,
            AdjustedClock(MachineClock()).local,
            chance=random.Random(1),  # noqa: S311 - spreads pauses, no secret
            absorbed=lambda _: self._absorbed.set(),
        )
        self._task = asyncio.ensure_future(self.syncer.run())

    async def joined(self) -> None:
        """Wait until this terminal knows the hall."""
        while not self.desk.replica.stream:
            await self._news()

    async def _news(self) -> None:
        """Wait for the store to take something in, then read it as a screen does."""
        await self._absorbed.wait()
        self._absorbed.clear()
        self.desk.refresh()

    async def report(self, to: Reporting) -> None:
        """Tell each new ticket and when it was in this terminal's store, until cancelled."""
        known = set(self.desk.hall.tickets)
        to.send(("", 0.0))
        while True:
            await self._news()
            now = time.perf_counter()
            for ticket_id in self.desk.hall.tickets.keys() - known:
                known.add(ticket_id)
                to.send((ticket_id, now))

    async def close(self) -> None:
        """End."""
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)
        await self._transport.close()
        self._store.close(lambda _: None)
        self.desk.close()


async def _keep(_: HubAccount) -> None:
    """Keep no tokens: they outlast the measurement."""


def measure_propagate(folder: Path) -> list[Figure]:
    """Measure a change on its way through a quiet hub, and through a busy one."""
    with served(folder, BUSY + 2) as hub:
        quiet, busy = asyncio.run(_measure(hub, folder))
    return [
        absolute("propagate", percentile(quiet, 0.5), "ms", 15),
        absolute("propagate_busy", percentile(busy, 0.95), "ms", 200),
    ]


async def _measure(hub: Served, folder: Path) -> tuple[list[float], list[float]]:
    first = Following(hub, 0, folder)
    try:
        await first.joined()
        with _other_terminal(hub, folder) as second:
            await _changes(hub, first, second, 5)
            quiet = await _changes(hub, first, second, CHANGES)
            async with _busy(hub):
                busy = await _changes(hub, first, second, BUSY_CHANGES)
    finally:
        await first.close()
    return quiet, busy


@contextmanager
def _other_terminal(hub: Served, folder: Path) -> Iterator[Reporting]:
    """Run the terminal at the other end as a process of its own, as it is in a hall.

    The clock that both read is the machine's, so their times can be compared.
    """
    spawning = multiprocessing.get_context("spawn")
    here, there = spawning.Pipe()
    process = spawning.Process(target=_follow_and_report, args=(hub, folder, there))
    process.start()
    try:
        here.recv()
        yield here
    finally:
        process.terminate()
        process.join()


def _follow_and_report(hub: Served, folder: Path, to: Reporting) -> None:
    async def run() -> None:
        terminal = Following(hub, 1, folder)
        await terminal.joined()
        await terminal.report(to)

    asyncio.run(run())


async def _changes(hub: Served, first: Following, second: Reporting, count: int) -> list[float]:
    """Return how many ms each of so many changes took."""
    took = []
    for _ in range(count):
        desk = first.desk
        now, ticket_id = desk.clock.now(), desk.new_id()
        command = TakeTicket(
            ticket_id=ticket_id,
            tier=Tier.STANDARD,
            businesses=(BusinessLine(business_id=hub.business),),
            arrived_at=now,
            shown_at=now,
        )
        began = time.perf_counter()
        done(desk.act(machine(desk), command))
        first.syncer.wanted()
        came = await asyncio.to_thread(_came, second, ticket_id)
        took.append((came - began) * 1000)
        await asyncio.sleep(0.02)
    return took


def _came(second: Reporting, ticket_id: str) -> float:
    """Wait until the other terminal's store has a ticket; return when it had."""
    while True:
        told, at = second.recv()
        if told == ticket_id:
            return at


@asynccontextmanager
async def _busy(hub: Served) -> AsyncIterator[None]:
    """Let the other terminals push five commands a second each."""
    pushing = [asyncio.ensure_future(push_for(hub, one, 1.0)) for one in hub.terminals[2:]]
    try:
        yield
    finally:
        for task in pushing:
            task.cancel()
        await asyncio.gather(*pushing, return_exceptions=True)
