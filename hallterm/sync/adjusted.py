"""The clock that a terminal's desk goes by: this machine's, corrected to the home's."""

import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from hallterm.sync.ports import LocalClock

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_BOOT_ID = Path("/proc/sys/kernel/random/boot_id")


class MachineClock:
    """This machine's clocks."""

    def __init__(self) -> None:
        try:
            self._boot = _BOOT_ID.read_text("ascii").strip()
        except OSError:
            # Where the system names no boot, the start is the same for the same few seconds only.
            self._boot = f"start-{round(time.time() - time.monotonic())}"

    def wall_ms(self) -> int:
        """Return the time that the machine shows, milliseconds since the epoch."""
        return time.time_ns() // 1_000_000

    def mono_ms(self) -> int:
        """Return milliseconds since the boot that never go back."""
        return time.monotonic_ns() // 1_000_000

    @property
    def boot(self) -> str:
        """Id of the machine's start."""
        return self._boot


class AdjustedClock:
    """Tells the home's time by the monotonic clock, once it is known; before that the machine's."""

    def __init__(self, local: LocalClock) -> None:
        self.local = local
        self._base: int | None = None
        self._boot = ""

    def now(self) -> datetime:
        """Return the moment, aware, UTC, in whole milliseconds."""
        if self._base is not None and self._boot == self.local.boot:
            return _EPOCH + timedelta(milliseconds=self._base + self.local.mono_ms())
        return _EPOCH + timedelta(milliseconds=self.local.wall_ms())

    def adjust(self, boot: str, base_ms: int | None) -> None:
        """Take in what an exchange has told: the home's time at the monotonic clock's 0."""
        if base_ms is not None:
            self._boot, self._base = boot, base_ms
