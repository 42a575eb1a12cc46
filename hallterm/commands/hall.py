"""`hallterm` alone: this terminal's real hall on the screen."""

import gc

from hallterm.commands.opening import settings
from hallterm.commands.terminal import need_terminal


def open_hall() -> int:
    """Open the hall and return its exit code; the first run offers set-up or training."""
    need_terminal()
    # Nothing that loads is garbage; the app collects again once the hall is open.
    gc.disable()
    here = settings()
    from hallterm.screens.start import run_hall  # noqa: PLC0415 - Textual only after the checks

    return run_hall(here)
