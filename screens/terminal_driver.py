"""Textual's driver, which ends the app with its terminal, or when a signal asks for it."""

import os
import select
import signal
import sys
from codecs import getincrementaldecoder
from collections.abc import Iterable
from contextlib import suppress
from io import TextIOWrapper
from typing import Any, cast

from textual._xterm_parser import XTermParser
from textual.app import App
from textual.drivers.linux_driver import LinuxDriver
from textual.message import Message

from hallterm.screens.hang_up import HangUpWatch, Outlet

_LOOK_UP_MS = 100
"""Milliseconds after which the reader looks whether the app has ended; Textual's own."""
_AT_ONCE = 4096
"""Bytes read at once; Textual's own."""


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

    def run_input_thread(self) -> None:
        """Read keys until the app ends or its terminal has gone.

        Textual's own ends the app at a byte that is no UTF-8, such as a Chinese character typed in
        a terminal set to GBK; here it comes through as the sign for what can't be read.
        """
        parser = XTermParser(self._debug)
        decode = getincrementaldecoder("utf-8")(errors="replace").decode
        ready = select.poll()
        ready.register(self.fileno, select.POLLIN)
        while not self.exit_event.is_set():
            if ready.poll(_LOOK_UP_MS):
                read = self._read()
                if not read:
                    self._gone()
                    return
                self._hand_on(parser.feed(decode(read)))
            # A lone Esc is told from the start of a key's sequence by what does not follow.
            self._hand_on(parser.tick())

    def _read(self) -> bytes:
        """Return what was typed; nothing when there is no terminal any more."""
        try:
            return os.read(self.fileno, _AT_ONCE)
        except OSError:
            return b""

    def _hand_on(self, messages: Iterable[Message]) -> None:
        for message in messages:
            self.process_message(message)

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
