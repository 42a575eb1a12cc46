"""The post while a terminal is open, looked after now and then in a thread of its own.

A slow mail server holds nobody up. Several terminals may do rounds on one store; a letter is held
by one of them. What a round needs is loaded with the first one: opening a hall comes before.
"""

import logging
import threading
from collections.abc import Callable

FIRST_AFTER = 20.0
"""Seconds until the first round."""
EVERY = 60.0

_log = logging.getLogger("hallterm.post")


class PostThread:
    """Does rounds until it is stopped."""

    def __init__(self, work: Callable[[], str], *, every: float = EVERY) -> None:
        """Begin nothing yet. work: does a round and says what kept it from ending, if anything."""
        self._work = work
        self._every = every
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self, first_after: float = FIRST_AFTER) -> None:
        """Begin; the first round comes so many seconds later."""
        self._thread = threading.Thread(
            target=self._run, args=(first_after,), daemon=True, name="post"
        )
        self._thread.start()

    def stop(self, patience: float = 2.0) -> None:
        """End after the round in hand; a server that hangs is not waited for.

        What it holds then is known to the spool, and settled by the next round anywhere.
        """
        self._stop.set()
        if self._thread is not None:
            self._thread.join(patience)

    def _run(self, first_after: float) -> None:
        pause, told = first_after, ""
        while not self._stop.wait(pause):
            pause = self._every
            trouble = self._work()
            # One line for a trouble that lasts; people see what waits on their screens.
            if trouble and trouble != told:
                _log.warning("post round: %s", trouble)
            told = trouble
