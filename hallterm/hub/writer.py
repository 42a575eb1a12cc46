"""The one writer: all pushes that wait go into one durable transaction.

A commit costs a disk flush whatever is in it. With a thread for each request, requests queue for
the store's lock; here they queue in memory, and the next flush takes all of them along.
"""

import logging
import queue
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass, field
from functools import partial
from typing import Any, TypeVar

import sqlalchemy as sa

from hallterm.hub.core import Writing
from hallterm.hub.registry import Device, devices
from hallterm.store.connection import reading, writing
from hallterm.store.faults import StoreFaultError
from hallterm.wire import Problem, Push, Pushed

T = TypeVar("T")

MOST_WAITING = 512
"""Pushes and errands that may wait; more are turned away."""
MOST_TOGETHER = 4000
"""Commands of one transaction; what bounds how long the first has to wait for the last."""
LOOK_SECONDS = 1.0
"""Between two looks at what other processes have written."""

_log = logging.getLogger("hallterm.hub")


class FullError(Exception):
    """Too many wait already."""


@dataclass
class _Pushing:
    device: str
    push: Push
    done: "Future[Pushed | Problem]" = field(default_factory=Future)
    began: float = field(default_factory=time.perf_counter)


@dataclass
class _Errand:
    work: Callable[[sa.Connection], Any]
    done: "Future[Any]" = field(default_factory=Future)


@dataclass(frozen=True, slots=True)
class Round:
    """What one transaction of pushes was; for the metrics."""

    pushes: int
    commands: int
    seconds: float


class Writer:
    """A thread that owns the home and does everything that writes.

    told: called on that thread with the heads whenever they may have moved.
    known: called on that thread with all devices whenever one may have changed.
    measured: called on that thread after each transaction of pushes.
    erased: called on that thread after somebody was erased.
    """

    def __init__(
        self,
        opening: Callable[[], Writing],
        told: Callable[[dict[str, int]], None],
        known: Callable[[dict[str, Device]], None],
        measured: Callable[[Round], None],
        erased: Callable[[], None],
    ) -> None:
        self._opening, self._told, self._measured = opening, told, measured
        self._known, self._erased = known, erased
        self._errands = 0
        self._seen = (-1, -1)
        """Errands done, and the store's data version, when the devices were read."""
        self._waiting: queue.Queue[_Pushing | _Errand | None] = queue.Queue(MOST_WAITING)
        self._ready: Future[int] = Future()
        self._thread = threading.Thread(target=self._run, name="hub-writer", daemon=True)
        self.failing = False
        """Whether the last transaction failed."""

    @property
    def waiting(self) -> int:
        """How many pushes and errands wait."""
        return self._waiting.qsize()

    def start(self) -> int:
        """Open the home; return its epoch.

        Raises:
            StoreFaultError: the store can't be opened.
        """
        self._thread.start()
        return self._ready.result()

    def stop(self) -> None:
        """Do what waits, then close the home."""
        self._waiting.put(None)
        self._thread.join()

    def push(self, device: str, push: Push) -> "Future[Pushed | Problem]":
        """Queue a push.

        Raises:
            FullError: too many wait.
        """
        pushing = _Pushing(device, push)
        self._put(pushing)
        return pushing.done

    def do(self, work: Callable[[sa.Connection], T]) -> "Future[T]":
        """Queue something to do in a write transaction of its own.

        Raises:
            FullError: too many wait.
        """
        errand = _Errand(work)
        self._put(errand)
        return errand.done

    def _put(self, one: _Pushing | _Errand) -> None:
        try:
            self._waiting.put_nowait(one)
        except queue.Full:
            raise FullError from None

    def _run(self) -> None:
        try:
            owned = self._opening()
            self._told(owned.home.heads())
            self._read_devices(owned)
            self._ready.set_result(owned.home.epoch)
        except BaseException as error:  # noqa: BLE001 - whoever starts the hub is told
            self._ready.set_exception(error)
            return
        try:
            while self._turn(owned):
                pass
        finally:
            owned.close()

    def _turn(self, owned: Writing) -> bool:
        """Do what waits; say whether to go on."""
        try:
            waiting = [self._waiting.get(timeout=LOOK_SECONDS)]
        except queue.Empty:
            self._look(owned)
            return True
        waiting += self._rest(_size(waiting[0]))
        going = [one for one in waiting if one and one.done.set_running_or_notify_cancel()]
        pushes = [one for one in going if isinstance(one, _Pushing)]
        if pushes:
            self._take_in(owned, pushes)
        done = [_done(owned, one) for one in going if isinstance(one, _Errand)]
        self._errands += len(done)
        self._look(owned)
        # Only now: whoever asked for it finds it everywhere from here on.
        for tell in done:
            tell()
        return None not in waiting

    def _rest(self, commands: int) -> "Iterator[_Pushing | _Errand | None]":
        """Take along what else waits, up to `MOST_TOGETHER` commands."""
        while commands < MOST_TOGETHER:
            try:
                following = self._waiting.get_nowait()
            except queue.Empty:
                return
            yield following
            if following is None:
                return
            commands += _size(following)

    def _take_in(self, owned: Writing, together: list[_Pushing]) -> None:
        began = time.perf_counter()
        try:
            answers = owned.home.receive([(one.device, one.push) for one in together])
        except StoreFaultError as error:
            self.failing = True
            for one in together:
                one.done.set_exception(error)
            return
        except Exception as error:  # noqa: BLE001 - one bad push must not end the thread
            if len(together) > 1:
                _log.exception("a transaction of pushes failed; each is taken alone")
                for one in together:
                    self._take_in(owned, [one])
                return
            _log.exception("a push failed")
            together[0].done.set_exception(error)
            return
        self.failing = False
        pushed = next((answer for answer in answers if isinstance(answer, Pushed)), None)
        if pushed:
            self._told(pushed.heads)  # before anything else: others wait for the news
        for one, answer in zip(together, answers, strict=True):
            one.done.set_result(answer)
        commands = sum(len(one.push.commands) for one in together)
        self._measured(Round(len(together), commands, time.perf_counter() - began))

    def _look(self, owned: Writing) -> None:
        """See what has been written, by other processes too, and clean up after an erasure."""
        try:
            self._told(owned.home.heads())
            self._read_devices(owned)
            if owned.scrub():
                self._erased()
        except StoreFaultError as error:
            self.failing = True
            _log.warning("the store could not be read: %s", error.code)

    def _read_devices(self, owned: Writing) -> None:
        """Read whom the hub lets in, if this or another process has changed anything."""
        with reading(owned.connection) as connection:
            version = int(connection.exec_driver_sql("PRAGMA data_version").scalar() or 0)
            if self._seen == (self._errands, version):
                return
            self._seen = (self._errands, version)
            found = {one.id: one for one in devices(connection)}
        self._known(found)


def _size(one: "_Pushing | _Errand | None") -> int:
    return len(one.push.commands) if isinstance(one, _Pushing) else 0


def _done(owned: Writing, errand: _Errand) -> Callable[[], None]:
    """Do an errand; return what tells its end to whoever waits for it."""
    try:
        with writing(owned.connection) as connection:
            result = errand.work(connection)
    except BaseException as error:  # noqa: BLE001 - whoever waits is told
        return partial(errand.done.set_exception, error)
    return partial(errand.done.set_result, result)
