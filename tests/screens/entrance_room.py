"""The app with a person at it, on a founded hall; time stands still until a test moves it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from textual.pilot import Pilot
from textual.screen import Screen

from hallterm.clock import ManualClock
from hallterm.domain.actor import Actor
from hallterm.screens.desk_runner import DeskRunner
from hallterm.screens.entrance_desk import EntranceDesk
from hallterm.screens.hall_app import HallApp
from hallterm.screens.opening import opened_of
from hallterm.screens.shell import Shell
from hallterm.screens.sign_in import SignIn
from hallterm.screens.widgets.news import News
from tests.screens.desk_room import RoomClock
from tests.support.hall import enter, quick_pins
from tests.support.rulebook import PIN


class EntranceRoom:
    """A terminal on a store; a second one on the same store is another terminal."""

    def __init__(self, path: Path, clock: ManualClock, device: str = "test") -> None:
        self.clock = clock
        self.desk = enter(path, clock, device=device)
        self.door = EntranceDesk(self.desk, lambda: enter(path, clock, device=device))

    def app(self, theme: str = "dark") -> HallApp:
        """Return the app at its sign-in."""
        shell = Shell(RoomClock(self.clock, self.desk), DeskRunner(), ticking=False)
        opened = opened_of(self.desk, self.clock)
        return HallApp(shell, SignIn, theme, opener=lambda: (self.door, opened), real_clock=False)

    def close(self) -> None:
        self.door.close()


@contextmanager
def entrance(path: Path, clock: ManualClock, device: str = "test") -> Iterator[EntranceRoom]:
    """A terminal for one test."""
    with quick_pins():
        room = EntranceRoom(path, clock, device)
        try:
            yield room
        finally:
            room.close()


async def settled(pilot: Pilot[None]) -> None:
    """Wait until everything that was begun is done, but for commands that ask a question."""
    app = pilot.app
    while True:
        await pilot.pause()
        asking = any(screen.is_modal for screen in app.screen_stack)
        busy = [
            worker
            for worker in app.workers
            if not worker.is_finished and not (asking and worker.group == "commands")
        ]
        if not busy:
            break
        await app.workers.wait_for_complete(busy)
    await pilot.pause()


async def press(pilot: Pilot[None], *keys: str) -> None:
    """Press keys, each after the work of the one before is done."""
    for key in keys:
        await pilot.press(key)
        await settled(pilot)


async def type_in(pilot: Pilot[None], text: str) -> None:
    """Type a text and Enter."""
    await pilot.press(*text)
    await press(pilot, "enter")


async def sign_in(pilot: Pilot[None], actor: Actor, pin: str = PIN) -> None:
    """Sign somebody in."""
    await settled(pilot)
    await type_in(pilot, actor.staff_id)
    await type_in(pilot, pin)


async def pass_time(pilot: Pilot[None], clock: ManualClock, seconds: float) -> None:
    """Move the clock, and let the app notice."""
    clock.advance(seconds)
    app = pilot.app
    assert isinstance(app, HallApp)
    app.tick()
    await settled(pilot)


def said(app: HallApp) -> str:
    """What stands in the news line of the screen on top."""
    return app.screen.query_one(News).text


def top(app: HallApp) -> type[Screen[object]]:
    """Which screen is on top."""
    return type(app.screen)
