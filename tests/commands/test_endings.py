"""However a command ends, the person gets a sentence, the script a code, nobody a traceback."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from hallterm import cli
from hallterm.commands.opening import settings
from hallterm.commands.output import say
from hallterm.faults import log_path
from tests.commands.terminal import Terminal

PHONE = "13812341234"


def test_a_fault_of_the_program_is_logged_masked_and_told_in_a_sentence(
    hall: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        msg = f"张伟 {PHONE}"
        raise ZeroDivisionError(msg)

    monkeypatch.setattr("hallterm.desk.board.Board.hall", fail)
    ended = hall.run("board", "--json")
    path = log_path(hall.store.parent)
    assert ended.code == 3
    assert ended.value["fault"] == "program"
    assert str(path) in ended.err
    assert PHONE not in ended.err
    logged = path.read_text("utf-8")
    assert "ZeroDivisionError" in logged
    assert PHONE not in logged


def test_a_missing_store_is_a_fault_with_a_code(terminal: Terminal) -> None:
    ended = terminal.run("board", "--json")
    assert ended.code == 3
    assert ended.value["fault"] == "store_missing"
    assert not terminal.store.exists()


def test_a_wrong_key_is_a_fault_with_a_code(hall: Terminal) -> None:
    key = Path(hall.environment["HALLTERM_KEY"])
    key.write_text("0" * 64)
    assert hall.run("ticket", "list", "--json").value["fault"] == "key_wrong"
    assert hall.run("doctor", "--json").value["fault"] == "key_wrong"


def test_a_damaged_store_is_a_fault(hall: Terminal) -> None:
    content = bytearray(hall.store.read_bytes())
    for place in range(4096, len(content), 997):
        content[place] ^= 0xFF
    hall.store.write_bytes(content)
    for command in (("board",), ("ticket", "take", "--business", "02", "--walk-in"), ("doctor",)):
        ended = hall.run(*command)
        assert ended.code == 3, command
        assert ended.err


def test_settings_that_are_wrong_are_told_by_line(hall: Terminal) -> None:
    config = Path(hall.environment["HALLTERM_CONFIG"])
    (config / "terminal.toml").write_text('\n\nprintr = "x"\n', "utf-8")
    settings.cache_clear()
    ended = hall.run("board", "--json")
    assert ended.code == 3
    assert ended.value["fault"] == "configuration"
    assert "terminal.toml:3" in ended.err
    assert hall.run("--help").code == 0


def test_without_a_terminal_the_screens_say_so(hall: Terminal) -> None:
    for command in ((), ("display",)):
        ended = hall.process(*command)
        assert ended.code == 2
        assert "没有终端" in ended.err


def test_ctrl_c_is_quiet(hall: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("hallterm.desk.board.Board.hall", interrupt)
    ended = hall.run("board")
    assert (ended.code, ended.out, ended.err) == (130, "", "")


def test_a_reader_that_goes_away_is_no_fault(hall: Terminal) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    ended = subprocess.run(
        [sys.executable, "-m", "hallterm", "board"],
        env={"PATH": os.environ["PATH"], **hall.environment},
        stdout=writing,
        stderr=subprocess.PIPE,
        check=False,
    )
    os.close(writing)
    assert ended.returncode == 141
    assert ended.stderr == b""


def test_the_version_and_the_help_need_no_hall(terminal: Terminal) -> None:
    assert terminal.run("--version").out.startswith("hallterm ")
    shown = terminal.run("--help").out
    for name in cli.Commands.entries:
        assert f"  {name} " in shown
        assert terminal.run(name, "--help").code == 0


def test_help_loads_no_command() -> None:
    code = (
        "import sys, hallterm.cli as c; c.run(['--help'])\n"
        "sys.exit(any(m in sys.modules for m in ('sqlalchemy', 'textual', 'hallterm.desk')))"
    )
    ended = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-c", code], capture_output=True, check=False
    )
    assert ended.returncode == 0, ended.stderr


def test_taking_a_ticket_loads_only_what_it_runs(hall: Terminal) -> None:
    heavy = "('textual', 'httpx', 'pypinyin', 'phonenumbers', 'argon2', 'rich.console')"
    take = "['ticket', 'take', '--business', '02', '--walk-in']"
    code = (
        f"import sys, hallterm.cli as c; done = c.run({take})\n"
        f"print([m for m in {heavy} if m in sys.modules], file=sys.stderr); sys.exit(done)"
    )
    ended = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-c", code],
        env={"PATH": os.environ["PATH"], **hall.environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0
    assert ended.stderr.strip() == "[]"


def test_say_writes_what_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    say("[/b] 你好")
    assert capsys.readouterr().out == "[/b] 你好\n"
