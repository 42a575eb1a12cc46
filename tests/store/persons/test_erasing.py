"""An erased person is in no row, in no page and in no log file of the store."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa

from hallterm.domain.note import Note
from hallterm.hub.aside import keep_aside, kept_aside
from hallterm.store.connection import close_connection, open_connection, reading, writing
from hallterm.store.migrations import migrate
from hallterm.store.persons import notes, records
from hallterm.store.persons.erasing import erase, scrub
from hallterm.wire import Envelope

KEY = "ab" * 32
AT = datetime(2026, 3, 2, 1, tzinfo=UTC)
NAME, PHONE, OTHER_PHONE, WORDS = "欧阳诗涵", "13812345678", "13987654321", "左耳听不清"
WHO, OTHER = "0190-person", "0190-other"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "hall.db"


@pytest.fixture
def store(path: Path) -> Iterator[sa.Connection]:
    connection = open_connection(path, KEY)
    migrate(connection)
    with writing(connection):
        record(connection, WHO, PHONE)
        record(connection, OTHER, "13700000000", name="李雷")
        changed = {"phone": OTHER_PHONE}
        records.change(connection, WHO, changed, at=AT, actor="1")
        note = Note(id="n1", person_id=WHO, about="t1", text=WORDS)
        notes.write(connection, (note,), "c1", at=AT, actor="1")
    yield connection
    close_connection(connection)


def record(connection: sa.Connection, person_id: str, phone: str, name: str = NAME) -> None:
    values = records.stored({"name": name, "phone": phone})
    records.insert(connection, person_id, values, at=AT, actor="1")


def test_every_row_is_gone_and_a_tombstone_stays(store: sa.Connection) -> None:
    with writing(store):
        erase(store, WHO, at=AT, actor="9")
    with reading(store):
        assert records.get(store, WHO) is None
        state = records.state_of(store, WHO, None)
        assert state is not None
        assert state.erased
        assert records.versions(store, WHO) == []
        assert notes.texts(store, ["n1"]) == {}
        kept = records.get(store, OTHER)
    assert kept is not None
    assert kept.details.name == "李雷"
    for table in ("person_key", "person_version", "person_due"):
        rows = store.exec_driver_sql(f"SELECT count(DISTINCT row) FROM {table}").scalar()  # noqa: S608
        assert rows == (1 if table == "person_key" else 0), table
    store.rollback()


def test_the_bytes_are_in_no_page_of_the_file(tmp_path: Path) -> None:
    """With no key to hide behind: what is looked at is the file as SQLite itself writes it."""
    plain = tmp_path / "open.db"
    connection = sa.create_engine(f"sqlite:///{plain}", isolation_level=None).connect()
    for pragma in ("journal_mode = WAL", "secure_delete = ON"):
        connection.exec_driver_sql(f"PRAGMA {pragma}")
    migrate(connection)
    with writing(connection):
        record(connection, WHO, PHONE)
        for place in range(200):
            record(connection, f"p{place}", f"137{place:08}", name="李雷")
        records.change(connection, WHO, {"phone": OTHER_PHONE}, at=AT, actor="1")
        note = Note(id="n1", person_id=WHO, about="t1", text=WORDS)
        notes.write(connection, (note,), "c1", at=AT, actor="1")
    secrets = [text.encode() for text in (NAME, PHONE, OTHER_PHONE, WORDS)]
    files = [plain, plain.with_name("open.db-wal")]
    told = b"".join(file.read_bytes() for file in files)
    assert all(secret in told for secret in secrets)
    with writing(connection):
        erase(connection, WHO, at=AT, actor="9")
    assert scrub(connection)
    told = b"".join(file.read_bytes() for file in files if file.exists())
    assert "李雷".encode() in told
    assert [secret.decode() for secret in secrets if secret in told] == []
    assert not scrub(connection), "there is nothing left to do"
    connection.close()


def test_while_somebody_reads_it_is_tried_again(store: sa.Connection, path: Path) -> None:
    reader = open_connection(path, KEY)
    with reading(reader):
        reader.exec_driver_sql("SELECT count(*) FROM person").scalar()
        with writing(store):
            erase(store, WHO, at=AT, actor="9")
        store.exec_driver_sql("PRAGMA busy_timeout = 1")
        assert scrub(store)
        assert scrub(store), "not done: a reader still sees the person"
    assert scrub(store)
    assert not scrub(store)
    close_connection(reader)


def test_erasing_twice_is_erasing_once(store: sa.Connection) -> None:
    for _ in range(2):
        with writing(store):
            erase(store, WHO, at=AT, actor="9")
    stones = store.exec_driver_sql("SELECT count(*) FROM person_tombstone").scalar()
    assert stones == 1
    store.rollback()


def test_what_was_kept_aside_about_the_person_goes_too(store: sa.Connection) -> None:
    def letter(number: int, person_id: str) -> Envelope:
        return Envelope(
            id=f"e{number}",
            device="d",
            device_seq=number,
            previous="",
            stream="company",
            type="ChangePerson",
            payload={"person_id": person_id},
            actor="1",
            at_ms=0,
        )

    with writing(store):
        keep_aside(store, "d", [letter(1, WHO), letter(2, OTHER)], 0)
        erase(store, WHO, at=AT, actor="9")
    with reading(store):
        assert [one.envelope.id for one in kept_aside(store)] == ["e2"]


def test_a_secure_connection_is_the_only_kind(store: sa.Connection) -> None:
    assert store.exec_driver_sql("PRAGMA secure_delete").scalar() == 1
    store.rollback()
