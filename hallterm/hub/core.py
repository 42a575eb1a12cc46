"""What the hub stands on: a home that orders streams, connections to its store, a clock."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import sqlalchemy as sa

from hallterm.desk.sync_ports import Home
from hallterm.store.snapshot import Snapshot
from hallterm.wire import Facts, Problem


class Reader(Protocol):
    """Reads streams; belongs to one thread."""

    def facts(self, stream: str, after: int, most: int) -> Facts | Problem:
        """Return the facts behind a place, contiguous, at most so many."""

    def heads(self) -> dict[str, int]:
        """Return stream → last place given out."""


@dataclass(frozen=True, slots=True)
class Writing:
    """What the one writer thread owns."""

    home: Home
    connection: sa.Connection
    """The home's own; free between two calls of the home."""
    close: Callable[[], None]
    scrub: Callable[[], bool] = lambda: False
    """Takes erased persons' bytes out of the files; says whether there were any."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What one reader thread owns."""

    reader: Reader
    connection: sa.Connection
    close: Callable[[], None]


@dataclass(frozen=True, slots=True)
class Opening:
    """How the hub opens its store; each is called on the thread that then owns what it returns."""

    writing: Callable[[], Writing]
    reading: Callable[[], Reading]
    snapshot: Callable[[Sequence[str], Path], Snapshot]
    """Writes a snapshot of these streams to a file; on any thread."""
