"""How long a change takes from one terminal's store through the hub into another's."""

import asyncio
import random
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

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

CHANGES, BUSY_CHANGES, BUSY = 100, 60, 20
STEP_S = 0.0005


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
        self._transport = HubTransport(account, _keep)
        self._store = OnThread(lambda: TerminalFollower(enter()))
        self.syncer = Syncer(
            self._store,
            self._transport,
            AdjustedClock(MachineClock()).local,
            chance=random.Random(1),  # noqa: S311 - spreads pauses, no secret
        )
        self._task = asyncio.ensure_future(self.syncer.run())

    async def joined(self) -> None:
        """Wait until this terminal knows the hall."""
        while not self.desk.replica.stream:
            await asyncio.sleep(STEP_S)
            self.desk.refresh()

    async def has(self, ticket_id: str) -> None:
        """Wait until this terminal's store has a ticket."""
        while True:
            self.desk.refresh()
            if ticket_id in self.desk.hall.tickets:
                return
            await asyncio.sleep(STEP_S)

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
    first, second = Following(hub, 0, folder), Following(hub, 1, folder)
    try:
        for one in (first, second):
            await one.joined()
        await _changes(hub, first, second, 5)
        quiet = await _changes(hub, first, second, CHANGES)
        async with _busy(hub):
            busy = await _changes(hub, first, second, BUSY_CHANGES)
    finally:
        await first.close()
        await second.close()
    return quiet, busy


async def _changes(hub: Served, first: Following, second: Following, count: int) -> list[float]:
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
        await second.has(ticket_id)
        took.append((time.perf_counter() - began) * 1000)
        await asyncio.sleep(0.02)
    return took


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
