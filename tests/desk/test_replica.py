"""This process's copy of the hall, when reading goes wrong half-way."""

from collections.abc import Iterator
from pathlib import Path
from unittest import mock

import pytest
import sqlalchemy as sa

from hallterm.clock import ManualClock
from hallterm.desk import replica
from hallterm.desk.accounts import sign_in
from hallterm.desk.calling import call_next
from hallterm.desk.desk import Desk
from hallterm.domain.stream import Fact
from hallterm.store.connection import close_connection, open_connection, writing
from hallterm.store.faults import StoreFaultError
from hallterm.store.log import company_facts_after, facts_after, hall_stream
from hallterm.store.migrations import MIGRATIONS
from tests.support.hall import KEY, enter, quick_pins, take
from tests.support.rulebook import CLERK, PROFILE

STREAM = hall_stream(PROFILE.id)
BROKEN = "the disk broke off"


def wrong_pins(desk: Desk) -> int:
    """Return how many wrong PINs this desk has counted."""
    return desk.replica.company.staff[CLERK.staff_id].wrong_pins


def test_a_fault_half_way_counts_nothing_twice(store: Path, clock: ManualClock) -> None:
    desk, other = enter(store, clock), enter(store, clock)
    with quick_pins():
        sign_in(other, CLERK.staff_id, "111999")
        sign_in(other, CLERK.staff_id, "111999")

    def breaks_off(connection: sa.Connection, after: int) -> Iterator[Fact]:
        yield next(company_facts_after(connection, after))
        raise OSError(BROKEN)

    broken = pytest.raises(OSError, match=BROKEN)
    with mock.patch.object(replica, "company_facts_after", breaks_off), broken:
        desk.refresh()
    desk.refresh()
    assert wrong_pins(desk) == wrong_pins(other) == 2
    desk.close()
    other.close()


def upgraded(store: Path) -> None:
    """Let a later hallterm bring the store to its shape."""
    connection = open_connection(store, KEY)
    connection.exec_driver_sql(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
    close_connection(connection)


def learnt(store: Path, change: str) -> None:
    """Let a later hallterm write the last event of the hall as only it knows it."""
    connection = open_connection(store, KEY)
    with writing(connection):
        last = "(SELECT max(rowid) FROM event WHERE stream = ?)"
        statement = f"UPDATE event SET {change} WHERE rowid = {last}"  # noqa: S608 - our own words
        connection.exec_driver_sql(statement, (STREAM,))
    close_connection(connection)


def test_a_store_upgraded_meanwhile_is_neither_read_nor_written(
    store: Path, clock: ManualClock
) -> None:
    desk, other = enter(store, clock), enter(store, clock, device="other")
    take(other)
    upgraded(store)
    for attempt in (desk.refresh, lambda: take(desk), lambda: call_next(desk, CLERK)):
        with pytest.raises(StoreFaultError) as told:
            attempt()
        assert told.value.code == "store_newer"
    desk.close()
    other.close()
    connection = open_connection(store, KEY)
    assert len(list(facts_after(connection, STREAM, 0))) == 2, "day and ticket, nothing since"
    close_connection(connection)


@pytest.mark.parametrize(
    "change",
    [
        "type = 'ticket_praised'",
        "version = 9, payload = json_insert(payload, '$.scent', 'roses')",
    ],
)
def test_an_event_that_only_a_later_hallterm_knows_is_told_as_such(
    store: Path, clock: ManualClock, change: str
) -> None:
    desk, other = enter(store, clock), enter(store, clock, device="other")
    take(other)
    learnt(store, change)
    with pytest.raises(StoreFaultError) as told:
        desk.refresh()
    assert told.value.code == "store_newer"
    desk.close()
    other.close()
