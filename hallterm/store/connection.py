"""Opening the encrypted file, and the one kind of write transaction there is."""

import os
import random
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Literal

import sqlalchemy as sa
from sqlcipher3 import dbapi2 as sqlcipher

from hallterm.store.faults import EventUnknownError, StoreFaultError, translate

PATIENCE = 5.0
"""Seconds to wait for another process's write before the fault store_busy."""

OPENING = threading.Lock()
"""Held while a file is opened: how it is enciphered is a setting of the whole process."""
LEAVE_NOTHING = "PRAGMA secure_delete = ON"
"""What is deleted or overwritten leaves no bytes behind: an erased person is in no page."""
_PATIENT = f"PRAGMA busy_timeout = {int(PATIENCE * 1000)}"

Durability = Literal["FULL", "NORMAL", "OFF"]
"""FULL survives a power cut and is for what people do; the others are for simulated days."""
_USUAL, _NOW = "hallterm_usual_durability", "hallterm_durability"
"""In `info` of a connection: how it was opened, and how it is at present."""


def open_connection(
    path: Path, key: str, *, durability: Durability = "FULL", read_only: bool = False
) -> sa.Connection:
    """Open the store file with its raw key (64 hex digits); a new file is created.

    Raises:
        StoreFaultError: key_wrong, store_read_only, store_unopenable, store_full.
    """

    def connect() -> Any:  # noqa: ANN401 - the driver's connection has no type stubs
        if not read_only:
            _owners_only(path)
        mode = "ro" if read_only else "rwc"
        raw = sqlcipher.connect(
            f"{path.absolute().as_uri()}?mode={mode}",
            uri=True,
            isolation_level=None,
            check_same_thread=False,
            timeout=PATIENCE,
        )
        raw.execute("PRAGMA cipher_log_level = NONE")
        raw.execute(f"PRAGMA key = \"x'{key}'\"")
        raw.execute("PRAGMA cipher_memory_security = OFF")
        raw.execute("PRAGMA journal_mode = WAL")
        raw.execute(f"PRAGMA synchronous = {durability}")
        raw.execute("PRAGMA foreign_keys = ON")
        raw.execute(LEAVE_NOTHING)
        raw.execute("PRAGMA cache_size = -16384")
        return raw

    # The module tells SQLAlchemy whose errors to wrap; without it they come through as they are.
    engine = sa.create_engine(
        "sqlite://", module=sqlcipher, creator=connect, poolclass=sa.pool.StaticPool
    )
    try:
        with OPENING:
            connection = engine.connect()
            connection.exec_driver_sql("SELECT count(*) FROM sqlite_master").all()
    except (sa.exc.DBAPIError, sqlcipher.Error) as error:
        raise translate(error) or error from error
    connection.rollback()
    connection.info[_USUAL] = connection.info[_NOW] = durability
    return connection


def _owners_only(path: Path) -> None:
    """Make a new store file readable by its owner only; SQLite gives its side files the same mode.

    What can't be made is told by the driver, which tries next.
    """
    with suppress(OSError):
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))


def close_connection(connection: sa.Connection) -> None:
    """Close a connection and the file under it."""
    connection.close()
    connection.engine.dispose()


@contextmanager
def faults_told() -> Iterator[None]:
    """Turn driver errors that stand for a state of the store into a StoreFaultError."""
    try:
        yield
    except (sa.exc.DBAPIError, sqlcipher.Error) as error:
        fault = translate(error)
        if fault is None:
            raise
        raise fault from error
    except EventUnknownError as error:
        raise StoreFaultError("store_newer", str(error)) from error


@contextmanager
def writing(connection: sa.Connection, patience: float = PATIENCE) -> Iterator[sa.Connection]:
    """Run the block in one BEGIN IMMEDIATE transaction; an exception rolls it back whole.

    Raises:
        StoreFaultError: store_busy after `patience` seconds, store_full, store_read_only …
    """
    yield from _writing(connection, connection.info.get(_USUAL), patience)


@contextmanager
def writing_again(connection: sa.Connection) -> Iterator[sa.Connection]:
    """Run the block as `writing` does, without waiting for the disk.

    For what can be had again from elsewhere. After a power cut the store may be as it was before,
    never half-way; the next durable commit makes what came before it durable, too.

    Raises:
        StoreFaultError: as `writing`.
    """
    usual = connection.info.get(_USUAL)
    yield from _writing(connection, "NORMAL" if usual == "FULL" else usual, PATIENCE)


def _writing(
    connection: sa.Connection, durability: str | None, patience: float
) -> Iterator[sa.Connection]:
    with faults_told():
        if connection.info.get(_NOW) != durability:
            connection.exec_driver_sql(f"PRAGMA synchronous = {durability}")
            connection.info[_NOW] = durability
        _begin_immediate(connection, patience)
        try:
            yield connection
            connection.commit()
        except BaseException:
            with suppress(sa.exc.DBAPIError):
                connection.rollback()
            raise


@contextmanager
def reading(connection: sa.Connection) -> Iterator[sa.Connection]:
    """Run the block on one consistent view of the store."""
    with faults_told():
        connection.exec_driver_sql("BEGIN")
        try:
            yield connection
        finally:
            connection.rollback()


def _begin_immediate(connection: sa.Connection, patience: float) -> None:
    """Take the write lock, asking often: SQLite's own waiting grows to 100 ms between tries."""
    connection.exec_driver_sql("PRAGMA busy_timeout = 0")
    try:
        _ask_for_the_lock(connection, patience)
    except BaseException:
        # What went wrong may have ended the connection; it is that which is told.
        with suppress(sa.exc.SQLAlchemyError):
            connection.exec_driver_sql(_PATIENT)
        raise
    connection.exec_driver_sql(_PATIENT)


def _ask_for_the_lock(connection: sa.Connection, patience: float) -> None:
    give_up = time.monotonic() + patience
    while True:
        try:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        except sa.exc.OperationalError as error:
            if "locked" not in str(error.orig):
                raise
            if time.monotonic() > give_up:
                raise StoreFaultError("store_busy") from error
            time.sleep(random.uniform(0.0002, 0.002))  # noqa: S311 - spreads tries, no secret
        else:
            return
