"""What keeps the hall from opening is a calm screen with exit code 3; nothing is half started."""

import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

import hallterm.data
from hallterm.configuration.printer_target import FilePrinter
from hallterm.screens.desk_runner import DeskRunner
from hallterm.screens.fault import FaultScreen
from hallterm.screens.hall_app import HallApp
from hallterm.screens.opening import open_hall
from hallterm.screens.shell import Shell
from hallterm.screens.sign_in import SignIn
from hallterm.settings import Settings
from hallterm.store import connection
from hallterm.store.connection import open_connection
from hallterm.store.faults import StoreFaultError
from tests.screens.entrance_room import press, settled, top
from tests.screens.sample import FrozenClock
from tests.support.hall import KEY

Damage = Callable[[Settings], None]


@pytest.fixture
def terminal(store: Path, tmp_path: Path) -> Settings:
    """Settings of a terminal whose hall can be opened."""
    key, data = tmp_path / "hall.key", tmp_path / "data"
    key.write_text(KEY, encoding="ascii")
    key.chmod(0o600)
    shutil.copytree(Path(hallterm.data.__file__).parent, data)
    printer = FilePrinter(tmp_path / "slips.bin")
    return Settings(store=store, key=key, data=(data,), device="test", printer=printer)


def app_of(terminal: Settings) -> HallApp:
    shell = Shell(FrozenClock(), DeskRunner(), ticking=False)
    opener = lambda: open_hall(terminal)  # noqa: E731 - one line
    return HallApp(shell, SignIn, "dark", opener=opener, real_clock=False)


def no_key(at: Settings) -> None:
    at.key.unlink()


def other_key(at: Settings) -> None:
    at.key.write_text("cd" * 32, encoding="ascii")


def exposed_key(at: Settings) -> None:
    at.key.chmod(0o644)


def no_store(at: Settings) -> None:
    at.store.unlink()


def damaged(at: Settings) -> None:
    data = bytearray(at.store.read_bytes())
    data[4096:] = b"\0" * (len(data) - 4096)
    at.store.write_bytes(data)


def newer(at: Settings) -> None:
    opened = open_connection(at.store, KEY)
    opened.exec_driver_sql("PRAGMA user_version = 99")
    opened.commit()
    connection.close_connection(opened)


def wrong_standards(at: Settings) -> None:
    path = at.data[0] / "standards.toml"
    text = path.read_text("utf-8").replace("wrong_pins = 5", "wrong_pins = 50")
    path.write_text(text, "utf-8")


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        (no_key, "找不到密钥文件"),
        (other_key, "密钥与数据不符"),
        (exposed_key, "别人也能读密钥文件"),
        (no_store, "找不到数据文件"),
        (damaged, "数据文件已损坏"),
        (newer, "数据来自更新的程序版本"),
        (wrong_standards, "wrong_pins"),
    ],
)
async def test_a_fault_is_told_and_ends_with_3(
    terminal: Settings, damage: Damage, words: str
) -> None:
    damage(terminal)
    app = app_of(terminal)
    async with app.run_test() as pilot:
        await settled(pilot)
        screen = app.screen
        assert isinstance(screen, FaultScreen)
        assert words in " ".join(screen.paragraphs)
        assert app.shell.entrance is None
        await press(pilot, "escape")
    assert app.return_code == 3


@pytest.mark.parametrize("code", ["store_read_only", "store_full", "store_busy"])
async def test_faults_of_the_disk_are_told(
    terminal: Settings, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_arguments: object, **_options: object) -> None:
        raise StoreFaultError(code)

    monkeypatch.setattr("hallterm.screens.opening.open_desk", fail)
    app = app_of(terminal)
    async with app.run_test() as pilot:
        await settled(pilot)
        screen = app.screen
        assert isinstance(screen, FaultScreen)
        assert "（" not in "".join(screen.paragraphs), "a sentence, not a code"


async def test_a_program_fault_shows_no_traceback(
    terminal: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_arguments: object, **_options: object) -> None:
        raise sqlite3.InterfaceError("hidden")  # stands for whatever nobody thought of

    monkeypatch.setattr("hallterm.screens.opening.open_desk", fail)
    app = app_of(terminal)
    async with app.run_test() as pilot:
        await settled(pilot)
        screen = app.screen
        assert isinstance(screen, FaultScreen)
        assert "hidden" not in "".join(screen.paragraphs)


async def test_what_was_put_right_opens_at_the_next_try(terminal: Settings) -> None:
    other_key(terminal)
    app = app_of(terminal)
    async with app.run_test() as pilot:
        await settled(pilot)
        assert top(app) is FaultScreen
        terminal.key.write_text(KEY, encoding="ascii")
        await press(pilot, "f5")
        assert top(app) is SignIn
        assert app.shell.standing.hall == "测试厅"
        await press(pilot, "1", "enter")
    door = app.shell.entrance
    assert door is not None
    door.close()
