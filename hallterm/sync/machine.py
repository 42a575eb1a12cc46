"""This machine's clock as every process of the terminal goes by it."""

from pathlib import Path

from hallterm.sync.adjusted import AdjustedClock, MachineClock
from hallterm.sync.one_only import StandingFile


def terminal_clock(store: Path) -> AdjustedClock:
    """Return the clock for a desk on this store, as right as the last exchange has made it."""
    clock = AdjustedClock(MachineClock())
    told = StandingFile(store).read()
    if told is not None:
        clock.adjust(told.boot, told.base_ms)
    return clock
