"""Whoever leaves a screen while the desk is still at work for it gets no fault from that."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from hallterm.clock import ManualClock
from hallterm.domain.refusal import Refusal, refuse
from hallterm.screens.keyed import Keyed
from hallterm.screens.request import RequestScreen
from tests.screens.desk_room import Room, opened_room, press, said, settled, shown
from tests.screens.request_room import at_store_manager, chain, inbox
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
        story = pilot.app.screen
        assert isinstance(story, RequestScreen)
        assert await story.ask(lambda: "seen") == "seen"
        await press(pilot, "escape")
        assert "到哪一步" in shown(pilot)
        assert await story.ask(lambda: "too late") is None
        assert await story.look(lambda: "too late") is None
        assert await story.ask(moved_on) is None
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
        story = pilot.app.screen
        assert isinstance(story, Keyed)

        async def step() -> None:
            await story.ask(slow)
            story.say("晚到的一句")

        story.run_worker(step(), group="commands")
        while not holding.is_set():
            await pilot.pause()
        removing = story.dismiss()
        held.set()
        await removing
        await settled(pilot)
        assert pilot.app.is_running
        assert "到哪一步" in shown(pilot)
