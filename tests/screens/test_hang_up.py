"""Noticing that a terminal has gone, and what is written after that."""

import os
import pty
import threading
from collections.abc import Iterator

import pytest

from hallterm.screens.hang_up import HangUpWatch, Outlet

PATIENCE = 30.0
"""Seconds to wait for a thread; the machine may be busy."""


class Ends:
    """The two ends of a terminal: the person's and the program's."""

    def __init__(self) -> None:
        self.person, self.program = pty.openpty()

    def go_away(self) -> None:
        """Close the window."""
        os.close(self.person)


@pytest.fixture
def ends() -> Iterator[Ends]:
    made = Ends()
    yield made
    os.close(made.program)


def test_an_app_that_ends_in_time_is_left_alone(ends: Ends) -> None:
    told, gave_up = threading.Event(), threading.Event()
    watch = HangUpWatch(ends.program, told.set, gave_up.set, PATIENCE)
    ends.go_away()
    assert told.wait(PATIENCE)
    watch.stop()
    assert not gave_up.is_set()


def test_an_app_that_hangs_is_ended(ends: Ends) -> None:
    told, gave_up = threading.Event(), threading.Event()
    watch = HangUpWatch(ends.program, told.set, gave_up.set, patience=0.001)
    ends.go_away()
    assert gave_up.wait(PATIENCE)
    assert told.is_set()
    watch.stop()


def test_a_terminal_that_stays_is_not_given_up(ends: Ends) -> None:
    told = threading.Event()
    watch = HangUpWatch(ends.program, told.set, told.set, patience=0.001)
    os.write(ends.person, b"1001\n")
    watch.stop()
    assert not told.is_set()
    ends.go_away()


def test_what_is_written_to_nobody_is_dropped(ends: Ends) -> None:
    file = os.fdopen(os.dup(ends.program), "w", encoding="utf-8")
    outlet = Outlet(file)
    outlet.write("叫号")
    outlet.flush()
    assert os.read(ends.person, 64).decode() == "叫号"
    ends.go_away()
    outlet.write("A001")
    outlet.flush()
    with pytest.raises(OSError, match="Input/output"):
        file.close()  # which tries once more
