"""Erasing a customer through the desk."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from hallterm.clock import ManualClock
from hallterm.desk import persons
from hallterm.desk.desk import Desk
from hallterm.desk.erasing import erase
from hallterm.domain.person.commands import EraseReason
from hallterm.domain.person.details import ConsentWay
from hallterm.store.doctor import examine
from hallterm.store.persons.erasing import scrub
from tests.support.hall import done, enter, refused
from tests.support.rulebook import CLERK, DUTY_MANAGER
from tests.support.sync_hall import SyncHall

REASON = EraseReason.REQUESTED


def recorded(desk: Desk) -> str:
    raw = {"name": "张伟", "phone": "13800131234"}
    view = persons.record(desk, CLERK, raw, ConsentWay.SPOKEN)
    assert isinstance(view, persons.PersonView)
    return view.person_id


def test_a_manager_erases_and_the_log_still_adds_up(desk: Desk) -> None:
    person_id = recorded(desk)
    assert refused(erase(desk, CLERK, person_id, REASON)) == "role_not_allowed"
    done(erase(desk, DUTY_MANAGER, person_id, REASON))
    assert persons.get(desk, CLERK, person_id) is None
    assert persons.search(desk, CLERK, "张伟").rows == ()
    again = persons.change(desk, CLERK, person_id, 1, {"name": "张三"})
    assert refused(again) == "person_erased"
    assert done(erase(desk, DUTY_MANAGER, person_id, REASON)).events == ()
    report = examine(desk.connection)
    assert report.sound, report.findings
    assert recorded(desk) != person_id, "the number is free again"


def test_nobody_is_erased_who_is_not_there(desk: Desk) -> None:
    assert refused(erase(desk, DUTY_MANAGER, "nobody", REASON)) == "person_unknown"


def test_an_erasure_that_was_only_half_applied_is_found(desk: Desk) -> None:
    person_id = recorded(desk)
    done(erase(desk, DUTY_MANAGER, person_id, REASON))
    desk.connection.exec_driver_sql("DELETE FROM person_tombstone")
    desk.connection.commit()
    assert "person_not_erased" in examine(desk.connection).counts


def test_another_process_sees_it_gone(desk: Desk, store: Path) -> None:
    person_id = recorded(desk)
    other = enter(store, device="other")
    done(erase(desk, DUTY_MANAGER, person_id, REASON))
    other.refresh()
    assert persons.get(other, CLERK, person_id) is None
    other.close()


@pytest.fixture
def hall(founded_store: Path, tmp_path: Path, clock: ManualClock) -> Iterator[SyncHall]:
    made = SyncHall(founded_store, tmp_path, clock, 2)
    made.sync()
    yield made
    made.close()


def test_every_terminal_erases_what_the_home_has_confirmed(hall: SyncHall) -> None:
    first, second = hall.desks
    person_id = recorded(first)
    hall.sync()
    hall.sync()
    assert persons.get(second, CLERK, person_id) is not None
    done(erase(second, DUTY_MANAGER, person_id, REASON))
    assert persons.get(second, CLERK, person_id) is not None, "not before it is a fact"
    changed = persons.change(first, CLERK, person_id, 1, {"name": "张伟民"})
    assert isinstance(changed, persons.PersonView)
    hall.push(1)
    hall.sync()
    assert scrub(hall.hub.connection)
    for desk in (hall.hub, first, second):
        assert persons.get(desk, CLERK, person_id) is None
        count = "SELECT count(*) FROM person_tombstone WHERE scrubbed"
        assert desk.connection.exec_driver_sql(count).scalar() == 1
        desk.connection.rollback()
    hall.assert_equal()
