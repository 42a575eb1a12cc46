"""The inbox says what waits of the forms' mail and faxes, to those who have forms in hand."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.widgets import Static

from hallterm.clock import ManualClock
from hallterm.desk.sending import settle
from hallterm.domain.actor import Actor
from hallterm.store.post.spool import LetterState
from tests.screens.desk_room import Room, opened_room, pass_time, settled
from tests.screens.request_room import chain, inbox, several
from tests.support.hall import quick_pins
from tests.support.letters import put_letters
from tests.support.rulebook import CLERK, STORE_MANAGER


def room_of(store: Path, clock: ManualClock, actor: Actor) -> Iterator[Room]:
    with quick_pins(), opened_room(store, clock, actor) as room:
        room.people()
        chain(room)
        several(room)
        yield room


@pytest.fixture
def manager(store: Path, clock: ManualClock) -> Iterator[Room]:
    yield from room_of(store, clock, STORE_MANAGER)


@pytest.fixture
def clerk(store: Path, clock: ManualClock) -> Iterator[Room]:
    yield from room_of(store, clock, CLERK)


async def test_a_doubtful_letter_is_seen_until_it_is_settled(manager: Room) -> None:
    put_letters(manager.desk, state=LetterState.UNCERTAIN)
    async with manager.app(lambda: inbox(manager)).run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        line = pilot.app.screen.query_one("#post", Static)
        assert str(line.content).strip() == "邮件传真  1 封信要人处理"
        settle(manager.desk, STORE_MANAGER, "l0", arrived=True)
        await pass_time(manager, pilot, 1)
        assert not line.display


async def test_nothing_is_said_while_nothing_waits(manager: Room) -> None:
    async with manager.app(lambda: inbox(manager)).run_test() as pilot:
        await settled(pilot)
        assert not pilot.app.screen.query_one("#post", Static).display


async def test_a_clerk_has_no_forms_in_hand(clerk: Room) -> None:
    put_letters(clerk.desk, state=LetterState.UNCERTAIN)
    async with clerk.app(lambda: inbox(clerk)).run_test() as pilot:
        await settled(pilot)
        assert not pilot.app.screen.query_one("#post", Static).display
