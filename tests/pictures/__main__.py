"""Work in the training hall by keys, and keep what the screens show in docs/pictures."""

import asyncio
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

from textual.pilot import Pilot

from hallterm.clock import ManualClock
from hallterm.configuration import load, training_folders
from hallterm.configuration.reading import PACKAGED
from hallterm.desk.desk import Desk, open_desk
from hallterm.domain.refusal import Refusal
from hallterm.lab.training import (
    ACCOUNTS,
    KEY_NAME,
    STORE_NAME,
    create_training_hall,
    training_pin,
)
from hallterm.lab.training_day import TrainingDay, TrainingPlan
from hallterm.screens.desk_runner import DeskRunner
from hallterm.screens.entrance_desk import EntranceDesk
from hallterm.screens.hall_app import HallApp
from hallterm.screens.opening import opened_of
from hallterm.screens.picture import cell_true
from hallterm.screens.session import TrainingAccount
from hallterm.screens.shell import Shell
from hallterm.screens.sign_in import SignIn
from hallterm.store.keys import read_key
from tests.pictures.form import take_form_picture
from tests.pictures.reception import take_diversion, take_reception
from tests.screens.desk_room import RoomClock, settled

FOLDER = Path("docs/pictures")
MORNING = datetime(2026, 3, 2, 1, 40, tzinfo=UTC)
"""9:40 in the hall."""
WARMING_UP = 12 * 60
"""Seconds that the hall works before anybody looks."""


class Scene:
    """A training hall in which time moves only when it is told to."""

    def __init__(self, folder: Path) -> None:
        self.clock = ManualClock(MORNING)
        self.configuration = load(*training_folders((PACKAGED,)))
        self.folder = folder
        desk = create_training_hall(folder, self.clock, self.configuration, seed=7)
        assert not isinstance(desk, Refusal), desk
        self.desk: Desk = desk
        self.day = TrainingDay(desk, TrainingPlan(seed=7))
        self.pass_time(WARMING_UP)

    def pass_time(self, seconds: int) -> None:
        """Let the hall work on."""
        for _ in range(seconds):
            self.clock.advance(1)
            self.day.step(self.desk, self.clock.now())

    def _again(self) -> Desk:
        key = read_key(self.folder / KEY_NAME)
        store = self.folder / STORE_NAME
        return open_desk(store, key, self.clock, self.configuration, "picture")

    @asynccontextmanager
    async def app(self, columns: int, rows: int) -> AsyncIterator[Pilot[None]]:
        """Open a terminal of this size at its sign-in."""
        accounts = tuple(TrainingAccount(a.staff_id, a.name, (a.role,)) for a in ACCOUNTS)
        pin = training_pin(self.configuration)
        opened = opened_of(self.desk, self.clock, accounts, pin)
        door = EntranceDesk(self._again(), self._again)
        shell = Shell(RoomClock(self.clock, self.desk), DeskRunner(), ticking=False)
        app = HallApp(shell, SignIn, "dark", opener=lambda: (door, opened), real_clock=False)
        async with app.run_test(size=(columns, rows)) as pilot:
            await settled(pilot)
            yield pilot
        door.close()


async def press(pilot: Pilot[None], *keys: str) -> None:
    """Press keys, each after the work of the one before is done."""
    for key in keys:
        await pilot.press(key)
        await settled(pilot)


def keep(pilot: Pilot[None], name: str) -> None:
    """Write what stands on the screen as docs/pictures/NAME.svg."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    svg = cell_true(pilot.app.export_screenshot(title="hallterm"))
    (FOLDER / f"{name}.svg").write_text(svg + "\n", encoding="utf-8")


async def sign_in(scene: Scene, pilot: Pilot[None], staff_id: str) -> None:
    """Sign somebody of the training hall in."""
    await press(pilot, *staff_id, "enter", *training_pin(scene.configuration), "enter")


async def show(pilot: Pilot[None], place: str) -> None:
    """Go to a place, wherever it stands in the choice of places."""
    app = pilot.app
    assert isinstance(app, HallApp)
    app.passage.go(place)
    await settled(pilot)


async def take_pictures(scene: Scene) -> None:
    """Go through a clerk's, a greeter's and a manager's screens."""
    async with scene.app(80, 24) as pilot:
        keep(pilot, "sign-in")
        await sign_in(scene, pilot, "1001")
        await press(pilot, "3", "enter", "f2", "f4")
        scene.clock.advance(252)
        app = pilot.app
        assert isinstance(app, HallApp)
        app.tick()
        await settled(pilot)
        keep(pilot, "counter")
    async with scene.app(120, 36) as pilot:
        await sign_in(scene, pilot, "1001")
        await press(pilot, "enter", "f9")
        keep(pilot, "counter-wide")
    async with scene.app(80, 24) as pilot:
        await sign_in(scene, pilot, "2001")
        await press(pilot, *"13")
        keep(pilot, "ticket-desk")
    async with scene.app(120, 36) as pilot:
        await sign_in(scene, pilot, "2001")
        await show(pilot, "appointments")
        keep(pilot, "appointments")
        await show(pilot, "errands")
        keep(pilot, "visits")
    async with scene.app(120, 36) as pilot:
        await sign_in(scene, pilot, "3001")
        keep(pilot, "board")


def main() -> None:
    """Take every picture anew."""
    with tempfile.TemporaryDirectory(prefix="hallterm-pictures-") as folder:
        scene = Scene(Path(folder))
        asyncio.run(take_pictures(scene))
        asyncio.run(take_reception(scene))
        asyncio.run(take_diversion(scene))
        scene.desk.close()
    take_form_picture(FOLDER)


if __name__ == "__main__":
    main()
