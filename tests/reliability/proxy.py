"""A TCP proxy that delays, swallows, half-closes, and drops answers after the deed."""

import asyncio
import contextlib
from enum import StrEnum


class Cut(StrEnum):
    """What the proxy does to connections."""

    NONE = "none"
    DELAY = "delay"
    """Every piece takes 400 ms longer."""
    BLACK_HOLE = "black hole"
    """Nothing comes through, nothing is closed."""
    HALF_CLOSE = "half close"
    """Requests come through; the hub's side is closed to the terminal after the first piece."""
    ANSWER_LOST = "answer lost"
    """Requests come through whole, answers never."""
    TORN = "torn"
    """Half of an answer's piece comes through, then both sides are cut off."""
    REFUSED = "refused"
    """Connections are closed at once."""


DELAY_S = 0.4
PIECE = 65_536


class Proxy:
    """Stands between terminals and a hub; `cut` may change at any time."""

    def __init__(self, port: int) -> None:
        self._port = port
        self.cut = Cut.NONE
        self.port = 0
        self._server: asyncio.Server | None = None
        self._open: set[asyncio.StreamWriter] = set()

    async def start(self) -> None:
        """Begin to listen on a free port."""
        self._server = await asyncio.start_server(self._connected, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]

    def set(self, cut: Cut) -> None:
        """Change what is done; connections that are open are cut off where it is sudden."""
        self.cut = cut
        if cut in (Cut.REFUSED, Cut.NONE):
            for writer in list(self._open):
                writer.transport.abort()

    async def stop(self) -> None:
        """Close everything."""
        self.set(Cut.REFUSED)
        if self._server is not None:
            self._server.close()

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self.cut is Cut.REFUSED:
            writer.transport.abort()
            return
        try:
            upward, there = await asyncio.open_connection("127.0.0.1", self._port)
        except OSError:
            writer.transport.abort()
            return
        self._open |= {writer, there}
        try:
            both = [
                asyncio.ensure_future(way)
                for way in (self._up(reader, there), self._down(upward, writer))
            ]
            # A side that dies hangs up; only a cut leaves the other one waiting.
            await asyncio.wait(both, return_when=asyncio.FIRST_COMPLETED)
            if self.cut in (Cut.BLACK_HOLE, Cut.ANSWER_LOST, Cut.HALF_CLOSE):
                await asyncio.wait(both)
            for way in both:
                way.cancel()
        finally:
            for one in (writer, there):
                self._open.discard(one)
                one.transport.abort()

    async def _up(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError, asyncio.IncompleteReadError):
            while piece := await reader.read(PIECE):
                if self.cut is Cut.BLACK_HOLE:
                    continue
                await self._pass(piece, writer)

    async def _down(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError, asyncio.IncompleteReadError):
            while piece := await reader.read(PIECE):
                if self.cut in (Cut.BLACK_HOLE, Cut.ANSWER_LOST):
                    continue
                if self.cut is Cut.TORN:
                    await self._pass(piece[: len(piece) // 2], writer)
                    return
                await self._pass(piece, writer)
                if self.cut is Cut.HALF_CLOSE:
                    writer.write_eof() if writer.can_write_eof() else writer.close()
                    return

    async def _pass(self, piece: bytes, writer: asyncio.StreamWriter) -> None:
        if self.cut is Cut.DELAY:
            await asyncio.sleep(DELAY_S)
        writer.write(piece)
        await writer.drain()
