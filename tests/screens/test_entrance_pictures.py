"""Pictures of the entrance: sign-in, seat, lock, fault, wizard, office; and its themes."""

from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path

import pytest
from textual.pilot import Pilot

from hallterm.clock import ManualClock, SystemClock
from hallterm.configuration import load
from hallterm.domain.actor import Actor
from hallterm.domain.counter.commands import PauseCounter
from hallterm.domain.roles import Role
from hallterm.domain.ticket.words import PauseReason
from hallterm.screens.desk_runner import DeskRunner
from hallterm.screens.fault import FaultScreen
from hallterm.screens.hall_app import HallApp
from hallterm.screens.session import Opened, TrainingAccount
from hallterm.screens.setup.draft_book import DraftBook
from hallterm.screens.setup.wizard import Wizard
from hallterm.screens.shell import Shell
from hallterm.screens.sign_in import SignIn
from hallterm.settings import Settings, load_settings
from hallterm.store.faults import StoreFaultError
from tests.screens.desk_room import still
from tests.screens.entrance_room import (
    EntranceRoom,
    entrance,
    press,
    settled,
    sign_in,
    type_in,
)
from tests.screens.sample import FrozenClock
from tests.screens.test_snapshots import Compare
from tests.support.hall import sit
from tests.support.rulebook import ADMINISTRATOR, CLERK, COLLEAGUE, FIRST, SECOND, STORE_MANAGER

Steps = Callable[[Pilot[None]], Awaitable[None]]
SIZES = pytest.mark.parametrize("size", [(80, 24), (120, 36)], ids=["80x24", "120x36"])
DARK_AND_POOR = pytest.mark.parametrize("theme", ["dark", "light", "sixteen"])


@pytest.fixture
def room(store: Path, clock: ManualClock) -> Iterator[EntranceRoom]:
    """A terminal on a hall with two people at counters."""
    with entrance(store, clock) as opened:
        sit(opened.desk, COLLEAGUE, FIRST)
        sit(opened.desk, STORE_MANAGER, SECOND)
        opened.desk.act(COLLEAGUE, PauseCounter(counter_id=FIRST, reason=PauseReason.LUNCH))
        yield opened


def signed_in(actor: Actor, *keys: str) -> Steps:
    """Sign somebody in, then press keys."""

    async def run(pilot: Pilot[None]) -> None:
        await sign_in(pilot, actor)
        await press(pilot, *keys)
        still(pilot)

    return run


@DARK_AND_POOR
def test_sign_in(snap_compare: Compare, room: EntranceRoom, theme: str) -> None:
    async def run(pilot: Pilot[None]) -> None:
        await sign_in(pilot, CLERK, "999999")
        await pilot.press("2", "4")
        await settled(pilot)
        still(pilot)

    assert snap_compare(room.app(theme), run_before=run)


def test_sign_in_of_the_training_hall(snap_compare: Compare, clock: ManualClock) -> None:
    accounts = (
        TrainingAccount("1001", "李明", (Role.CLERK,)),
        TrainingAccount("8001", "郑浩", (Role.ADMINISTRATOR, Role.CLERK)),
    )
    frozen = FrozenClock()
    shell = Shell(frozen, DeskRunner(), ticking=False)
    zone = frozen.now().local.tzinfo
    assert zone is not None
    shell.opened = Opened("演练厅", zone, clock, 10, 6, accounts, "246810")
    shell.standing.hall = "演练厅"
    assert snap_compare(HallApp(shell, SignIn, "dark"), run_before=quietly)


async def quietly(pilot: Pilot[None]) -> None:
    await settled(pilot)
    still(pilot)


@SIZES
def test_seat(snap_compare: Compare, room: EntranceRoom, size: tuple[int, int]) -> None:
    assert snap_compare(room.app(), terminal_size=size, run_before=signed_in(CLERK))


def test_seat_held_from_before(snap_compare: Compare, room: EntranceRoom) -> None:
    sit(room.desk, CLERK, "c2", "before")
    assert snap_compare(room.app("sixteen"), run_before=signed_in(CLERK))


@pytest.mark.parametrize("keys", [(), ("f9",)], ids=["locked", "manager"])
def test_lock(snap_compare: Compare, room: EntranceRoom, keys: tuple[str, ...]) -> None:
    assert snap_compare(room.app(), run_before=signed_in(CLERK, "ctrl+l", *keys))


def test_places(snap_compare: Compare, room: EntranceRoom) -> None:
    assert snap_compare(room.app(), run_before=signed_in(STORE_MANAGER, "ctrl+n"))


OFFICE = {
    "office": (),
    "counters": ("2",),
    "counter": ("2", "1"),
    "staff": ("3",),
    "hire": ("3", "f2"),
    "roles": ("3", "1"),
    "businesses": ("4", "2"),
}
"""What an administrator presses to come there."""


@pytest.mark.parametrize("place", OFFICE)
def test_office(snap_compare: Compare, room: EntranceRoom, place: str) -> None:
    assert snap_compare(room.app(), run_before=signed_in(ADMINISTRATOR, *OFFICE[place]))


@DARK_AND_POOR
def test_fault(snap_compare: Compare, theme: str) -> None:
    fault = StoreFaultError("key_missing", "/srv/hall/hall.key")
    shell = Shell(FrozenClock(), DeskRunner(), ticking=False)
    assert snap_compare(HallApp(shell, lambda: FaultScreen(fault), theme), run_before=quietly)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings of a terminal without a hall."""
    return load_settings({"HALLTERM_CONFIG": str(tmp_path)})


@SIZES
@pytest.mark.parametrize("done", [0, 3, 7], ids=["hall", "administrator", "overview"])
def test_wizard(
    snap_compare: Compare, settings: Settings, size: tuple[int, int], done: int
) -> None:
    texts = ("新街营业厅", "0900", "1730", "0001", "王芳", "975310", "975310")

    async def run(pilot: Pilot[None]) -> None:
        await settled(pilot)
        for text in texts[:done]:
            await type_in(pilot, text)
        if done == len(texts):
            await press(pilot, "f5", "2", "escape")
        still(pilot)

    shell = Shell(FrozenClock(), DeskRunner(), ticking=False)
    book = DraftBook(load(), SystemClock(), "test")
    app = HallApp(shell, lambda: Wizard(settings, book), "dark")
    assert snap_compare(app, terminal_size=size, run_before=run)
