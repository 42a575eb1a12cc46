"""Runs desk work off the event loop: one thread for what changes, one for look-ups."""

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import ParamSpec, TypeVar

from hallterm.words import _
from hallterm.words.faults import explain_fault

P = ParamSpec("P")
T = TypeVar("T")

_log = logging.getLogger("hallterm.screens")


class DeskFaultError(Exception):
    """Desk work failed through a fault; the message is a sentence for the person at the screen."""


def _sentence(error: Exception) -> str:
    """Put a fault into words; its details are in the log."""
    from hallterm.store.faults import StoreFaultError  # noqa: PLC0415 - loads SQLAlchemy

    if isinstance(error, StoreFaultError):
        return explain_fault(error.code, error.detail)
    return _("没有做成，什么也没改动。详情已写入日志，请再试或告诉管理员。")


class DeskRunner:
    """Two worker threads. Each runs one piece of work at a time, in the order it was asked for."""

    def __init__(self) -> None:
        self._changes = ThreadPoolExecutor(1, thread_name_prefix="desk")
        self._lookups = ThreadPoolExecutor(1, thread_name_prefix="look-up")

    async def run(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Do work that changes something.

        Raises:
            DeskFaultError: The work failed; the message tells the person.
        """
        return await self._do(self._changes, lambda: work(*args, **kwargs))

    async def look(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Do work that only reads; it never waits behind a change.

        Raises:
            DeskFaultError: The work failed; the message tells the person.
        """
        return await self._do(self._lookups, lambda: work(*args, **kwargs))

    async def _do(self, pool: ThreadPoolExecutor, work: Callable[[], T]) -> T:
        try:
            return await asyncio.get_running_loop().run_in_executor(pool, work)
        except Exception as error:
            _log.exception("desk work failed")
            raise DeskFaultError(_sentence(error)) from error

    def close(self) -> None:
        """Finish what has begun, drop what hasn't."""
        self._changes.shutdown(wait=True, cancel_futures=True)
        self._lookups.shutdown(wait=True, cancel_futures=True)
