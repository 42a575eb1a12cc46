"""What a store of a site holds, looked at from outside: alive, or as a dead process left it."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

from hallterm.store.connection import close_connection, open_connection, reading
from hallterm.store.digests import digests
from hallterm.store.doctor import examine
from hallterm.store.keys import read_key
from hallterm.store.log import heads

_PLACES = (
    "SELECT device_seq FROM event WHERE device = ? AND device_seq IS NOT NULL"
    " UNION SELECT device_seq FROM outbox"
)
_TICKETS = "SELECT aggregate_id FROM event WHERE type = 'ticket_issued'"
_TWICE = (
    "SELECT (SELECT count(*) FROM (SELECT 1 FROM event WHERE device_seq IS NOT NULL"
    " GROUP BY device, device_seq HAVING count(DISTINCT command_id) > 1))"
    " + (SELECT count(*) FROM (SELECT 1 FROM event WHERE device_seq IS NOT NULL"
    " GROUP BY command_id HAVING count(DISTINCT device_seq) > 1))"
    " + (SELECT count(*) - count(DISTINCT json_extract(payload, '$.number'))"
    " FROM event WHERE type = 'ticket_issued')"
)
"""Places decided twice, commands carried out twice, numbers given twice."""


@contextmanager
def opened(store: Path, key_file: Path) -> Iterator[sa.Connection]:
    """Open a store, look at one moment of it, close it."""
    connection = open_connection(store, read_key(key_file))
    try:
        with reading(connection):
            yield connection
    finally:
        close_connection(connection)


def held(connection: sa.Connection, device: str) -> set[int]:
    """Return the places of a device's chain that a store has, as facts or to be sent."""
    return set(connection.exec_driver_sql(_PLACES, (device,)).scalars())


def missing(connection: sa.Connection, device: str, place: int) -> int:
    """Return how many of a device's commands up to a place a store does not have."""
    return len(set(range(1, place + 1)) - held(connection, device))


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a terminal stands."""

    unsent: int
    acknowledged: int
    heads: dict[str, int]


def standing(store: Path, key_file: Path) -> Standing:
    """Return where a terminal stands."""
    with opened(store, key_file) as connection:
        unsent = connection.exec_driver_sql("SELECT count(*) FROM outbox").scalar()
        known = connection.exec_driver_sql("SELECT acknowledged FROM sync_link").scalar()
        return Standing(int(unsent or 0), int(known or 0), heads(connection))


@dataclass(frozen=True, slots=True)
class Story:
    """What a store says when all is quiet."""

    heads: dict[str, int]
    tables: dict[str, str]
    """Digests of its tables."""
    tickets: set[str]
    twice: int


def story(store: Path, key_file: Path) -> Story:
    """Return what a store says."""
    with opened(store, key_file) as connection:
        return Story(
            heads(connection),
            digests(connection),
            set(connection.exec_driver_sql(_TICKETS).scalars()),
            int(connection.exec_driver_sql(_TWICE).scalar() or 0),
        )


def findings(store: Path, key_file: Path) -> int:
    """Return how much the doctor finds: file, log, read tables against the log."""
    connection = open_connection(store, read_key(key_file))
    try:
        return sum(examine(connection).counts.values())
    finally:
        close_connection(connection)


@contextmanager
def remains(store: Path, folder: Path) -> Iterator[Path]:
    """Give a copy of what a dead process has left, so that whoever comes next finds it untouched.

    folder: where the copy is made; it is gone afterwards.
    """
    place = folder / "remains"
    place.mkdir()
    try:
        for ending in ("", "-wal"):
            file = store.with_name(store.name + ending)
            if file.exists():
                shutil.copy(file, place / file.name)
        yield place / store.name
    finally:
        shutil.rmtree(place)
