"""The doctor finds what is wrong in a store; a rebuild makes the read tables the log's again."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given
from hypothesis import settings as profile
from hypothesis import strategies as st

from hallterm.clock import ManualClock
from hallterm.configuration import load
from hallterm.desk import persons
from hallterm.desk.accounts import hire
from hallterm.desk.calling import call_next, current
from hallterm.desk.days import close_day
from hallterm.desk.desk import Desk, open_desk
from hallterm.desk.founding import INSTALLER, NewHall, NewStaff, found
from hallterm.desk.tickets import TicketDraft, take
from hallterm.domain.actor import Actor
from hallterm.domain.company.state import HallProfile
from hallterm.domain.counter.commands import TakeCounter
from hallterm.domain.counter.state import CounterSetup
from hallterm.domain.person.details import ConsentWay
from hallterm.domain.refusal import Refusal
from hallterm.domain.roles import Role
from hallterm.domain.ticket.commands import FinishService, StartService
from hallterm.domain.tiers import Tier
from hallterm.store.connection import writing
from hallterm.store.doctor import examine, rebuild
from hallterm.store.faults import StoreFaultError
from hallterm.store.findings import MOST_LISTED
from hallterm.store.projection import READ_TABLES

KEY = "5" * 64
MORNING = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
MANAGER = Actor("0002", frozenset({Role.STORE_MANAGER, Role.CLERK}))


def work(desk: Desk, customers: int) -> None:
    """Take tickets and serve every second customer."""
    for place in range(customers):
        now = desk.clock.now()
        draft = TicketDraft(arrived_at=now, shown_at=now, business_ids=["payment"])
        assert not isinstance(take(desk, MANAGER, draft), Refusal)
        if place % 2:
            assert not isinstance(call_next(desk, MANAGER), Refusal)
            ticket = current(desk, MANAGER)
            assert ticket is not None
            desk.act(MANAGER, StartService(ticket_id=ticket.id))
            desk.act(MANAGER, FinishService(ticket_id=ticket.id))


def sit_down(desk: Desk) -> None:
    seat = TakeCounter(counter_id="c1", session_id=desk.new_id(), take_over=True)
    assert not isinstance(desk.act(MANAGER, seat), Refusal)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """Give a hall with a closed day, an open one, two customers and staff of several roles."""
    clock = ManualClock(MORNING)
    made = open_desk(tmp_path / "hall.db", KEY, clock, load(), "test", durability="OFF")
    counter = CounterSetup(id="c1", number=1, name="一号", tiers=tuple(Tier))
    staff = (
        NewStaff("0001", "王芳", frozenset({Role.ADMINISTRATOR}), "208317"),
        NewStaff("0002", "李敏", frozenset(Role) - {Role.KIOSK}, "730264"),
    )
    assert found(made, NewHall(HallProfile(id="h", name="厅"), staff, (counter,))) is None
    sit_down(made)
    work(made, 4)
    for ticket in list(made.hall.waiting()):
        assert not isinstance(call_next(made, MANAGER), Refusal), ticket
        called = current(made, MANAGER)
        assert called is not None
        made.act(MANAGER, StartService(ticket_id=called.id))
        made.act(MANAGER, FinishService(ticket_id=called.id))
    assert not isinstance(close_day(made, MANAGER), Refusal)
    clock.advance(timedelta(days=1).total_seconds())
    sit_down(made)
    work(made, 3)
    view = persons.record(
        made, MANAGER, {"phone": "13812341234", "name": "张伟"}, ConsentWay.SPOKEN
    )
    assert not isinstance(view, Refusal)
    persons.change(made, MANAGER, view.person_id, view.version, {"name": "张玮"})
    persons.record(made, MANAGER, {"phone": "13812341235"}, ConsentWay.SPOKEN)
    yield made
    made.close()


def spoil(desk: Desk, *statements: str) -> None:
    for statement in statements:
        desk.connection.exec_driver_sql(statement)
    desk.connection.commit()


def tables(desk: Desk) -> dict[str, list[tuple[object, ...]]]:
    content = {
        table.name: [
            tuple(row)
            for row in desk.connection.execute(sa.select(table).order_by(*table.primary_key))
        ]
        for table in READ_TABLES
    }
    desk.connection.rollback()
    return content


def test_a_sound_store_is_found_sound(desk: Desk) -> None:
    report = examine(desk.connection)
    assert report.findings == []
    assert report.sound
    assert set(report.facts) == {"company", "hall:h"}
    assert report.rows > 10
    assert report.persons == 2


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        ("UPDATE ticket SET state = 'lost' WHERE number = 'A001'", "row_different"),
        ("DELETE FROM ticket WHERE rowid = 1", "row_missing"),
        ("UPDATE counter_duty SET staff_id = '9999'", "row_different"),
        ("DELETE FROM business_day", "row_missing"),
        (
            "UPDATE hall_state SET document = replace(document, '\"A\":3', '\"A\":1')",
            "row_different",
        ),
        ("INSERT INTO company VALUES ('staff', '6666', '{}')", "row_surplus"),
        ("UPDATE company SET document = replace(document, 'clerk', 'greeter')", "row_different"),
        ("DELETE FROM event WHERE stream = 'hall:h' AND seq = 3", "log_gap"),
        ("DELETE FROM event WHERE stream = 'hall:h' AND seq = 3", "event_impossible"),
        ("UPDATE stream_head SET seq = seq + 1 WHERE stream = 'hall:h'", "log_head"),
        ("UPDATE event SET type = 'odd' WHERE stream = 'hall:h' AND seq = 5", "event_unreadable"),
        ("UPDATE event SET payload = '{}' WHERE stream = 'hall:h' AND seq = 5", "event_unreadable"),
        ("PRAGMA user_version = 77", "version"),
        ("DELETE FROM person WHERE phone = '13812341235'", "person_missing"),
        ("DELETE FROM person WHERE phone = '13812341235'", "person_key"),
        ("UPDATE person SET version = 9 WHERE version = 1", "person_version"),
        ("DELETE FROM person_version", "person_history"),
        ("DELETE FROM person_key", "person_key"),
        ("UPDATE person SET person_id = 'stranger' WHERE version = 1", "person_surplus"),
        ("DELETE FROM staff_record WHERE staff_id = '0001'", "staff_record"),
        (
            "INSERT INTO person_tombstone SELECT person_id, 0, 'x', 1 FROM person LIMIT 1",
            "person_not_erased",
        ),
    ],
)
def test_what_is_wrong_is_found(desk: Desk, statement: str, code: str) -> None:
    spoil(desk, statement)
    report = examine(desk.connection)
    assert code in report.counts
    assert not report.sound


def test_findings_name_no_person(desk: Desk) -> None:
    spoil(desk, "UPDATE person SET version = 9", "DELETE FROM person_version")
    said = str(examine(desk.connection).findings)
    assert "1381234" not in said
    assert "张" not in said


def test_many_findings_are_counted_and_the_first_listed(desk: Desk) -> None:
    work(desk, 2 * MOST_LISTED)
    spoil(desk, "DELETE FROM ticket")
    report = examine(desk.connection)
    assert report.counts["row_missing"] > MOST_LISTED
    assert sum(f.code == "row_missing" for f in report.findings) == MOST_LISTED


def test_a_rebuild_puts_the_read_tables_right_and_leaves_right_rows_alone(desk: Desk) -> None:
    before = tables(desk)
    assert rebuild(desk.connection).rewritten == 0
    spoil(
        desk,
        "DELETE FROM ticket WHERE rowid % 2",
        "UPDATE ticket SET document = '{}'",
        "INSERT INTO business_day VALUES ('1999-01-01', 0, NULL)",
        "DELETE FROM counter_duty",
        "UPDATE hall_state SET document = '{}'",
        "DELETE FROM company WHERE kind = 'counter'",
    )
    assert rebuild(desk.connection).rewritten >= 6
    assert tables(desk) == before
    assert examine(desk.connection).sound


@profile(deadline=None, max_examples=25, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_whatever_is_done_to_the_read_tables_a_rebuild_undoes(
    desk: Desk, data: st.DataObject
) -> None:
    before = tables(desk)
    for _ in range(data.draw(st.integers(1, 4))):
        table = data.draw(st.sampled_from(READ_TABLES))
        column = data.draw(st.sampled_from([c.name for c in table.columns]))
        kinds = (
            f"DELETE FROM {table.name} WHERE rowid % 2",  # noqa: S608 - names of ours
            f"UPDATE {table.name} SET {column} = {column} || 1 WHERE rowid = 1",  # noqa: S608 - same
        )
        spoil(desk, data.draw(st.sampled_from(kinds)))
    rebuild(desk.connection)
    assert tables(desk) == before


def test_a_log_that_cannot_be_folded_is_not_rebuilt_from(desk: Desk) -> None:
    spoil(desk, "UPDATE event SET payload = '{}' WHERE stream = 'hall:h' AND seq = 5")
    before = tables(desk)
    with pytest.raises(StoreFaultError) as fault:
        rebuild(desk.connection)
    assert fault.value.code == "store_damaged"
    assert tables(desk) == before


def test_what_others_write_during_a_rebuild_is_kept(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another process takes tickets between the fold beside the store and the write."""
    other = open_desk(tmp_path / "hall.db", KEY, desk.clock, load(), "other", durability="OFF")

    def late(connection: sa.Connection) -> object:
        work(other, 2)
        return writing(connection)

    spoil(desk, "DELETE FROM ticket")
    monkeypatch.setattr("hallterm.store.doctor.writing", late)
    rebuild(desk.connection)
    monkeypatch.undo()
    other.close()
    assert examine(desk.connection).sound
    counted = desk.connection.exec_driver_sql("SELECT count(*) FROM ticket").scalar()
    assert counted == 4 + 3 + 2


def test_roles_in_any_order_are_the_same(desk: Desk) -> None:
    hire(desk, INSTALLER, "0003", "赵静", frozenset(Role) - {Role.KIOSK}, "730264")
    turned = (
        "UPDATE company SET document = replace(replace(replace(document, 'greeter', '@'),"
        " 'clerk', 'greeter'), '@', 'clerk') WHERE id = '0003'"
    )
    before = tables(desk)
    spoil(desk, turned)
    assert tables(desk) != before
    assert examine(desk.connection).sound
