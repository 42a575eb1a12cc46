"""What a new terminal begins with: the streams it follows, and no secret of the hub."""

from pathlib import Path

import pytest

from hallterm.desk.desk import Desk
from hallterm.domain.tiers import Tier
from hallterm.store.connection import close_connection, open_connection, reading, writing
from hallterm.store.digests import digests
from hallterm.store.doctor import examine
from hallterm.store.faults import StoreFaultError
from hallterm.store.hub_tables import HubSecretRow
from hallterm.store.log import heads
from hallterm.store.snapshot import Snapshot, install_snapshot, make_snapshot
from hallterm.store.tables import table_of
from tests.support.hall import KEY, enter, take
from tests.support.rulebook import PROFILE

STREAMS = ("company", f"hall:{PROFILE.id}")
OWN_KEY = "cd" * 32
SECRET = "what only the hub knows"  # noqa: S105 - looked for below


def snapshot_of(store: Path) -> Snapshot:
    return make_snapshot(store, KEY, STREAMS, store.parent / "made.snapshot")


def test_a_terminal_begins_where_the_hub_stands(desk: Desk, store: Path, tmp_path: Path) -> None:
    take(desk, Tier.GOTONE)
    made = snapshot_of(store)
    take(desk)
    assert made.heads[STREAMS[1]] == heads(desk.connection)[STREAMS[1]] - 1
    desk.connection.rollback()
    target = tmp_path / "terminal.db"
    install_snapshot(made.path, made.key, made.sha256, target, OWN_KEY)
    connection = open_connection(target, OWN_KEY)
    report = examine(connection)
    assert report.sound, report.findings
    with reading(connection):
        assert heads(connection) == made.heads
    close_connection(connection)


def test_the_tables_say_the_same_at_the_same_place(desk: Desk, store: Path, tmp_path: Path) -> None:
    take(desk, Tier.GOTONE)
    made = snapshot_of(store)
    with reading(desk.connection):
        ours = digests(desk.connection)
    install_snapshot(made.path, made.key, made.sha256, tmp_path / "terminal.db", OWN_KEY)
    connection = open_connection(tmp_path / "terminal.db", OWN_KEY)
    with reading(connection):
        assert digests(connection) == ours
    close_connection(connection)


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
    connection = open_connection(made.path, made.key)
    names = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'")
    kept = {
        name
        for name in names.scalars().all()
        if connection.exec_driver_sql(f"SELECT count(*) FROM {name}").scalar()  # noqa: S608
    }
    assert not {name for name in kept if name.startswith(("hub_", "office_", "outbox"))}
    streams = connection.exec_driver_sql("SELECT stream FROM stream_head").scalars().all()
    assert set(streams) == set(STREAMS)
    plain = tmp_path / "plain.db"
    connection.rollback()
    connection.exec_driver_sql("ATTACH DATABASE ? AS plain KEY ''", (str(plain),))
    connection.exec_driver_sql("SELECT sqlcipher_export('plain')")
    close_connection(connection)
    assert b"staff_record" in plain.read_bytes()
    assert SECRET.encode() not in plain.read_bytes()


def test_what_was_changed_on_its_way_is_not_installed(store: Path, tmp_path: Path) -> None:
    made = snapshot_of(store)
    content = bytearray(made.path.read_bytes())
    content[len(content) // 2] ^= 1
    made.path.write_bytes(bytes(content))
    target = tmp_path / "terminal.db"
    with pytest.raises(StoreFaultError) as fault:
        install_snapshot(made.path, made.key, made.sha256, target, OWN_KEY)
    assert fault.value.code == "store_damaged"
    assert not target.exists()


@pytest.mark.usefixtures("desk")
def test_no_store_is_written_over(store: Path) -> None:
    made = snapshot_of(store)
    with pytest.raises(FileExistsError):
        install_snapshot(made.path, made.key, made.sha256, store, OWN_KEY)


@pytest.mark.usefixtures("desk")
def test_nothing_is_left_beside_it(store: Path) -> None:
    made = snapshot_of(store)
    files = {path.name for path in store.parent.iterdir()}
    assert files == {"hall.db", "hall.db-wal", "hall.db-shm", made.path.name}


def test_a_terminal_works_on_it(desk: Desk, store: Path, tmp_path: Path) -> None:
    take(desk)
    made = snapshot_of(store)
    target = tmp_path / "hall2" / "hall.db"
    target.parent.mkdir()
    install_snapshot(made.path, made.key, made.sha256, target, KEY)
    other = enter(target)
    assert other.hall.tickets == desk.hall.tickets
    assert target.stat().st_mode & 0o077 == 0
    other.close()
