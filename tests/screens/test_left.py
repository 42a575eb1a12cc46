"""Whoever leaves a screen while the desk is still at work for it gets no fault from that."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from hallterm.clock import ManualClock
from hallterm.desk import requests
from hallterm.domain.refusal import Refusal, refuse
from hallterm.screens.keyed import Keyed
from hallterm.screens.request import RequestScreen
from hallterm.screens.widgets.act_grid import ActGrid
from tests.screens.desk_room import Room, opened_room, press, said, settled, shown
from tests.screens.piled import pile_up
from tests.screens.request_room import at_store_manager, chain, inbox, story
from tests.support.hall import quick_pins
from tests.support.rulebook import CLERK


@pytest.fixture
def room(store: Path, clock: ManualClock) -> Iterator[Room]:
    with quick_pins(), opened_room(store, clock, CLERK) as made:
        made.people()
        chain(made)
        yield made


def moved_on() -> Refusal:
    return refuse("request_moved_on", number="2026-0001", stage="closed")


async def test_a_late_answer_goes_nowhere_and_a_late_word_to_the_screen_in_front(
    room: Room,
) -> None:
    at_store_manager(room)
    async with room.app(lambda: inbox(room)).run_test() as pilot:
        await settled(pilot)
        await press(pilot, "enter")
        left = pilot.app.screen
        assert isinstance(left, RequestScreen)
        assert await left.ask(lambda: "seen") == "seen"
        await press(pilot, "escape")
        assert "到哪一步" in shown(pilot)
        assert await left.ask(lambda: "too late") is None
        assert await left.look(lambda: "too late") is None
        assert await left.ask(moved_on) is None
        assert "2026-0001" in said(pilot)


async def test_a_step_that_ends_after_its_screen_was_left_does_not_end_the_app(
    room: Room,
) -> None:
    at_store_manager(room)
    held, holding = threading.Event(), threading.Event()

    def slow() -> None:
        holding.set()
        held.wait(20)

    async with room.app(lambda: inbox(room)).run_test() as pilot:
        await settled(pilot)
        await press(pilot, "enter")
        left = pilot.app.screen
        assert isinstance(left, Keyed)

        async def step() -> None:
            await left.ask(slow)
            left.say("晚到的一句")

        left.run_worker(step(), group="commands")
        while not holding.is_set():
            await pilot.pause()
        removing = left.dismiss()
        held.set()
        await removing
        await settled(pilot)
        assert pilot.app.is_running
        assert "到哪一步" in shown(pilot)


async def test_a_form_is_filled_in_once_however_often_it_is_finished(room: Room) -> None:
    request_id = at_store_manager(room)
    async with room.app(lambda: story(room, request_id)).run_test() as pilot:
        await settled(pilot)
        place = pilot.app.screen.query_one(ActGrid).titles.index("告知进度") + 1
        await press(pilot, str(place), *"abc", "tab")
        pile_up(pilot.app, "enter", "f9", "f9")
        await settled(pilot)
        found = requests.get(room.desk, request_id)
        assert found is not None
        assert [move.event for move in found.moves].count("request_told") == 1
        assert isinstance(pilot.app.screen, RequestScreen)
