"""What a new terminal begins with: the streams it follows, and no secret of the hub."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import sqlalchemy as sa

from hallterm.desk.desk import Desk
from hallterm.domain.tiers import Tier
from hallterm.store.connection import close_connection, open_connection, reading, writing
from hallterm.store.digests import digests
from hallterm.store.doctor import examine
from hallterm.store.faults import StoreFaultError
from hallterm.store.hub_tables import HubSecretRow
from hallterm.store.log import heads
from hallterm.store.migrations import migrate
from hallterm.store.snapshot import Snapshot, attach, make_snapshot, take_snapshot
from hallterm.store.tables import table_of
from tests.support.hall import KEY, take
from tests.support.rulebook import PROFILE

STREAMS = ("company", f"hall:{PROFILE.id}")
OWN_KEY = "cd" * 32
SECRET = "what only the hub knows"  # noqa: S105 - looked for below


def snapshot_of(store: Path) -> Snapshot:
    return make_snapshot(store, KEY, STREAMS, store.parent / "made.snapshot")


@contextmanager
def empty_store(folder: Path) -> Iterator[sa.Connection]:
    connection = open_connection(folder / "terminal.db", OWN_KEY)
    migrate(connection)
    yield connection
    close_connection(connection)


@contextmanager
def opened(made: Snapshot, folder: Path) -> Iterator[sa.Connection]:
    """Open a snapshot beside an empty store."""
    connection = open_connection(folder / "beside.db", OWN_KEY)
    attach(connection, made.path, made.key)
    yield connection
    close_connection(connection)


def test_a_terminal_begins_where_the_hub_stands(desk: Desk, store: Path, tmp_path: Path) -> None:
    take(desk, Tier.GOTONE)
    made = snapshot_of(store)
    with reading(desk.connection):
        ours = digests(desk.connection)
    take(desk)
    assert made.heads[STREAMS[1]] == heads(desk.connection)[STREAMS[1]] - 1
    desk.connection.rollback()
    with empty_store(tmp_path) as connection:
        take_snapshot(connection, made.path, made.key, made.sha256)
        report = examine(connection)
        assert report.sound, report.findings
        with reading(connection):
            assert heads(connection) == made.heads
            assert digests(connection) == ours
    assert not made.path.exists()


def test_no_secret_and_no_other_stream_is_in_it(desk: Desk, store: Path, tmp_path: Path) -> None:
    take(desk)
    with writing(desk.connection) as connection:
        row = {"name": "tokens", "value": SECRET}
        connection.execute(table_of(HubSecretRow).insert(), row)
        for table, values in (
            ("hub_code", "('d', 'h', 1, NULL)"),
            ("office_secret", f"('k', '{SECRET}', 1)"),
        ):
            connection.exec_driver_sql(f"INSERT INTO {table} VALUES {values}")  # noqa: S608
        connection.exec_driver_sql("INSERT INTO stream_head VALUES ('hall:other', 7, 1)")
    made = snapshot_of(store)
    assert set(made.heads) == set(STREAMS)
    plain = tmp_path / "plain.db"
    with opened(made, tmp_path) as connection:
        tables = "SELECT name FROM made.sqlite_master WHERE type = 'table'"
        names = set(connection.exec_driver_sql(tables).scalars())
        assert not {one for one in names if one.startswith(("hub_", "office_", "outbox"))}
        streams = connection.exec_driver_sql("SELECT stream FROM made.stream_head").scalars()
        assert set(streams) == set(STREAMS)
        connection.rollback()
        connection.exec_driver_sql("ATTACH DATABASE ? AS plain KEY ''", (str(plain),))
        connection.exec_driver_sql("SELECT sqlcipher_export('plain', 'made')")
    assert b"staff_record" in plain.read_bytes()
    assert SECRET.encode() not in plain.read_bytes()


def test_what_was_changed_on_its_way_is_not_taken(store: Path, tmp_path: Path) -> None:
    made = snapshot_of(store)
    content = bytearray(made.path.read_bytes())
    content[len(content) // 2] ^= 1
    made.path.write_bytes(bytes(content))
    with empty_store(tmp_path) as connection:
        with pytest.raises(StoreFaultError) as fault:
            take_snapshot(connection, made.path, made.key, made.sha256)
        assert fault.value.code == "store_damaged"
        assert heads(connection) == {"company": 0}


def test_a_store_with_a_history_takes_none(desk: Desk, store: Path) -> None:
    take(desk)
    made = snapshot_of(store)
    before = digests(desk.connection)
    desk.connection.rollback()
    with pytest.raises(ValueError, match="empty"):
        take_snapshot(desk.connection, made.path, made.key, made.sha256)
    assert digests(desk.connection) == before


def test_a_hub_of_another_version_is_told(store: Path, tmp_path: Path) -> None:
    made = snapshot_of(store)
    with opened(made, tmp_path) as other:
        other.exec_driver_sql("PRAGMA made.user_version = 99")
    digest = hashlib.sha256(made.path.read_bytes()).hexdigest()
    with empty_store(tmp_path) as connection:
        with pytest.raises(StoreFaultError) as fault:
            take_snapshot(connection, made.path, made.key, digest)
        assert fault.value.code == "store_newer"
        assert heads(connection) == {"company": 0}


@pytest.mark.usefixtures("desk")
def test_nothing_is_left_beside_it(store: Path) -> None:
    made = snapshot_of(store)
    files = {path.name for path in store.parent.iterdir()}
    assert files == {"hall.db", "hall.db-wal", "hall.db-shm", made.path.name}
