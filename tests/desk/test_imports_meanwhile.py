"""An import beside others who work on the same store, and one that ended in between."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import sqlalchemy as sa

from hallterm.desk.desk import Desk
from hallterm.desk.imports import Imported, Listener, Progress, import_customers
from hallterm.desk.imports import run as run_module
from hallterm.desk.imports.plan import Entry, FileRow, plan
from hallterm.desk.imports.reader import Refused, open_customer_file
from hallterm.desk.imports.write import Writer
from hallterm.desk.persons import record
from hallterm.desk.replica import Replica
from hallterm.domain.person.details import ConsentWay
from hallterm.domain.refusal import Refusal
from hallterm.store.connection import close_connection, open_connection, writing
from tests.desk.importing import ADMIN, CLERK, HEADER, bring, counts, names, open_hall


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """Open a desk on an empty store."""
    opened = open_hall(tmp_path)
    yield opened
    opened.close()


def test_an_import_killed_in_between_is_finished_by_the_next(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "customers.csv"
    file.write_text(HEADER + "张伟,13800130001,,,,,\n")
    opened = open_customer_file(file, {})
    assert not isinstance(opened, Refusal)
    with opened:
        (piece,) = opened.pieces(10, lambda *_: None)
    writer = Writer(desk, ADMIN)
    writer.before_plan()
    entries = plan(desk.connection, piece, lambda *_: None)
    assert writer.write(entries) == []
    assert names(desk, "张") == []
    assert counts(bring(desk, tmp_path, file.read_text())) == (0, 0, 1, 0)
    assert names(desk, "张") == ["张伟"]


def test_somebody_who_records_the_same_number_meanwhile_is_not_doubled(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = open_hall(tmp_path)
    planned: list[int] = []

    def plan_then_wait(
        connection: sa.Connection, rows: list[FileRow], refused: Refused
    ) -> list[Entry]:
        entries = plan(connection, rows, refused)
        if not planned:
            record(other, CLERK, {"phone": "13800130001", "name": "张三"}, ConsentWay.SPOKEN)
        planned.append(len(entries))
        return entries

    monkeypatch.setattr(run_module, "plan", plan_then_wait)
    result = bring(desk, tmp_path, HEADER + "张伟,13800130001,,,,,\n李四,13800130002,,,,,\n")
    other.close()
    assert counts(result) == (1, 1, 0, 0)
    assert planned == [2, 1]
    assert names(desk, "13800130001") == ["张伟"]
    assert names(desk, "张") == ["张伟"]


def test_what_others_did_is_read_before_the_lock_is_taken(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = open_hall(tmp_path)
    read: dict[bool, list[bool]] = {True: [], False: []}
    """Whether there was news, by whether the lock was held."""
    locked: list[float] = []
    catch_up = Replica.catch_up

    @contextmanager
    def locking(connection: sa.Connection, patience: float) -> Iterator[sa.Connection]:
        with writing(connection, patience):
            locked.append(patience)
            yield connection
        locked.clear()

    def reading_news(replica: Replica, connection: sa.Connection) -> bool:
        news = catch_up(replica, connection)
        read[bool(locked)].append(news)
        return news

    def plan_then_wait(
        connection: sa.Connection, rows: list[FileRow], refused: Refused
    ) -> list[Entry]:
        record(other, CLERK, {"phone": "13800130009", "name": "张三"}, ConsentWay.SPOKEN)
        monkeypatch.setattr(Replica, "catch_up", reading_news)
        monkeypatch.setattr("hallterm.desk.desk.writing", locking)
        return plan(connection, rows, refused)

    monkeypatch.setattr(run_module, "plan", plan_then_wait)
    assert counts(bring(desk, tmp_path, HEADER + "张伟,13800130001,,,,,\n")) == (1, 0, 0, 0)
    other.close()
    assert read == {True: [False], False: [True]}


def test_the_log_that_others_read_through_stays_short(desk: Desk, tmp_path: Path) -> None:
    lines = "".join(f"客户,138{n:08d},,,,,\n" for n in range(6000))
    log = tmp_path / "hall.db-wal"
    longest = 0

    def look(_: Progress) -> None:
        nonlocal longest
        longest = max(longest, log.stat().st_size)

    file = tmp_path / "customers.csv"
    file.write_text(HEADER + lines, "utf-8")
    answer = import_customers(desk, ADMIN, file, listener=Listener(look))
    assert isinstance(answer, Imported)
    assert answer.recorded == 6000
    assert 0 < longest < 1000 * 4096, "a clerk's commit would have to move it"


def test_nobody_stands_before_an_import_so_it_waits_for_others(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    blocker = open_connection(tmp_path / "hall.db", "ab" * 32)

    class TwoMinutes:
        """A stopwatch that runs a minute on with every look; after two the other has written."""

        now = 0.0

        def monotonic(self) -> float:
            return self.now

        def sleep(self, _seconds: float) -> None:
            self.now += 60
            if self.now >= 120:
                blocker.rollback()

    monkeypatch.setattr("hallterm.store.connection.time", TwoMinutes())

    def plan_while_locked(
        connection: sa.Connection, rows: list[FileRow], refused: Refused
    ) -> list[Entry]:
        entries = plan(connection, rows, refused)
        blocker.exec_driver_sql("BEGIN IMMEDIATE")
        return entries

    monkeypatch.setattr(run_module, "plan", plan_while_locked)
    assert counts(bring(desk, tmp_path, HEADER + "张伟,13800130001,,,,,\n")) == (1, 0, 0, 0)
    close_connection(blocker)
