"""This process's copy of the hall, when reading goes wrong half-way."""

from collections.abc import Iterator
from pathlib import Path
from unittest import mock

import pytest
import sqlalchemy as sa

from hallterm.clock import ManualClock
from hallterm.desk import replica
from hallterm.desk.accounts import sign_in
from hallterm.desk.desk import Desk
from hallterm.domain.stream import Fact
from hallterm.store.log import company_facts_after
from tests.support.hall import enter, quick_pins
from tests.support.rulebook import CLERK

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
