"""Keeps the garbage collector from holding up a key."""

import gc

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
