"""Textual's driver, which ends the app with its terminal, or when a signal asks for it."""

import os
import signal
import sys
from contextlib import suppress
from io import TextIOWrapper
from typing import Any, cast

from textual.app import App
from textual.drivers.linux_driver import LinuxDriver

from hallterm.screens.hang_up import HangUpWatch, Outlet


class TerminalDriver(LinuxDriver):
    """Reads keys and draws; the app leaves as by its own key when its terminal has gone."""

    def __init__(self, app: App[Any], **options: Any) -> None:  # noqa: ANN401 - Textual's own
        super().__init__(app, **options)
        self._file = cast("TextIOWrapper", Outlet(sys.__stderr__))
        self._watch: HangUpWatch | None = None

    def start_application_mode(self) -> None:
        """Take the terminal over, and watch it."""
        super().start_application_mode()  # type: ignore[no-untyped-call]  # Textual's own
        for asked in (signal.SIGHUP, signal.SIGTERM):
            self._loop.add_signal_handler(asked, self._app.exit)
        if self._watch is None and self.input_tty:
            self._watch = HangUpWatch(self.fileno, self._gone, _end_at_once)

    def _gone(self) -> None:
        with suppress(RuntimeError):  # the app has just ended by itself
            self._loop.call_soon_threadsafe(self._app.exit)

    def close(self) -> None:
        """Let go of the terminal."""
        if self._watch is not None:
            self._watch.stop()
            self._watch = None
        super().close()


def _end_at_once() -> None:
    # What was confirmed is on the disk; whatever still hangs would hang for ever.
    os._exit(1)
