"""A terminal of its own for each test, and a hall that was set up through the command line."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from hallterm.commands.opening import settings
from tests.commands.terminal import Terminal


@pytest.fixture
def terminal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Iterator[Terminal]:
    """Give a terminal without a hall."""
    for name in [name for name in os.environ if name.startswith("HALLTERM_")]:
        monkeypatch.delenv(name)
    made = Terminal(tmp_path, capsys)
    for name, value in made.environment.items():
        monkeypatch.setenv(name, value)
    settings.cache_clear()
    yield made
    settings.cache_clear()


@pytest.fixture
def hall(terminal: Terminal) -> Terminal:
    """Give a terminal with a hall."""
    assert terminal.set_up().code == 0
    return terminal
