"""Pictures of special requests. The clock stands still."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from textual.screen import Screen

from hallterm.clock import ManualClock
from hallterm.domain.actor import Actor
from hallterm.styles.themes import DEFAULT, SIXTEEN
from tests.screens.desk_room import Room, opened_room, pass_time, press, settled
from tests.screens.request_room import (
    at_account_manager,
    at_hall,
    at_store_manager,
    chain,
    inbox,
    several,
    story,
)
from tests.screens.test_desk_snapshots import SIZES
from tests.screens.test_snapshots import Compare
from tests.support.hall import quick_pins
from tests.support.requests import ACCOUNT_MANAGER
from tests.support.rulebook import CLERK, STORE_MANAGER

Make = Callable[[Room], Callable[[], Screen[None]]]


def _inbox(room: Room) -> Callable[[], Screen[None]]:
    several(room)
    return lambda: inbox(room)


def _empty(room: Room) -> Callable[[], Screen[None]]:
    return lambda: inbox(room)


def _story(make: Callable[[Room], str]) -> Make:
    def made(room: Room) -> Callable[[], Screen[None]]:
        request_id = make(room)
        return lambda: story(room, request_id)

    return made


PICTURES: dict[str, tuple[Actor, Make, list[str]]] = {
    "empty": (CLERK, _empty, []),
    "inbox": (CLERK, _inbox, []),
    "opening": (CLERK, _empty, ["f2", *"zhang", "enter", "1"]),
    "kinds": (CLERK, _empty, ["f2", *"zhang", "enter"]),
    "manager": (STORE_MANAGER, _story(at_store_manager), []),
    "decline": (STORE_MANAGER, _story(at_store_manager), ["2"]),
    "grant": (STORE_MANAGER, _story(at_store_manager), ["1"]),
    "phone": (CLERK, _story(at_store_manager), ["1"]),
    "pin": (CLERK, _story(at_store_manager), ["f2"]),
    "keeper": (ACCOUNT_MANAGER, _story(at_account_manager), []),
    "gate": (CLERK, _story(at_hall), []),
    "more": (CLERK, _story(at_hall), ["f4"]),
    "call": (CLERK, _story(at_hall), ["4"]),
}


@pytest.fixture
def rooms(store: Path, clock: ManualClock) -> Iterator[Callable[[Actor], Room]]:
    with quick_pins(), ExitStack() as stack:

        def make(actor: Actor) -> Room:
            room = stack.enter_context(opened_room(store, clock, actor))
            room.people()
            chain(room)
            return room

        yield make


@SIZES
@pytest.mark.parametrize("name", PICTURES)
def test_pictures(
    rooms: Callable[[Actor], Room], snap_compare: Compare, name: str, size: tuple[int, int]
) -> None:
    actor, make, keys = PICTURES[name]
    room = rooms(actor)
    first = make(room)

    async def run(pilot: object) -> None:
        await settled(pilot)  # type: ignore[arg-type]  # the plugin passes a pilot of our app
        await press(pilot, *keys)  # type: ignore[arg-type]  # as above
        await pass_time(room, pilot, 1)  # type: ignore[arg-type]  # as above

    assert snap_compare(room.app(first), terminal_size=size, run_before=run)


@pytest.mark.parametrize("name", ["inbox", "gate"])
@pytest.mark.parametrize(
    ("size", "theme"), [((200, 60), DEFAULT), ((80, 24), SIXTEEN)], ids=["200x60", "16-colours"]
)
def test_pictures_on_other_terminals(
    rooms: Callable[[Actor], Room],
    snap_compare: Compare,
    name: str,
    size: tuple[int, int],
    theme: str,
) -> None:
    actor, make, keys = PICTURES[name]
    room = rooms(actor)
    first = make(room)

    async def run(pilot: object) -> None:
        await settled(pilot)  # type: ignore[arg-type]  # the plugin passes a pilot of our app
        await press(pilot, *keys)  # type: ignore[arg-type]  # as above
        await pass_time(room, pilot, 1)  # type: ignore[arg-type]  # as above

    assert snap_compare(room.app(first, theme), terminal_size=size, run_before=run)
