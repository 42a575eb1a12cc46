"""The keymap file: what it may say, and what it does."""

from pathlib import Path

import pytest

from hallterm.screens.commands.table import COMMANDS
from hallterm.screens.counter import CounterScreen
from hallterm.screens.keymap import NO_CHANGES, Keymap, load_keymap
from tests.screens import sample
from tests.screens.apps import make_app
from tests.screens.desks import SampleDesk
from tests.screens.driving import Driver, settle


def write(folder: Path, text: str) -> Path:
    path = folder / "keymap.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_missing_file_changes_nothing(tmp_path: Path) -> None:
    assert load_keymap(tmp_path / "keymap.toml") == NO_CHANGES


def test_keys_are_read(tmp_path: Path) -> None:
    path = write(tmp_path, '[keys]\n"counter.recall" = "ctrl+d"\n"board.find" = ["f7", "ctrl+f"]\n')
    keymap = load_keymap(path)
    assert isinstance(keymap, Keymap)
    assert keymap.keys == {"counter.recall": ("ctrl+d",), "board.find": ("f7", "ctrl+f")}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[keys", "不是正确的 TOML"),
        ("[kyes]\n", "不认识 [kyes]"),
        ("keys = 3\n", "应是一张表"),
        ('[keys]\n"counter.fly" = "f2"\n', "没有叫 counter.fly 的操作"),
        ('[keys]\n"counter.recall" = "a"\n', "不能用 a 键"),
        ('[keys]\n"counter.recall" = "1"\n', "不能用 1 键"),
        ('[keys]\n"counter.recall" = 5\n', "应写成"),
        ('[keys]\n"counter.recall" = "f2"\n', "f2 同时给了 counter.call_next 和 counter.recall"),
        ('[keys]\n"counter.recall" = "f1"\n', "f1 同时给了 general.help 和 counter.recall"),
        ('[keys]\n"counter.recall" = "ctrl+l"\n', "ctrl+l 同时给了 session.lock 和"),
        ('[keys]\n"session.lock" = "ctrl+r"\n', "ctrl+r 同时给了 session.lock 和 counter.rate"),
    ],
)
def test_nonsense_is_refused(tmp_path: Path, text: str, said: str) -> None:
    problems = load_keymap(write(tmp_path, text))
    assert isinstance(problems, list)
    assert said in "\n".join(problems)


def test_bytes_that_are_no_text_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "keymap.toml"
    path.write_bytes(b"\xff\xfe\x00")
    assert isinstance(load_keymap(path), list)


def test_a_ctrl_key_means_the_same_on_every_screen() -> None:
    meanings: dict[str, set[str]] = {}
    for command in COMMANDS.values():
        for key in command.keys:
            if key.startswith("ctrl+"):
                meanings.setdefault(key, set()).add(command.title)
    assert meanings["ctrl+k"] == {"客户"}
    assert [key for key, titles in meanings.items() if len(titles) > 1] == []


async def test_swapped_keys_work_and_show() -> None:
    desk = SampleDesk(sample.counter_view(parked=False))
    app = make_app(lambda: CounterScreen(desk))
    app.shell.keymap = Keymap({"counter.call_next": ("f3",), "counter.recall": ("f2",)})
    app.set_keymap(app.shell.keymap.for_textual())
    async with app.run_test() as pilot:
        driver = Driver(app, pilot, sample.FrozenClock())
        await settle(pilot)
        assert "F3 叫下一位" in driver.keys
        await driver.press("f2")
        assert desk.asked == []
        await driver.press("f3")
        assert desk.asked == [("call_next",)]
