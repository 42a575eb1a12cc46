"""What the endpoints share, from the hub's start to its end."""

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

import sqlalchemy as sa

from hallterm.hub import registry
from hallterm.hub.board import HeadBoard
from hallterm.hub.core import Opening
from hallterm.hub.cursors import Cursors, write_cursors
from hallterm.hub.intake import clock_ms
from hallterm.hub.metrics import Metrics
from hallterm.hub.pieces import Pieces
from hallterm.hub.post_figures import PostFigures
from hallterm.hub.problems import ProblemError, busy
from hallterm.hub.readers import Readers
from hallterm.hub.registry import Device
from hallterm.hub.snapshots import Snapshots
from hallterm.hub.tokens import TokenMint
from hallterm.hub.tries import Tries
from hallterm.hub.writer import FullError, Round, Writer
from hallterm.store.faults import StoreFaultError

T = TypeVar("T")

NOTE_SECONDS = 5.0
"""Between two notes of how far the terminals are."""

_log = logging.getLogger("hallterm.hub")


class Services:
    """The hub, apart from HTTP.

    certificate: the authority's, PEM; empty where the hub speaks without TLS.
    snapshots: folder for what new terminals fetch.
    post: what waits of the forms' letters and faxes.
    """

    def __init__(
        self,
        opening: Opening,
        certificate: str,
        snapshots: Path,
        now_ms: Callable[[], int] = clock_ms,
        post: Callable[[], PostFigures] = PostFigures,
    ) -> None:
        self.certificate, self.now_ms, self.post = certificate, now_ms, post
        self.snapshots = Snapshots(snapshots, opening.snapshot, now_ms)
        self.board = HeadBoard()
        self.readers = Readers(opening.reading)
        self.pieces = Pieces(self.readers, self.board)
        self.writer = Writer(opening.writing, self._told, self._known, self._measured, self._erased)
        self.metrics = Metrics(lambda: self.writer.waiting, now_ms, post)
        self.tries = Tries()
        self.cursors = Cursors()
        self.epoch = 0
        self.hall = ""
        """Id of the one hall that the home orders; empty before it is set up."""
        self._devices: dict[str, Device] = {}
        self._mint: TokenMint | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._noting: asyncio.Task[None] | None = None
        self._noted: dict[str, int] = {}
        """Device → generation whose first use has been noted."""

    async def start(self) -> None:
        """Open the store and begin to write.

        Raises:
            StoreFaultError: the store can't be opened.
        """
        self._loop = asyncio.get_running_loop()
        self.snapshots.forget_all()
        self.epoch = await asyncio.to_thread(self.writer.start)
        self.hall = await self.write(registry.own_hall)
        self._mint = TokenMint(await self.write(registry.token_secret))
        self._noting = asyncio.create_task(self._note())

    async def _note(self) -> None:
        while True:
            await asyncio.sleep(NOTE_SECONDS)
            try:
                await self.note_cursors()
            except (ProblemError, StoreFaultError):
                _log.warning("how far terminals are could not be noted; the next time it is")

    async def note_cursors(self) -> None:
        """Write down how far terminals have come, if any has."""
        fresh = self.cursors.fresh()
        if fresh:
            await self.write(lambda connection: write_cursors(connection, fresh))
            self.cursors.written(fresh)

    async def stop(self) -> None:
        """Let everybody go, write what waits, close the store."""
        self.board.close()
        if self._noting:
            self._noting.cancel()
        with suppress(ProblemError, StoreFaultError):
            await self.note_cursors()
        await asyncio.to_thread(self.writer.stop)
        await asyncio.to_thread(self.readers.stop)

    @property
    def mint(self) -> TokenMint:
        """Makes and reads tokens."""
        assert self._mint is not None  # noqa: S101 - requests come after the start
        return self._mint

    def _later(self, step: Callable[[], object]) -> None:
        """Let the event loop do something; called on the writer's thread."""
        loop = self._loop
        if loop is not None and not loop.is_closed():
            loop.call_soon_threadsafe(step)

    def _told(self, heads: dict[str, int]) -> None:
        self._later(lambda: self.board.tell(heads))

    def _erased(self) -> None:
        self._later(self.snapshots.forget_all)

    def _measured(self, one: Round) -> None:
        self.metrics.measured(one)

    async def write(self, work: Callable[[sa.Connection], T]) -> T:
        """Do something in a write transaction of its own.

        Raises:
            ProblemError: too much waits already.
            StoreFaultError: nothing was written.
        """
        return await self.settled(lambda: self.writer.do(work))

    async def settled(self, queue: "Callable[[], Future[T]]") -> T:
        """Queue something at the writer and wait for it.

        Raises:
            ProblemError: too much waits already.
        """
        try:
            waiting = queue()
        except FullError:
            raise busy() from None
        return await asyncio.wrap_future(waiting)

    def device(self, device_id: str) -> Device | None:
        """Return a device as it is, at most a second after another process changed it."""
        return self._devices.get(device_id)

    def _known(self, found: dict[str, Device]) -> None:
        self._later(lambda: setattr(self, "_devices", found))

    def shown(self, device: Device, generation: int) -> None:
        """Note that tokens of a generation were shown: those before are used up from now on."""
        if device.used or generation != device.generation:
            return
        if self._noted.get(device.id) == generation:
            return
        try:
            self.writer.do(lambda c: registry.note_used(c, device.id, generation))
        except FullError:
            return  # the next request notes it
        self._noted[device.id] = generation


def refuse_too_many(tries: Tries, who: str, now_ms: int) -> None:
    """End a request of somebody who has guessed too often.

    Raises:
        ProblemError: 429.
    """
    seconds = tries.wait_seconds(who, now_ms)
    if seconds:
        raise ProblemError(429, "too_many_tries", after_s=seconds)
