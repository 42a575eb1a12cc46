"""What stands between an app and its terminal, and ends the app when nobody is there any more.

A terminal goes away when its window is closed or its connection breaks. Usually a signal (SIGHUP)
says so; under `nohup` or a supervisor it doesn't come, and reading then yields nothing, at once,
for ever.
"""

import io
import os
import select
import sys
import threading
from collections.abc import Callable
from typing import TextIO

from textual.driver import Driver

PATIENCE = 30.0
"""Seconds in which an app whose terminal is gone must have ended by itself."""


class Outlet:
    """The terminal as a file; what is written after it has gone is dropped in silence.

    Otherwise the thread that writes would die of it, and the app would wait for it for ever.
    """

    def __init__(self, file: TextIO | None) -> None:
        self._file = file or io.StringIO()

    def write(self, text: str) -> None:
        """Write a text."""
        try:
            self._file.write(text)
        except OSError:
            return

    def flush(self) -> None:
        """Send what was written."""
        try:
            self._file.flush()
        except OSError:
            return

    def fileno(self) -> int:
        """Return the number of the file under it."""
        return self._file.fileno()


class HangUpWatch:
    """A thread that sleeps until a terminal has gone, says so, and sees that the process ends."""

    def __init__(
        self,
        fileno: int,
        told: Callable[[], object],
        give_up: Callable[[], object],
        patience: float = PATIENCE,
    ) -> None:
        """Begin to watch.

        fileno: the terminal.
        told: called once, on the watching thread, when it has gone.
        give_up: called when `stop` has not been called `patience` seconds later.
        """
        self._told = told
        self._give_up = give_up
        self._patience = patience
        self._stopping, self._stop = os.pipe()
        self._poll = select.poll()
        self._poll.register(fileno, 0)  # nothing but its going away
        self._poll.register(self._stopping, 0)
        self._thread = threading.Thread(target=self._watch, name="hang-up", daemon=True)
        self._thread.start()

    def _watch(self) -> None:
        if not self._stopped(self._poll.poll()):
            self._told()
            waiting = select.poll()
            waiting.register(self._stopping, 0)
            if not waiting.poll(self._patience * 1000):
                self._give_up()
        os.close(self._stopping)

    def _stopped(self, seen: list[tuple[int, int]]) -> bool:
        return any(fileno == self._stopping for fileno, _ in seen)

    def stop(self) -> None:
        """Watch no longer: the app is done with the terminal."""
        os.close(self._stop)
        self._thread.join()


def terminal_driver() -> type[Driver] | None:
    """Return the driver for an app that a person sits at; None: let Textual choose."""
    if sys.platform == "win32":
        return None
    from hallterm.screens.terminal_driver import TerminalDriver  # noqa: PLC0415 - POSIX only

    return TerminalDriver
