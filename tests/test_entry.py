"""How a process begins."""

import subprocess
import sys
from pathlib import Path

import pytest

from hallterm import entry
from hallterm.commands.opening import settings


def run(*code: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run Python without a terminal."""
    return subprocess.run(  # noqa: S603 - our own program
        [sys.executable, *code],
        env={"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )


def test_alone_without_a_terminal_says_so(tmp_path: Path) -> None:
    done = run("-m", "hallterm", HOME=str(tmp_path), HALLTERM_CONFIG=str(tmp_path))
    assert done.returncode == 2
    assert "没有终端" in done.stderr
    assert done.stdout == ""


def test_the_way_to_the_hall_loads_no_command_line_library(tmp_path: Path) -> None:
    code = (
        "import sys, hallterm.entry, hallterm.commands.hall;"
        "print([m for m in ('typer', 'textual', 'sqlalchemy') if m in sys.modules])"
    )
    assert run("-c", code, HOME=str(tmp_path)).stdout.strip() == "[]"


def test_a_fault_on_the_way_is_told_in_words(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "terminal.toml").write_text("theme = 7\n", encoding="utf-8")
    monkeypatch.setenv("HALLTERM_CONFIG", str(tmp_path))
    monkeypatch.setattr("hallterm.commands.terminal.on_terminal", lambda: True)
    monkeypatch.setattr("sys.argv", ["hallterm"])
    settings.cache_clear()
    with pytest.raises(SystemExit) as end:
        entry.main()
    assert end.value.code == 3
    told = capsys.readouterr().err
    assert "terminal.toml" in told
    assert "Traceback" not in told
