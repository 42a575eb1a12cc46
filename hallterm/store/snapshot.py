"""A store for a new terminal: the streams it follows and what they come to, nothing else.

It is made row by row from a list of tables, not by copying the file and taking things out: what is
not named here (the hub's secrets, its terminals, the post room, what is pending) can't be in it.
"""

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

from hallterm.store.connection import (
    OPENING,
    close_connection,
    faults_told,
    open_connection,
    writing,
)
from hallterm.store.faults import StoreFaultError
from hallterm.store.log import heads
from hallterm.store.migrations import MIGRATIONS
from hallterm.store.persons.tables import (
    NoteRow,
    PersonConflictRow,
    PersonDueRow,
    PersonKeyRow,
    PersonRow,
    PersonTombstoneRow,
    PersonVersionRow,
)
from hallterm.store.projection import READ_TABLES
from hallterm.store.tables import LoggedEvent, StaffRecord, StreamHead, table_of

_OF_STREAMS = (table_of(LoggedEvent), table_of(StreamHead))
_WHOLE = (
    *READ_TABLES,
    *map(
        table_of,
        (
            StaffRecord,
            PersonRow,
            PersonVersionRow,
            PersonKeyRow,
            PersonDueRow,
            PersonTombstoneRow,
            NoteRow,
            PersonConflictRow,
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A snapshot as a file."""

    path: Path
    key: str
    """Raw key of the file, of its own."""
    heads: dict[str, int]
    """Where each stream stands in it."""
    bytes: int
    sha256: str


def make_snapshot(source: Path, key: str, streams: Sequence[str], target: Path) -> Snapshot:
    """Write what a terminal that follows these streams begins with, at one moment of the store.

    Others may go on writing meanwhile. The target appears whole or not at all.

    Raises:
        StoreFaultError: store_full, store_unopenable …
    """
    own_key = secrets.token_hex(32)
    made = target.with_suffix(".part")
    _remove(made)
    try:
        last = _fill(source, key, streams, made, own_key)
        size, digest = _measured(made)
        made.replace(target)
    finally:
        _remove(made)
    return Snapshot(target, own_key, last, size, digest)


def _fill(
    source: Path, key: str, streams: Sequence[str], made: Path, own_key: str
) -> dict[str, int]:
    store = open_connection(source, key)
    marks = ", ".join("?" * len(streams))
    try:
        with faults_told():
            attach(store, made, own_key)
            # A file that nobody has yet: if this is cut off, it is thrown away.
            store.exec_driver_sql("PRAGMA made.journal_mode = OFF")
            store.exec_driver_sql("PRAGMA made.synchronous = OFF")
            store.exec_driver_sql("BEGIN")
            for table in (*_OF_STREAMS, *_WHOLE):
                store.exec_driver_sql(_schema_of(store, table))
            store.exec_driver_sql(f"PRAGMA made.user_version = {len(MIGRATIONS)}")
            for table in _OF_STREAMS:
                _copy(store, table, f" WHERE stream IN ({marks})", tuple(streams))
            for table in _WHOLE:
                _copy(store, table)
            last = {s: seq for s, seq in heads(store).items() if s in streams}
            store.commit()
    finally:
        close_connection(store)
    return last


def _copy(
    store: sa.Connection,
    table: sa.Table,
    where: str = "",
    values: tuple[str, ...] = (),
    *,
    source: str = "main",
    target: str = "made",
) -> None:
    names = ", ".join(column.name for column in table.columns)
    order = ", ".join(column.name for column in table.primary_key)
    store.exec_driver_sql(
        f"INSERT INTO {target}.{table.name} ({names})"  # noqa: S608 - names of tables of ours
        f" SELECT {names} FROM {source}.{table.name}{where} ORDER BY {order}",
        values,
    )


def attach(connection: sa.Connection, made: Path, key: str) -> None:
    """Open a snapshot beside a store, under the name ``made``.

    Its pages bear no check of their own, which would cost as much again as to encipher them: the
    digest of the whole file is compared before a byte of it is believed.
    """
    with OPENING:
        connection.exec_driver_sql("PRAGMA cipher_default_use_hmac = OFF")
        try:
            connection.exec_driver_sql(f"ATTACH DATABASE ? AS made KEY \"x'{key}'\"", (str(made),))
        finally:
            connection.exec_driver_sql("PRAGMA cipher_default_use_hmac = ON")
    connection.rollback()


def _schema_of(store: sa.Connection, table: sa.Table) -> str:
    """Return the statement that makes a table of the snapshot; it needs no index to be read."""
    asked = "SELECT sql FROM main.sqlite_master WHERE type = 'table' AND name = ?"
    made = str(store.exec_driver_sql(asked, (table.name,)).scalar())
    head, bracket, columns = made.partition("(")
    assert bracket and table.name in head  # noqa: S101, PT018 - as our own migrations wrote it
    return f"CREATE TABLE made.{table.name} ({columns}"


def _measured(path: Path) -> tuple[int, str]:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return path.stat().st_size, digest


def _remove(path: Path) -> None:
    for ending in ("", "-wal", "-shm", "-journal"):
        path.with_name(path.name + ending).unlink(missing_ok=True)


def take_snapshot(connection: sa.Connection, file: Path, key: str, sha256: str) -> None:
    """Fill an empty store with a fetched snapshot, in one transaction. The file is used up.

    Raises:
        StoreFaultError: store_damaged when it isn't what the hub made, store_newer when the hub
            is of another version; nothing has changed.
        ValueError: the store holds facts already; nothing has changed.
    """
    if _measured(file)[1] != sha256:
        raise StoreFaultError("store_damaged", file.name)
    with faults_told():
        attach(connection, file, key)
        try:
            _take(connection)
        finally:
            connection.exec_driver_sql("DETACH DATABASE made")
            connection.rollback()
    _remove(file)


def _take(connection: sa.Connection) -> None:
    version = connection.exec_driver_sql("PRAGMA made.user_version").scalar()
    connection.rollback()
    if version != len(MIGRATIONS):
        raise StoreFaultError("store_newer", f"{version} ≠ {len(MIGRATIONS)}")
    with writing(connection):
        if any(heads(connection).values()):
            raise ValueError("not empty")
        connection.exec_driver_sql("DELETE FROM main.stream_head")
        for table in (*_OF_STREAMS, *_WHOLE):
            _copy(connection, table, source="made", target="main")
