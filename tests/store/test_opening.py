"""Opening a store: wrong key, newer version, damage, several at once."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hallterm.store.connection import close_connection, open_connection
from hallterm.store.faults import StoreFaultError
from hallterm.store.keys import create_key, read_key
from hallterm.store.migrations import MIGRATIONS, migrate, store_version
from hallterm.words.faults import fault_codes
from tests.support.crowd import ROOT
from tests.support.hall import KEY, enter, take
from tests.support.truth import assert_true_to_log

OTHER_KEY = "cd" * 32


def _open(path: Path, key: str) -> None:
    connection = open_connection(path, key)
    try:
        migrate(connection)
        assert_true_to_log(connection)
    finally:
        close_connection(connection)


def fault_at(path: Path, key: str = KEY) -> str:
    """Return the fault that opening meets; nothing may have changed."""
    before = path.read_bytes()
    with pytest.raises(StoreFaultError) as error:
        _open(path, key)
    assert error.value.code in fault_codes()
    assert path.read_bytes() == before
    return error.value.code


def test_a_wrong_key_opens_nothing_and_harms_nothing(store: Path) -> None:
    assert fault_at(store, OTHER_KEY) == "key_wrong"
    enter(store).close()


def test_the_file_shows_nothing_without_the_key(store: Path) -> None:
    content = store.read_bytes()
    assert not content.startswith(b"SQLite format 3")
    for word in ("测试厅", "员工1001", "staff_hired", "CREATE TABLE"):
        assert word.encode() not in content


def test_a_store_of_a_newer_version_is_left_alone(store: Path) -> None:
    connection = open_connection(store, KEY)
    connection.exec_driver_sql(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
    connection.commit()
    close_connection(connection)
    assert fault_at(store) == "store_newer"
    connection = open_connection(store, KEY)
    assert store_version(connection) == len(MIGRATIONS) + 1
    close_connection(connection)


def test_migrating_twice_changes_nothing(store: Path) -> None:
    connection = open_connection(store, KEY)
    migrate(connection)
    assert store_version(connection) == len(MIGRATIONS)
    assert_true_to_log(connection)
    close_connection(connection)


@pytest.mark.parametrize("place", [0, 20, 4096 + 100, 5 * 4096 + 7, -50])
def test_a_damaged_file_is_noticed(store: Path, place: int) -> None:
    content = bytearray(store.read_bytes())
    content[place : place + 16 if place >= 0 else None] = b"\xff" * 16
    store.write_bytes(content)
    assert not_whole(store)


def not_whole(store: Path) -> bool:
    """Say whether opening and checking tells of damage by a fault or by the check itself."""
    try:
        connection = open_connection(store, KEY)
    except StoreFaultError as fault:
        return fault.code in {"key_wrong", "store_damaged"}
    try:
        return connection.exec_driver_sql("PRAGMA cipher_integrity_check").all() != []
    finally:
        close_connection(connection)


def test_something_else_in_its_place(tmp_path: Path) -> None:
    other = tmp_path / "hall.db"
    other.write_bytes(b"not a store at all" * 400)
    assert fault_at(other) == "key_wrong"


def test_a_folder_in_its_place(tmp_path: Path) -> None:
    with pytest.raises(StoreFaultError) as error:
        open_connection(tmp_path, KEY)
    assert error.value.code == "store_unopenable"


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(StoreFaultError) as error:
        open_connection(tmp_path / "none" / "hall.db", KEY)
    assert error.value.code == "store_unopenable"


def test_processes_that_open_a_new_store_at_once_make_one(tmp_path: Path) -> None:
    store = tmp_path / "hall.db"
    script = (
        "import sys; from pathlib import Path; from tests.support.hall import enter;"
        "print(flush=True); sys.stdin.readline(); path = Path(sys.argv[1]);"
        "enter(path, durability='FULL').close()"
    )
    command = [sys.executable, "-c", script, str(store)]
    pipe = subprocess.PIPE
    crowd = [
        subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, stderr=pipe)  # noqa: S603 - our own
        for _ in range(6)
    ]
    for process in crowd:
        assert process.stdout
        process.stdout.readline()
    for process in crowd:
        assert process.stdin
        process.stdin.write(b"\n")
        process.stdin.flush()
    told = [(p.communicate(timeout=60)[1], p.returncode) for p in crowd]
    assert told == [(b"", 0)] * 6
    connection = open_connection(store, KEY)
    assert store_version(connection) == len(MIGRATIONS)
    close_connection(connection)


def test_what_was_not_checkpointed_is_there_after_a_crash(store: Path, tmp_path: Path) -> None:
    desk = enter(store, durability="FULL")
    ticket = take(desk)
    after = tmp_path / "after"
    after.mkdir()
    for file in tmp_path.glob("hall.db*"):
        shutil.copy(file, after)
    desk.close()
    again = enter(after / "hall.db")
    assert ticket in again.hall.tickets
    assert_true_to_log(again.connection)
    again.close()


# the key file


def test_a_key_is_made_once_for_its_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "hall.key"
    key = create_key(path)
    assert read_key(path) == key
    assert path.stat().st_mode & 0o777 == 0o600
    with pytest.raises(StoreFaultError) as error:
        create_key(path)
    assert error.value.code == "key_unreadable"
    assert read_key(path) == key


@pytest.mark.parametrize(
    ("content", "mode", "code"),
    [
        (None, 0o600, "key_missing"),
        (KEY.encode(), 0o640, "key_exposed"),
        (KEY.encode(), 0o604, "key_exposed"),
        (b"", 0o600, "key_wrong"),
        (KEY[:-1].encode(), 0o600, "key_wrong"),
        (b"zz" * 32, 0o600, "key_wrong"),
        (b"\xff" * 64, 0o600, "key_unreadable"),
        (KEY.encode() * 1000, 0o600, "key_wrong"),
        (b'"; ATTACH x' + KEY.encode()[11:], 0o600, "key_wrong"),
    ],
)
def test_a_key_file_that_is_none(
    tmp_path: Path, content: bytes | None, mode: int, code: str
) -> None:
    path = tmp_path / "hall.key"
    if content is not None:
        path.write_bytes(content)
        path.chmod(mode)
    with pytest.raises(StoreFaultError) as error:
        read_key(path)
    assert error.value.code == code


def test_a_folder_in_the_keys_place(tmp_path: Path) -> None:
    with pytest.raises(StoreFaultError) as error:
        read_key(tmp_path)
    assert error.value.code == "key_unreadable"


@settings(max_examples=60, deadline=None)
@given(content=st.binary(max_size=200))
def test_any_key_file_is_a_key_or_a_fault(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    path = tmp_path_factory.getbasetemp() / "any.key"
    path.write_bytes(content)
    path.chmod(0o600)
    try:
        told = f"{len(bytes.fromhex(read_key(path)))} bytes"
    except StoreFaultError as fault:
        told = fault.code
    assert told in {"32 bytes", "key_wrong", "key_unreadable"}
