"""Pictures of the ticket desk, the customer panel and the end of day. The clock stands still."""

from collections.abc import Awaitable, Callable, Iterator, Sequence
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.screen import Screen

from hallterm.clock import ManualClock
from hallterm.screens.shell import Bars
from tests.screens.desk_room import (
    Room,
    morning,
    opened_room,
    pass_time,
    press,
    queue,
    settled,
    still,
)
from tests.screens.test_snapshots import Compare
from tests.support.rulebook import GREETER, STORE_MANAGER

Keys = Sequence[str | float]
"""Keys, and seconds that pass between them."""
First = Callable[[Room], Screen[None]]

SIZES = pytest.mark.parametrize("size", [(80, 24), (120, 36)], ids=lambda s: f"{s[0]}x{s[1]}")


class Camera:
    """Runs keys on a screen and compares the picture."""

    def __init__(self, room: Room, compare: Compare) -> None:
        self.room = room
        self._compare = compare

    def sees(
        self,
        first: First,
        keys: Keys,
        size: tuple[int, int] = (80, 24),
        theme: str = "dark",
        bars: Bars = Bars.PAINT,
    ) -> bool:
        app = self.room.app(lambda: first(self.room), theme, bars)
        return self._compare(app, terminal_size=size, run_before=self._pressing(keys))

    def _pressing(self, keys: Keys) -> Callable[[Pilot[None]], Awaitable[None]]:
        async def run(pilot: Pilot[None]) -> None:
            await settled(pilot)
            for key in keys:
                if isinstance(key, str):
                    await press(pilot, key)
                else:
                    await pass_time(self.room, pilot, key)
            still(pilot)

        return run


@pytest.fixture
def camera(store: Path, clock: ManualClock, snap_compare: Compare) -> Iterator[Camera]:
    with opened_room(store, clock, GREETER) as room:
        room.people()
        yield Camera(room, snap_compare)


@pytest.fixture
def managers(store: Path, clock: ManualClock, snap_compare: Compare) -> Iterator[Camera]:
    with opened_room(store, clock, STORE_MANAGER) as room:
        room.people()
        yield Camera(room, snap_compare)


def tickets(room: Room) -> Screen[None]:
    return room.tickets_screen()


def customer(room: Room) -> Screen[None]:
    return room.customer_screen("单雄信")


def end_of_day(room: Room) -> Screen[None]:
    return room.end_of_day()


TICKETS: dict[str, Keys] = {
    "empty": [],
    "found": [*"1234"],
    "nobody": [*"13333"],
    "walk-in": ["f2", 65.0, "0"],
    "vip": [*"1234", "enter", 12.0, *"0302", "f5", "2"],
    "care": [*"1234", "down", "enter", *"06", "f6", "1", "6"],
    "issued": ["f2", *"02", "enter"],
    "new-customer": [*"15599990000", "f4"],
    "agent": ["f2", "f7", *"9999"],
}
AFTER_A_WHILE: dict[str, Keys] = {
    "already-waiting": [*"1234", "down", "enter"],
    "pick": ["f10"],
    "offers": ["f10", "G", "enter"],
    "upgrade": ["f10", *"A001", "enter", "2", "2"],
    "downgrade": ["f10", *"G001", "enter", "3", "5"],
}
CUSTOMER: dict[str, Keys] = {
    "panel": [],
    "changes": ["f6"],
    "whole": ["f5", "1", "1"],
    "form": ["f2", "down", *"123", "f9"],
    "finder": ["f3", *"1234"],
}
DAY: dict[str, Keys] = {
    "open": [],
    "all": ["f4", "1"],
    "at-counter": ["1"],
    "settled": ["1", 1.0, "f9", "1", "1"],
    "close": ["1", 1.0, "f9", "1", "1", "f10"],
    "earlier": ["1", 1.0, "f9", "1", "1", "f10", 1.0, "f9", "f6"],
    "day": ["1", 1.0, "f9", "1", "1", "f10", 1.0, "f9", "f6", "enter"],
}


@SIZES
@pytest.mark.parametrize("name", TICKETS)
def test_ticket_desk(camera: Camera, name: str, size: tuple[int, int]) -> None:
    assert camera.sees(tickets, TICKETS[name], size)


@pytest.mark.parametrize("name", AFTER_A_WHILE)
def test_issued_tickets(camera: Camera, name: str) -> None:
    morning(camera.room)
    assert camera.sees(tickets, AFTER_A_WHILE[name])


@SIZES
@pytest.mark.parametrize("name", CUSTOMER)
def test_customer(managers: Camera, name: str, size: tuple[int, int]) -> None:
    morning(managers.room)
    assert managers.sees(customer, CUSTOMER[name], size)


@SIZES
@pytest.mark.parametrize("name", DAY)
def test_end_of_day(managers: Camera, name: str, size: tuple[int, int]) -> None:
    morning(managers.room)
    assert managers.sees(end_of_day, DAY[name], size)


@pytest.mark.parametrize("name", ["vip", "found", "issued"])
def test_ticket_desk_in_sixteen_colours(camera: Camera, name: str) -> None:
    assert camera.sees(tickets, TICKETS[name], theme="sixteen")


def test_large_figures_without_paint(camera: Camera) -> None:
    queue(camera.room)
    assert camera.sees(tickets, TICKETS["issued"], theme="sixteen", bars=Bars.ASCII)


@pytest.mark.parametrize("theme", ["light", "high-contrast", "colour-blind-safe"])
def test_ticket_desk_in_every_theme(camera: Camera, theme: str) -> None:
    assert camera.sees(tickets, TICKETS["vip"], theme=theme)


def test_customer_in_sixteen_colours(managers: Camera) -> None:
    morning(managers.room)
    assert managers.sees(customer, CUSTOMER["form"], theme="sixteen")


def test_end_of_day_in_sixteen_colours(managers: Camera) -> None:
    morning(managers.room)
    assert managers.sees(end_of_day, DAY["open"], theme="sixteen")
