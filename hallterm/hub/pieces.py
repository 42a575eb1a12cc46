"""Pieces of streams for whoever asks: what many ask for at the same moment is read once."""

import asyncio

from hallterm.hub.board import HeadBoard
from hallterm.hub.core import Reading
from hallterm.hub.readers import Readers
from hallterm.wire import Facts, Problem

Asked = tuple[str, int, int, int]
"""Stream, place, how many at most, and the head when it was asked for."""


class Pieces:
    """Reads facts off the event loop, to which it belongs. Nothing is kept once it is read."""

    def __init__(self, readers: Readers, board: HeadBoard) -> None:
        self._readers, self._board = readers, board
        self._open: dict[Asked, asyncio.Task[Facts | Problem]] = {}

    async def after(self, stream: str, after: int, most: int) -> Facts | Problem:
        """Return the facts behind a place, contiguous, at most so many."""
        asked = (stream, after, most, self._board.heads.get(stream, 0))
        task = self._open.get(asked)
        if task is None:
            task = self._open[asked] = asyncio.ensure_future(self._read(stream, after, most))
            task.add_done_callback(lambda _: self._open.pop(asked))
        # Whoever hangs up must not end it for the others.
        return await asyncio.shield(task)

    async def _read(self, stream: str, after: int, most: int) -> Facts | Problem:
        def read(own: Reading) -> Facts | Problem:
            return own.reader.facts(stream, after, most)

        return await self._readers.do(read)
