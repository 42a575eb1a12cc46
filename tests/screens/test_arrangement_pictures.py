"""Pictures of appointments, visits and deliveries. The clock stands still."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from hallterm.clock import ManualClock
from hallterm.desk import receptions
from tests.screens.arrangement_room import (
    a_day,
    appointments_screen,
    errands_screen,
    overbooked,
    visits,
)
from tests.screens.desk_room import opened_room
from tests.screens.test_desk_snapshots import SIZES, Camera, Keys
from tests.screens.test_snapshots import Compare
from tests.support.rulebook import CLERK, STORE_MANAGER

SOMEBODY = [*"13900135678", "enter"]
"""A diamond VIP, who is expected at eleven."""
DAY: dict[str, Keys] = {
    "day": [],
    "card": ["home", "enter"],
    "still": ["f9"],
    "tomorrow": ["f6"],
    "how": ["f2", *SOMEBODY],
    "what": ["f2", *SOMEBODY, "1"],
    "slots": ["f2", *SOMEBODY, "1", "3"],
    "confirm": ["f2", *SOMEBODY, "1", "3", "enter"],
    "booked": ["f2", *SOMEBODY, "1", "3", "enter", *"abc", "enter"],
    "moved": ["f4"],
    "arrived": ["1", "1", "f3"],
    "cancel": ["f11"],
}
VISITS: dict[str, Keys] = {
    "list": [],
    "contact": ["3"],
    "card": ["enter"],
    "call": ["3", "f3"],
    "who": ["3", "f7"],
    "not-met": ["2", "f5"],
    "outcome": ["2", "f9"],
    "when": ["f6"],
    "where": ["3", "f6", "f9"],
}


@pytest.fixture
def camera(store: Path, clock: ManualClock, snap_compare: Compare) -> Iterator[Camera]:
    with opened_room(store, clock, CLERK) as room:
        room.people()
        yield Camera(room, snap_compare)


@SIZES
@pytest.mark.parametrize("name", DAY)
def test_appointments(camera: Camera, name: str, size: tuple[int, int]) -> None:
    a_day(camera.room)
    assert camera.sees(appointments_screen, DAY[name], size)


@pytest.mark.parametrize("name", ["day", "slots"])
def test_appointments_in_sixteen_colours(camera: Camera, name: str) -> None:
    a_day(camera.room)
    assert camera.sees(appointments_screen, DAY[name], theme="sixteen")


@SIZES
@pytest.mark.parametrize("keys", [[], ["1", "4", "enter"], ["f2", *SOMEBODY, "1", "3"]])
def test_more_are_expected_than_can_be_received(
    camera: Camera, keys: Keys, size: tuple[int, int]
) -> None:
    overbooked(camera.room)
    assert camera.sees(appointments_screen, keys, size)


def test_appointments_on_a_wall(camera: Camera) -> None:
    a_day(camera.room)
    assert camera.sees(appointments_screen, [], (200, 60))


def test_a_day_without_appointments(camera: Camera) -> None:
    assert camera.sees(appointments_screen, [])


@SIZES
@pytest.mark.parametrize("name", VISITS)
def test_visits(camera: Camera, name: str, size: tuple[int, int]) -> None:
    visits(camera.room)
    assert camera.sees(errands_screen, VISITS[name], size)


def test_visits_in_sixteen_colours(camera: Camera) -> None:
    visits(camera.room)
    assert camera.sees(errands_screen, [], theme="sixteen")


def test_visits_on_a_wall(camera: Camera) -> None:
    visits(camera.room)
    assert camera.sees(errands_screen, [], (200, 60))


def test_no_visits(camera: Camera) -> None:
    assert camera.sees(errands_screen, [])


@SIZES
def test_the_ticket_desk_offers_the_appointment(camera: Camera, size: tuple[int, int]) -> None:
    a_day(camera.room)
    assert camera.sees(lambda room: room.tickets_screen(), SOMEBODY, size)


@SIZES
def test_the_customers_record_tells_what_is_arranged(camera: Camera, size: tuple[int, int]) -> None:
    a_day(camera.room)
    visits(camera.room)
    assert camera.sees(lambda room: room.customer_screen("单雄信"), [], size)


def test_the_end_of_day_tells_who_has_not_come(
    store: Path, clock: ManualClock, snap_compare: Compare
) -> None:
    with opened_room(store, clock, STORE_MANAGER) as room:
        room.people()
        a_day(room)
        receptions.escalate_due(room.desk)
        assert Camera(room, snap_compare).sees(lambda room: room.end_of_day(), ["f10"])
