"""What many ask for at the same moment is read once."""

import asyncio
from threading import Event
from typing import cast

from hallterm.hub.board import HeadBoard
from hallterm.hub.core import Reading
from hallterm.hub.pieces import Pieces
from hallterm.hub.readers import Readers
from hallterm.wire import Facts


class Reader:
    """Counts, and answers when it is told to."""

    def __init__(self) -> None:
        self.asked: list[int] = []
        self.go = Event()
        self.reader = self

    def facts(self, stream: str, after: int, most: int) -> Facts:  # noqa: ARG002 - as a home's
        self.asked.append(after)
        assert self.go.wait(10)
        return Facts(stream=stream, epoch=1, after=after, head=after, facts=[])

    def close(self) -> None:
        """Nothing to close."""


async def test_what_many_ask_for_is_read_once() -> None:
    reader, board = Reader(), HeadBoard()
    readers = Readers(lambda: cast("Reading", reader))
    pieces = Pieces(readers, board)
    board.tell({"s": 5})
    same = [asyncio.ensure_future(pieces.after("s", 3, 10)) for _ in range(4)]
    gone, other = same.pop(), asyncio.ensure_future(pieces.after("s", 4, 10))
    await asyncio.sleep(0)
    gone.cancel()
    board.tell({"s": 6})
    later = asyncio.ensure_future(pieces.after("s", 3, 10))
    await asyncio.sleep(0)
    reader.go.set()
    answers = await asyncio.gather(*same, other, later)
    readers.stop()
    assert [one.after for one in answers if isinstance(one, Facts)] == [3, 3, 3, 4, 3]
    assert sorted(reader.asked) == [3, 3, 4]
