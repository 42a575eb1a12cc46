"""What a clerk feels: first frame, first call, key to repaint, an idle board, memory."""

import os
import time
from pathlib import Path

from hallterm.domain.actor import Actor
from hallterm.domain.counter.commands import ReleaseCounter
from hallterm.domain.roles import Role
from tests.bench.figure import Figure, absolute, against_limit, percentile
from tests.bench.halls import KEY, PIN, STAFF, STORE, done, fill, open_hall
from tests.bench.terminal import Terminal, python

TYPING = 0.02
"""Seconds between keys of a quick typist."""
F2 = "\x1bOQ"
DOWN, UP = "\x1b[B", "\x1b[A"
BARE_APP = """
from textual.app import App
from textual.widgets import Static
class Bare(App):
    def compose(self):
        yield Static("READY")
Bare().run()
"""


def environment(folder: Path) -> dict[str, str]:
    """Return the environment of a terminal whose hall is in this folder."""
    return {
        "PATH": os.environ["PATH"],
        "HOME": str(folder),
        "LANG": "C.UTF-8",
        "HALLTERM_CONFIG": str(folder),
        "HALLTERM_STORE": str(folder / STORE),
        "HALLTERM_KEY": str(folder / KEY),
    }


def open_terminal(folder: Path, rows: int = 24, columns: int = 80) -> Terminal:
    """Start hallterm on the hall of a folder."""
    return Terminal(python("-m", "hallterm"), environment(folder), columns, rows)


def type_slowly(terminal: Terminal, keys: str) -> None:
    """Type as a person does."""
    for key in keys:
        terminal.type(key)
        terminal.read(TYPING)


def sign_in(terminal: Terminal) -> None:
    """Type 工号 and PIN and take counter 1."""
    type_slowly(terminal, f"{STAFF}\r{PIN}\r")
    terminal.wait_for("窗口号")
    type_slowly(terminal, "1\r")
    terminal.wait_for("F2 叫下一位")


def measure_start(folder: Path, rounds: int = 5) -> list[Figure]:
    """Measure first_frame and first_call, in turn with a bare Textual app."""
    desk = open_hall(folder)
    fill(desk, 500)
    desk.close()
    frames, bare_frames, calls = [], [], []
    for _ in range(rounds):
        bare = Terminal(python("-c", BARE_APP), environment(folder), 80, 24)
        bare_frames.append(bare.wait_for("READY"))
        bare.close()
        terminal = open_terminal(folder)
        frames.append(terminal.wait_for("工号"))
        sign_in(terminal)
        terminal.type(F2)
        calls.append(terminal.wait_for("已叫"))
        type_slowly(terminal, "\x1bOS")
        terminal.wait_for("已办")
        type_slowly(terminal, "\x1b[20~")
        terminal.wait_for("办妥")
        terminal.settle()
        terminal.close()
        release(folder)
    limit = percentile(bare_frames, 0.5)
    return [
        against_limit("first_frame", percentile(frames, 0.5), "s", limit, 2),
        absolute("first_call", percentile(calls, 0.5), "s", 2.5),
    ]


def release(folder: Path) -> None:
    """Free counter 1 for the next round."""
    desk = open_hall(folder)
    actor = Actor(STAFF, frozenset({Role.CLERK}))
    done(desk.act(actor, ReleaseCounter(counter_id="c1")))
    desk.close()


def measure_keys(folder: Path, presses: int = 200) -> list[Figure]:
    """Measure key_repaint with 500 waiting."""
    terminal = open_terminal(folder)
    terminal.wait_for("工号")
    sign_in(terminal)
    terminal.settle()
    times = []
    for place in range(presses):
        times.append(terminal.press(DOWN if place % 20 < 10 else UP) * 1000)
    terminal.close()
    release(folder)
    return [absolute("key_repaint", percentile(times, 0.99), "ms", 50)]


def measure_idle(folder: Path, seconds: float = 15.0) -> list[Figure]:
    """Measure idle_board (40 visible countdowns) and memory on the hall of a folder."""
    terminal = open_terminal(folder, rows=60, columns=120)
    terminal.wait_for("工号")
    sign_in(terminal)
    terminal.settle()
    began, used = time.perf_counter(), terminal.cpu_seconds()
    while time.perf_counter() - began < seconds:
        terminal.read(0.2)
    share = (terminal.cpu_seconds() - used) / (time.perf_counter() - began)
    memory = terminal.memory_mb()
    terminal.close()
    release(folder)
    return [
        absolute("idle_board", share * 100, "% of a core", 2),
        absolute("memory", memory, "MB", 150),
    ]
