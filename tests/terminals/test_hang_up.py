"""A terminal that goes away takes its program with it, calmly: nothing lost, the store closed."""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.bench.terminal import Terminal, python
from tests.terminals.hands import PATIENCE, environment, ran

SETUP = """
[hall]
name = "建设路营业厅"
opens = "00:00"
closes = "23:59"

[[staff]]
id = "0001"
name = "王芳"
roles = ["administrator"]
pin = "730264"

[[counter]]
number = 3
name = "综合"
"""
READY = {"train": "营业员", "display": "建设路营业厅", "": "工号"}
"""Arguments of hallterm, and what stands on the screen once the store is open."""


@contextmanager
def deaf(to: signal.Signals) -> Iterator[None]:
    """Let programs that are started meanwhile ignore a signal, as under `nohup`."""
    before = signal.signal(to, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(to, before)


def opened(folder: Path, arguments: str) -> Terminal:
    """Return hallterm at a terminal of its own, with the hall open."""
    where = environment(folder)
    if arguments != "train":
        (folder / "setup.toml").write_text(SETUP, "utf-8")
        ran(python("-m", "hallterm", "setup", "--from", str(folder / "setup.toml")), where)
    terminal = Terminal(python("-m", "hallterm", *arguments.split()), where, 80, 24)
    terminal.wait_for(READY[arguments], PATIENCE)
    return terminal


def left_behind(folder: Path) -> list[str]:
    """Return what only an open store has beside it, and training halls not thrown away."""
    return [str(path) for pattern in ("*-wal", "hallterm-*") for path in folder.rglob(pattern)]


@pytest.mark.parametrize(
    ("arguments", "told"), [("train", False), ("display", False), ("", False), ("", True)]
)
def test_a_terminal_that_goes_away_ends_its_program(
    tmp_path: Path, arguments: str, *, told: bool
) -> None:
    with deaf(signal.SIGUSR2 if told else signal.SIGHUP):
        terminal = opened(tmp_path, arguments)
    try:
        terminal.vanish()
        code = terminal.ended(PATIENCE)
        assert code is not None, "goes on without a terminal"
        assert code >= 0, f"was ended by signal {-code}"
        assert left_behind(tmp_path) == []
    finally:
        terminal.close()


def test_bytes_that_are_no_text_do_no_harm(tmp_path: Path) -> None:
    terminal = opened(tmp_path, "train")
    try:
        terminal.send("张".encode("gbk") + b"\xff\xfe\xa0" + b"1001")
        terminal.wait_for("1001", PATIENCE)
        terminal.wait_for("请把终端的编码设成 UTF-8", PATIENCE)
        terminal.type("\r")
        terminal.wait_for("数字 密码", PATIENCE)
    finally:
        terminal.close()


def test_a_signal_ends_it_as_calmly(tmp_path: Path) -> None:
    terminal = opened(tmp_path, "train")
    try:
        os.kill(terminal.pid, signal.SIGTERM)
        assert terminal.ended(PATIENCE) == 0
        assert left_behind(tmp_path) == []
    finally:
        terminal.close()
