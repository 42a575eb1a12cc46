"""A terminal whose commands are run, in this process or in processes of their own."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from hallterm.cli import run

CLERK, CLERK_PIN = "0231", "730264"
OTHER_CLERK = "0232"
SETUP = f"""
[hall]
id = "jianshe-road"
name = "建设路营业厅"

[[staff]]
id = "0001"
name = "王芳"
roles = ["administrator"]
pin = "208317"

[[staff]]
id = "{CLERK}"
name = "李敏"
roles = ["clerk", "greeter"]
pin = "{CLERK_PIN}"

[[staff]]
id = "{OTHER_CLERK}"
name = "赵静"
roles = ["clerk"]
pin = "{CLERK_PIN}"

[[counter]]
number = 1
name = "大客户室"
kind = "vip_room"

[[counter]]
number = 3
name = "三号"
"""


@dataclass(frozen=True, slots=True)
class Ended:
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def value(self) -> Any:  # noqa: ANN401 - whatever JSON can say
        """The JSON value on the standard output."""
        return json.loads(self.out)


class Terminal:
    """One terminal with its folders."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self.store = folder / "data" / "hall.db"
        self.slips = folder / "slips.bin"
        self._capsys = capsys
        self.environment = {
            "HALLTERM_CONFIG": str(folder / "config"),
            "HALLTERM_STORE": str(self.store),
            "HALLTERM_KEY": str(folder / "config" / "hall.key"),
            "HALLTERM_PIN": CLERK_PIN,
            "HALLTERM_DEVICE": "kiosk-1",
            "HALLTERM_PRINTER": f"file:{self.slips}",
        }

    def run(self, *arguments: str) -> Ended:
        """Run a command in this process."""
        self._capsys.readouterr()
        code = run(arguments)
        out, err = self._capsys.readouterr()
        assert "Traceback" not in out + err
        return Ended(code, out, err)

    def set_up(self, text: str = SETUP) -> Ended:
        """Set a hall up from the text of a file."""
        path = self.folder / "setup.toml"
        path.write_text(text, "utf-8")
        return self.run("setup", "--from", str(path))

    def take(self, *arguments: str) -> Ended:
        """Issue a ticket, told as JSON."""
        identity = () if any(a.startswith("--") for a in arguments) else ("--walk-in",)
        return self.run("ticket", "take", "--business", "02", *identity, *arguments, "--json")

    def clerk(self, what: str, *arguments: str, staff: str = CLERK) -> Ended:
        """Give a counter's command as a clerk, told as JSON."""
        return self.run("ticket", what, *arguments, "--staff", staff, "--json")

    def start_process(self, *arguments: str) -> subprocess.Popen[str]:
        """Start a command as a process of its own, without a terminal."""
        return subprocess.Popen(  # noqa: S603 - our own program
            [sys.executable, "-m", "hallterm", *arguments],
            env={"PATH": os.environ["PATH"], "HOME": str(self.folder), **self.environment},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def process(self, *arguments: str) -> Ended:
        """Run a command as a process of its own, without a terminal."""
        started = self.start_process(*arguments)
        out, err = started.communicate()
        assert "Traceback" not in out + err
        return Ended(started.returncode, out, err)
