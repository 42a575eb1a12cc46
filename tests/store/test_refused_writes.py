"""A store that can't be written says why, and loses nothing that was confirmed."""

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from hallterm.desk.desk import Desk
from hallterm.store import connection as connecting
from hallterm.store.connection import close_connection, open_connection, writing
from hallterm.store.faults import StoreFaultError
from hallterm.words.faults import explain_fault, fault_codes
from tests.support.crowd import ROOT
from tests.support.hall import KEY, enter, take
from tests.support.rulebook import KIOSK
from tests.support.truth import assert_true_to_log, logged, state


def fault_of(error: pytest.ExceptionInfo[StoreFaultError]) -> str:
    """Return the code, which must have words."""
    fault = error.value
    assert fault.code in fault_codes()
    assert "{" not in explain_fault(fault.code, fault.detail)
    return fault.code


def test_a_full_store_keeps_what_it_has_and_goes_on_once_there_is_room(desk: Desk) -> None:
    connection = desk.connection
    pages = int(connection.exec_driver_sql("PRAGMA page_count").scalar() or 0)
    connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + 8}")
    connection.rollback()
    confirmed: list[str] = []
    before = (state(desk.hall), logged(connection))
    with pytest.raises(StoreFaultError) as error:  # noqa: PT012 - the write that fails is unknown
        for _ in range(500):
            before = (state(desk.hall), logged(connection))
            connection.rollback()
            confirmed.append(take(desk))
    assert fault_of(error) == "store_full"
    assert confirmed
    assert (state(desk.hall), logged(connection)) == before
    assert set(confirmed) == set(desk.hall.tickets)
    connection.exec_driver_sql("PRAGMA max_page_count = 100000")
    connection.rollback()
    take(desk)
    assert_true_to_log(connection)


class _PluggedOutError(BaseException):
    """The process is ended from outside; it is no Exception."""


def test_what_ends_a_process_that_waits_for_the_lock_is_not_hidden(desk: Desk) -> None:
    """The driver gives a connection up in such an end; nothing asked of it then may be told."""

    def ended(_: object, __: object, statement: str, *___: object) -> None:
        if statement == "BEGIN IMMEDIATE":
            raise _PluggedOutError

    sa.event.listen(desk.connection, "before_cursor_execute", ended)
    with pytest.raises(_PluggedOutError) as error:
        take(desk)
    assert error.value.__context__ is None


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """Return a folder that every user of the machine may enter, unlike pytest's own."""
    folder = Path(tempfile.mkdtemp(prefix="hallterm-test-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


def attempt(store: Path, kind: str) -> tuple[int, str]:
    """Let a process that may not write work on the store."""
    told = subprocess.run(  # noqa: S603 - our own module
        [sys.executable, "-m", "tests.support.refused_writes", str(store), kind],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert told.stderr == ""
    confirmed, code = told.stdout.split()
    return int(confirmed), code


def test_a_disk_that_refuses_loses_nothing_confirmed(store: Path) -> None:
    confirmed, code = attempt(store, "files")
    assert code == "store_failing"
    assert confirmed > 0
    desk = enter(store)
    assert len(desk.hall.tickets) == confirmed
    assert_true_to_log(desk.connection)
    desk.close()


def test_a_store_of_somebody_else(founded_store: Path, open_folder: Path) -> None:
    store = Path(shutil.copy(founded_store, open_folder / "hall.db"))
    content = store.read_bytes()
    store.chmod(0o444)
    open_folder.chmod(0o555)
    assert attempt(store, "nobody") == (0, "store_read_only")
    store.chmod(0o400)
    confirmed, code = attempt(store, "nobody")
    assert confirmed == 0
    assert code in {"store_read_only", "store_unopenable"}
    assert store.read_bytes() == content
    open_folder.chmod(0o755)


def test_a_connection_opened_for_reading_reads_and_writes_nothing(store: Path) -> None:
    connection = open_connection(store, KEY, read_only=True)
    assert connection.exec_driver_sql("SELECT count(*) FROM company").scalar()
    connection.rollback()
    with pytest.raises(StoreFaultError) as error, writing(connection):
        connection.exec_driver_sql("DELETE FROM company")
    assert fault_of(error) == "store_read_only"
    close_connection(connection)


def test_another_process_that_does_not_let_go(
    desk: Desk, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connecting, "PATIENCE", 0.02)
    other = open_connection(store, KEY)
    before = state(desk.hall)
    with writing(other):
        with pytest.raises(StoreFaultError) as error:
            take(desk)
        assert fault_of(error) == "store_busy"
        assert state(desk.hall) == before
    take(desk)
    assert_true_to_log(desk.connection)
    close_connection(other)


def test_an_exception_inside_leaves_no_half_change(desk: Desk) -> None:
    before = (state(desk.hall), logged(desk.connection))
    desk.connection.rollback()

    def plan(_: object) -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        desk.act(KIOSK, plan)  # type: ignore[arg-type] # a plan with a bug
    assert (state(desk.hall), logged(desk.connection)) == before
    desk.connection.rollback()
    take(desk)
