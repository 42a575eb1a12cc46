"""How an import stays out of the way: short batches, rests, and a short write-ahead log."""

import gc
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import sqlalchemy as sa

from hallterm.store.connection import faults_told

TARGET = 0.012
"""Seconds that one batch aims to hold the write lock."""
BREATHER = 0.3
"""Rest after a batch, as a share of the time it took, so that others get in."""
LEAST, MOST = 4, 300
"""Rows in a batch."""
CHECKPOINT_PAGES = 500
"""Pages of write-ahead log after which an import moves them to the file itself; others do so after
1000, so that hardly ever a clerk pays for it."""
_USUAL_PAGES = 1000
"""What SQLite begins with."""
MOST_BATCHES = 16
"""Batches after which it does so at the latest."""


@dataclass
class Pace:
    """Finds how much fits into the target time, and rests after each batch."""

    size: int = 200
    """Rows in the next batch."""
    budget: float = TARGET / 2
    """Seconds of writing in the next batch; its commit comes on top."""
    longest: float = 0.0
    """Longest time the lock was held, seconds."""

    def took(self, seconds: float, moving: float = 0.0) -> None:
        """Learn from a batch that held the lock so long, then rest a little.

        moving: seconds that went into moving it to the file.
        """
        self.longest = max(self.longest, seconds)
        factor = min(1.25, max(0.5, TARGET / max(seconds, 1e-4)))
        self.size = max(LEAST, min(MOST, int(self.size * factor)))
        self.budget = max(TARGET / 20, min(TARGET, self.budget * factor))
        time.sleep((seconds + moving) * BREATHER)


@dataclass
class LogMover:
    """Moves what lies in the write-ahead log to the file itself, which needs no lock.

    SQLite would do it within a commit, and the pace would take it for locked time.
    """

    connection: sa.Connection
    _batches: int = 0
    """Batches since the last time."""
    _wait: int = 1
    """Batches until the next time: found from what the last ones wrote."""
    _pages: int = 0
    """Pages that lay in the log the last time; it is begun anew when nobody reads it."""

    def __post_init__(self) -> None:
        self.connection.exec_driver_sql("PRAGMA wal_autocheckpoint = 0")
        self.connection.rollback()

    def close(self) -> None:
        """Leave it to SQLite again."""
        self.connection.exec_driver_sql(f"PRAGMA wal_autocheckpoint = {_USUAL_PAGES}")
        self.connection.rollback()

    def after_batch(self) -> None:
        """Move the log if it has grown long; call it outside a transaction.

        Raises:
            StoreFaultError: the disk is full or fails.
        """
        self._batches += 1
        if self._batches < self._wait:
            return
        with faults_told():
            move = "PRAGMA wal_checkpoint(PASSIVE)"
            pages = int(self.connection.exec_driver_sql(move).one()[1])
        self.connection.rollback()
        written = pages - self._pages if pages > self._pages else pages
        fits = self._batches * CHECKPOINT_PAGES // max(written, 1)
        self._batches, self._wait = 0, max(1, min(MOST_BATCHES, fits))
        self._pages = pages


@contextmanager
def tidying_later() -> Iterator[None]:
    """Keep the garbage collector, which may take 100 ms, from running while the lock is held."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
