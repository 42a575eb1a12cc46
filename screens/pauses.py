"""Keeps the garbage collector from holding up a key."""

import gc

QUIET = 1.5
"""Seconds without a key after which nobody is likely to type within the next moment."""
BETWEEN = 20.0
"""Seconds between two rounds over what is new."""
LONG_QUIET = 60.0
"""Seconds without a key after which a round over everything disturbs nobody."""
BETWEEN_WHOLE = 1800.0
"""Seconds between two rounds over everything."""

_frozen = False


def spare_what_is_loaded() -> None:
    """Take everything that exists now out of the collector's rounds; only the first call does it.

    A full round over a loaded hall takes 150 ms, in which no key is answered. What is loaded at the
    start stays until the end anyway; later objects are collected as ever, in rounds of a few ms.
    """
    global _frozen  # noqa: PLW0603 - once for the process, as the collector is
    if not _frozen:
        _frozen = True
        gc.freeze()


class Rounds:
    """Collects while nobody types, and spares what has stayed: a day's tickets, above all.

    Left to itself the collector comes when much is new, which is when many customers are, and takes
    100 ms and more after some thousand tickets.
    """

    def __init__(self, now: float) -> None:
        self._last = self._whole = now

    def tick(self, now: float, last_key: float) -> None:
        """Use a quiet moment. Both are steady seconds: now, and when somebody last typed."""
        if not _frozen or now - last_key < QUIET:
            return
        if now - last_key >= LONG_QUIET and now - self._whole >= BETWEEN_WHOLE:
            # What was spared and has gone since would otherwise never be given back.
            gc.unfreeze()
            self._whole = now
        elif now - self._last < BETWEEN:
            return
        self._last = now
        gc.collect()
        gc.freeze()
