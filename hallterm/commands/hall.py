"""`hallterm` alone: this terminal's real hall on the screen."""

from hallterm.commands.opening import settings
from hallterm.commands.terminal import need_terminal


def open_hall() -> None:
    """Open the hall; on the first run, set-up or training is offered there."""
    need_terminal()
    here = settings()
    from hallterm.screens.start import run_hall  # noqa: PLC0415 - Textual only after the checks

    run_hall(here)
