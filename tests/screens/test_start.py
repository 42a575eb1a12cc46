"""Starting: light until the first frame, problems told before it, the training hall behind it."""

import subprocess
import sys
from pathlib import Path

import pytest

from hallterm.clock import ScaledClock
from hallterm.screens.commands.table import PLACES
from hallterm.screens.counter import CounterScreen
from hallterm.screens.desk_runner import DeskRunner
from hallterm.screens.hall_app import HallApp
from hallterm.screens.shell import Shell
from hallterm.screens.sign_in import SignIn
from hallterm.screens.start import KEYMAP_FILE, run_hall
from hallterm.screens.training import open_training
from hallterm.settings import load_settings
from tests.screens.entrance_room import press, settled, top, type_in
from tests.screens.sample import FrozenClock
from tests.support.hall import quick_pins

HEAVY = ("pydantic", "sqlalchemy", "sqlmodel", "sqlcipher3", "httpx", "argon2", "pypinyin")


@pytest.mark.parametrize("place", sorted(PLACES.keys() - {"dialog"}))
def test_no_key_means_two_things_on_a_screen(place: str) -> None:
    commands = dict.fromkeys((*PLACES[place], *PLACES["session"], *PLACES["general"]))
    keys = [key for command in commands for key in command.keys]
    assert sorted(keys) == sorted(set(keys))


def test_nothing_heavy_is_loaded_before_the_first_frame() -> None:
    code = (
        "import sys, hallterm.settings, hallterm.screens.start\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules])"
    )
    command = [sys.executable, "-c", code]
    shown = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603 - our own Python
    assert shown.stdout.strip() == "[]"


def test_a_wrong_keymap_is_told_and_nothing_starts(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / KEYMAP_FILE).write_text('[keys]\n"counter.call_next" = "x"\n', "utf-8")
    settings = load_settings(
        {"HALLTERM_CONFIG": str(tmp_path), "HALLTERM_STORE": str(tmp_path / "hall.db")}
    )
    assert run_hall(settings) == 3
    assert "counter.call_next" in capsys.readouterr().err
    assert not settings.store.exists()


async def test_the_training_hall_is_worked_in_at_once(tmp_path: Path) -> None:
    settings = load_settings({"HALLTERM_CONFIG": str(tmp_path)})
    shell = Shell(FrozenClock(), DeskRunner(), ticking=False)
    with quick_pins():
        door, opened = open_training(settings, str(tmp_path / "training"), 1.0, None, 1)
        app = HallApp(shell, SignIn, "dark", opener=lambda: (door, opened))
        async with app.run_test() as pilot:
            await settled(pilot)
            await type_in(pilot, opened.accounts[0].staff_id)
            await type_in(pilot, opened.common_pin)
            await press(pilot, "2", "enter", "f2")
            assert top(app) is CounterScreen
            assert door.desk.hall.ticket_at("c2") is not None
            await press(pilot, "ctrl+e", "4")
            assert isinstance(opened.clock, ScaledClock)
            assert opened.clock.speed == 10
    door.close()
