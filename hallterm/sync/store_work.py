"""Where the sync loop's work on the store is done."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from hallterm.desk.sync_ports import Follower

T = TypeVar("T")


class InPlace:
    """Does the work where it is asked for: nobody else waits for this event loop."""

    def __init__(self, follower: Follower) -> None:
        self._follower = follower

    async def __call__(self, work: Callable[[Follower], T]) -> T:
        """See `StoreWork`."""
        return work(self._follower)


class OnThread:
    """Does the work on one thread of its own, where the follower is also opened and closed."""

    def __init__(self, open_follower: Callable[[], Follower]) -> None:
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="sync-store")
        self._follower = self._pool.submit(open_follower)

    async def __call__(self, work: Callable[[Follower], T]) -> T:
        """See `StoreWork`."""

        def task() -> T:
            return work(self._follower.result())

        return await asyncio.get_running_loop().run_in_executor(self._pool, task)

    def close(self, last: Callable[[Follower], None]) -> None:
        """Finish what has begun, then let go of the follower."""
        if self._follower.done() and self._follower.exception() is None:
            self._pool.submit(last, self._follower.result())
        self._pool.shutdown(wait=True)
