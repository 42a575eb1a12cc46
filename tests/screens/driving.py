"""Driving an app as a person does: press, and wait until the work is done."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

from textual.pilot import Pilot
from textual.screen import Screen

from hallterm.screens.app import HalltermApp
from hallterm.screens.display import DisplayApp
from hallterm.screens.keyed import Keyed
from hallterm.screens.widgets.key_bar import KeyBar
from hallterm.screens.widgets.news import News, Tone
from tests.screens.apps import make_app
from tests.screens.sample import FrozenClock


async def settle(pilot: Pilot[None]) -> None:
    """Wait until the work is done. Work that waits for a person is left waiting."""
    app = pilot.app
    assert isinstance(app, HalltermApp | DisplayApp)
    while True:
        await pilot.pause()
        # A command of a screen under a question waits for the answer.
        if all(
            worker.is_finished or (worker.group != "poll" and worker.node is not app.screen)
            for worker in app.workers
        ):
            break
        await app.runner.run(int)
        await app.runner.look(int)
    await pilot.pause()


def pressing(*keys: str) -> Callable[[Pilot[None]], Awaitable[None]]:
    """Return what a snapshot runs first: press keys, each after the work of the one before."""

    async def run(pilot: Pilot[None]) -> None:
        await settle(pilot)
        for key in keys:
            await pilot.press(key)
            await settle(pilot)

    return run


@dataclass
class Driver:
    """One running app."""

    app: HalltermApp
    pilot: Pilot[None]
    clock: FrozenClock

    @property
    def screen(self) -> Keyed[object, object]:
        screen = self.app.screen
        assert isinstance(screen, Keyed)
        return screen

    def at(self, kind: type[object]) -> bool:
        """Whether such a screen is on top."""
        return isinstance(self.app.screen, kind)

    @property
    def news(self) -> str:
        return self.app.screen.query_one(News).text

    @property
    def tone(self) -> Tone:
        return self.app.screen.query_one(News).tone

    @property
    def keys(self) -> list[str]:
        return self.app.screen.query_one(KeyBar).shown

    @property
    def hints(self) -> dict[str, str]:
        return dict(self.app.screen.query_one(News).hints)

    async def press(self, *keys: str) -> None:
        await pressing(*keys)(self.pilot)

    async def pass_time(self, seconds: float) -> None:
        self.clock.advance(seconds)
        self.app.tick()
        await settle(self.pilot)


@asynccontextmanager
async def driving(
    first: Callable[[], Screen[None]], size: tuple[int, int] = (80, 24), theme: str = "dark"
) -> AsyncIterator[Driver]:
    """Run an app with a frozen clock."""
    app = make_app(first, theme)
    clock = app.shell.clock
    assert isinstance(clock, FrozenClock)
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        yield Driver(app, pilot, clock)
