"""Threads that read: each has a connection of its own, so that nobody waits for the writer."""

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import TypeVar

from hallterm.hub.core import Reading

T = TypeVar("T")

READERS = 4


class Readers:
    """A few threads, each with what it owns."""

    def __init__(self, opening: Callable[[], Reading], count: int = READERS) -> None:
        self._opening = opening
        self._own = threading.local()
        self._opened: list[Reading] = []
        self._lock = threading.Lock()
        self._pool = ThreadPoolExecutor(count, thread_name_prefix="hub-reader")

    async def do(self, work: Callable[[Reading], T]) -> T:
        """Read something, off the event loop."""
        return await asyncio.get_running_loop().run_in_executor(self._pool, self._do, work)

    def _do(self, work: Callable[[Reading], T]) -> T:
        reading: Reading | None = getattr(self._own, "reading", None)
        if reading is None:
            reading = self._own.reading = self._opening()
            with self._lock:
                self._opened.append(reading)
        return work(reading)

    def stop(self) -> None:
        """Let what runs end, then close every connection."""
        self._pool.shutdown()
        for reading in self._opened:
            with suppress(Exception):  # it only held a connection open
                reading.close()
