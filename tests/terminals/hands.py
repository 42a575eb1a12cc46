"""Two hands at a terminal: keys, each followed by watching for what they bring about."""

import os
import re
import subprocess
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.bench.terminal import Terminal

PATIENCE = 60.0
"""Seconds to wait for a text; the machine may be busy with other tests."""
PAINTING = 0.02
"""Seconds without a word from the program after which its screen is whole."""
ENTER, ESCAPE, INSERT = "\r", "\x1b", "\x1b[2~"
GO = "\x0e"
"""Ctrl+N: to another place."""
_F_KEYS = (
    *("\x1bOP", "\x1bOQ", "\x1bOR", "\x1bOS", "\x1b[15~", "\x1b[17~"),
    *("\x1b[18~", "\x1b[19~", "\x1b[20~", "\x1b[21~", "\x1b[23~", "\x1b[24~"),
)


def f(number: int) -> str:
    """Return what an F-key sends."""
    return _F_KEYS[number - 1]


@dataclass(frozen=True, slots=True)
class Hands:
    """A person at one terminal."""

    terminal: Terminal

    def __call__(self, keys: str, until: str) -> None:
        """Press keys, and wait for a text that was not there before."""
        while self.terminal.read(PAINTING):
            pass
        assert until not in self.terminal.text, f"{until!r} is there already"
        self.terminal.type(keys)
        self.terminal.wait_for(until, PATIENCE)

    def away(self, keys: str, text: str) -> None:
        """Press keys, and wait until a text has gone."""
        self.terminal.type(keys)
        give_up = time.monotonic() + PATIENCE
        while text in self.terminal.text:
            assert time.monotonic() < give_up, f"{text!r} stays:\n{self.terminal.text}"
            self.terminal.read(0.05)

    def see(self, text: str) -> None:
        """Wait for a text."""
        self.terminal.wait_for(text, PATIENCE)

    def until(self, pattern: str) -> "re.Match[str]":
        """Wait for a text that fits a pattern; return the match."""
        give_up = time.monotonic() + PATIENCE
        while (found := re.search(pattern, self.terminal.text, re.MULTILINE)) is None:
            assert time.monotonic() < give_up, f"{pattern!r} did not appear:\n{self.terminal.text}"
            self.terminal.read(0.05)
        return found

    def go(self, place: str, until: str) -> None:
        """Go to a place by its digit in the list of places."""
        self(GO, "去哪里？")
        self.see("选第几项")
        numbered = re.compile(rf"^ +(\d)  {re.escape(place)}", re.MULTILINE)
        found = numbered.search(self.terminal.text)
        assert found is not None, self.terminal.text
        self(found[1], until)

    def sign_in(self, staff_id: str, pin: str, until: str) -> None:
        """Type 工号 and PIN."""
        self.see("工号")
        self(staff_id, staff_id)
        self(ENTER, "数字 密码")
        self(pin, "•" * len(pin))
        self(ENTER, until)


def environment(folder: Path, **more: str) -> dict[str, str]:
    """Return the environment of a terminal whose hall is in a folder."""
    return {
        "PATH": os.environ["PATH"],
        "HOME": str(folder),
        "LANG": "C.UTF-8",
        "TMPDIR": str(folder),
        "HALLTERM_CONFIG": str(folder / "config"),
        "HALLTERM_STORE": str(folder / "hall.db"),
        "HALLTERM_KEY": str(folder / "hall.key"),
        **more,
    }


def ran(command: list[str], where: Mapping[str, str]) -> str:
    """Run a command to its end; return what it wrote."""
    ended = subprocess.run(command, env=dict(where), capture_output=True, text=True, check=False)  # noqa: S603 - our own program
    assert ended.returncode == 0, ended.stdout + ended.stderr
    return ended.stdout
