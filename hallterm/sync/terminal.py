"""The sync of one terminal as a process runs it: waits for its turn, syncs, tells."""

import asyncio
import logging
import random
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

import sqlalchemy as sa

from hallterm.desk.desk import Desk
from hallterm.desk.sync_ports import Absorbed, Follower
from hallterm.store.account import HubAccount, read_account, write_account
from hallterm.store.connection import reading, writing
from hallterm.sync.adjusted import AdjustedClock
from hallterm.sync.loop import Syncer
from hallterm.sync.one_only import StandingFile, SyncLock
from hallterm.sync.pace import Pace
from hallterm.sync.ports import ShutOutError
from hallterm.sync.standing import SyncStanding
from hallterm.sync.store_work import OnThread

T = TypeVar("T")

_log = logging.getLogger("hallterm.sync")

TURN_S = 1.0
"""Between two tries of a process to be the one that syncs."""


@dataclass(frozen=True, slots=True)
class Doors:
    """How sync opens this terminal's store; both are called on the thread that keeps the desk."""

    desk: Callable[[], Desk]
    follower: Callable[[Desk], Follower]


class TerminalSync:
    """Syncs one store, on a thread and an event loop of its own, from `start` to `close`.

    store: path of the store file; lock and standing lie beside it.
    """

    def __init__(
        self, store: Path, doors: Doors, clock: AdjustedClock, pace: Pace | None = None
    ) -> None:
        self._doors, self._clock, self._pace = doors, clock, pace or Pace()
        self._store = store
        self._lock, self._file = SyncLock(store), StandingFile(store)
        self._standing = SyncStanding()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._task: asyncio.Task[None] | None = None
        self._syncer: Syncer | None = None
        self._thread: threading.Thread | None = None

    # What a screen asks and says; on any thread

    def standing(self) -> SyncStanding:
        """Return how it goes, whichever process of this terminal syncs."""
        if self._lock.held:
            return self._standing
        told = self._file.read()
        if told is None:
            return SyncStanding()
        self._clock.adjust(told.boot, told.base_ms)
        return told

    def wanted(self) -> None:
        """Say that a command was given."""
        loop, syncer = self._loop, self._syncer
        if loop is not None and syncer is not None and not loop.is_closed():
            loop.call_soon_threadsafe(syncer.wanted)

    def start(self) -> None:
        """Begin on a thread of its own."""
        self._thread = threading.Thread(target=self._run, name="sync", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """End, and wait until the store is let go."""
        loop, task = self._loop, self._task
        if loop is not None and task is not None and not loop.is_closed():
            loop.call_soon_threadsafe(task.cancel)
        if self._thread is not None:
            self._thread.join()

    def _run(self) -> None:
        try:
            asyncio.run(self.run())
        except asyncio.CancelledError:
            return
        except Exception:  # noqa: BLE001 - nobody else hears how this thread ends
            _log.exception("sync ended")

    # The turn

    async def run(self) -> None:
        """Wait for this process's turn and sync until cancelled."""
        self._loop, self._task = asyncio.get_running_loop(), asyncio.current_task()
        while not self._lock.acquire():  # noqa: ASYNC110 - no one tells when a file is let go
            await asyncio.sleep(TURN_S)
        try:
            await self._sync()
        finally:
            self._lock.release()

    async def _sync(self) -> None:
        desks: list[Desk] = []

        def opened() -> Follower:
            desks.append(self._doors.desk())
            return self._doors.follower(desks[0])

        store = OnThread(opened)
        try:
            account = await store(lambda _: _account(desks[0].connection))
            if account is not None:
                await self._sync_with(account, store, desks[0].connection)
        finally:
            store.close(lambda _: desks[0].close())

    async def _sync_with(
        self, account: HubAccount, store: OnThread, connection: sa.Connection
    ) -> None:
        from hallterm.sync.beginning import begin_if_blank  # noqa: PLC0415 - httpx takes 0.1 s
        from hallterm.sync.half_fetched import HalfFetched  # noqa: PLC0415 - httpx takes 0.1 s
        from hallterm.sync.http import HubTransport  # noqa: PLC0415 - httpx takes 0.1 s

        async def keep(new: HubAccount) -> None:
            await store(lambda _: _keep(connection, new))

        async def on_store(work: Callable[[sa.Connection], T]) -> T:
            return await store(lambda _: work(connection))

        def offline() -> None:
            self._told(replace(self._standing, online=False))

        transport = HubTransport(account, keep)
        half = HalfFetched(self._store.parent, account.private_key)
        try:
            await begin_if_blank(transport, half, on_store, offline)
        except ShutOutError:
            _log.info("no snapshot: this terminal is not let in")
        self._syncer = syncer = Syncer(
            store,
            transport,
            self._clock.local,
            chance=random.Random(),  # noqa: S311 - spreads pauses, no secret
            pace=self._pace,
            absorbed=self._absorbed,
            told=self._told,
        )
        try:
            await syncer.run()
        finally:
            self._syncer = None
            self._told(replace(self._standing, online=False))
            await transport.close()

    def _told(self, standing: SyncStanding) -> None:
        self._standing = standing
        self._clock.adjust(standing.boot, standing.base_ms)
        self._file.write(standing)

    def _absorbed(self, absorbed: Absorbed) -> None:
        for lost in absorbed.lost:
            _log.info("%s was decided otherwise: %s", lost.type, lost.refusal.code)


def _account(connection: sa.Connection) -> HubAccount | None:
    with reading(connection):
        return read_account(connection)


def _keep(connection: sa.Connection, account: HubAccount) -> None:
    with writing(connection):
        write_account(connection, account)
