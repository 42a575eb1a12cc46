"""Copying a store whole while others work at it, under the same key."""

import os
import tempfile
from pathlib import Path

import sqlalchemy as sa

from hallterm.store.connection import close_connection, faults_told, open_connection
from hallterm.store.faults import StoreFaultError

_PAGES = 512
"""Pages copied between two looks at the source; a page is 4 KiB."""


def copy_store(store: sa.Connection, key: str, target: Path) -> None:
    """Copy a store to a new file; it appears whole, checked and durable, or not at all.

    Raises:
        StoreFaultError: store_full, store_unopenable …; store_damaged when the copy isn't sound.
        FileExistsError: the target exists.
    """
    if target.exists():
        raise FileExistsError(str(target))
    try:
        with tempfile.TemporaryDirectory(prefix=".hallterm-backup-", dir=target.parent) as folder:
            made = Path(folder) / "copy.db"
            _copy(store, key, made)
            made.chmod(0o600)
            _put(made, target)
        _sync(target.parent)
    except FileExistsError:
        raise
    except OSError as error:
        raise StoreFaultError("store_unopenable", str(error.strerror)) from error


def _copy(store: sa.Connection, key: str, made: Path) -> None:
    copy = open_connection(made, key)
    try:
        with faults_told():
            _driver(store).backup(_driver(copy), pages=_PAGES)
            copy.exec_driver_sql("PRAGMA journal_mode = DELETE")
            sound = copy.exec_driver_sql("PRAGMA integrity_check").scalar()
        if sound != "ok":
            raise StoreFaultError("store_damaged", str(sound))
    finally:
        close_connection(copy)
    with made.open("rb") as file:
        os.fsync(file.fileno())


def _driver(connection: sa.Connection):  # type: ignore[no-untyped-def]  # noqa: ANN202 - the driver's connection has no type stubs
    return connection.connection.driver_connection


def _put(made: Path, target: Path) -> None:
    try:
        os.link(made, target)  # never over something else
    except FileExistsError:
        raise
    except OSError:  # a file system without links, such as a USB stick's
        made.rename(target)


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
