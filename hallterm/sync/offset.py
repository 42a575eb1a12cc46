"""How far this machine's clock is from the home's, learnt from every exchange.

As NTP does: the home's clock was read somewhere between asking and answer, so its middle is wrong
by at most half the round trip. Of the recent exchanges the quickest is believed. Times are kept
against the monotonic clock, so that a person who sets the machine's clock changes nothing.
"""

from collections import deque
from dataclasses import dataclass

RECENT = 16
"""Exchanges that are remembered."""
DRIFT = 100e-6
"""How much a cheap clock may go wrong: what makes an old exchange worth less than a new one."""
WARN_MS = 2_000
"""Skew from which the person is told."""
MARK_MS = 300_000
"""Skew from which the home's receipt time counts."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """One question and its answer; milliseconds."""

    asked_mono: int
    answered_mono: int
    home_ms: int

    @property
    def base(self) -> float:
        """The home's time when this machine's monotonic clock showed 0, by this exchange."""
        return self.home_ms - (self.asked_mono + self.answered_mono) / 2

    def doubt(self, now_mono: int) -> float:
        """Return by how much it may be wrong now."""
        return (self.answered_mono - self.asked_mono) / 2 + DRIFT * (now_mono - self.answered_mono)


class OffsetEstimate:
    """The home's time by this machine's monotonic clock."""

    def __init__(self) -> None:
        self._recent: deque[Exchange] = deque(maxlen=RECENT)
        self._base: float | None = None

    def learn(self, exchange: Exchange) -> None:
        """Take an exchange in."""
        self._recent.append(exchange)
        now = exchange.answered_mono
        best = min(self._recent, key=lambda one: one.doubt(now))
        if abs(best.base - exchange.base) > best.doubt(now) + exchange.doubt(now):
            # They contradict each other: the home's clock was set. The newest is what holds now.
            self._recent.clear()
            self._recent.append(exchange)
            best = exchange
        self._base = best.base

    @property
    def base_ms(self) -> int | None:
        """The home's time when the monotonic clock showed 0; None before the first exchange."""
        return None if self._base is None else round(self._base)

    def home_ms(self, mono_ms: int) -> int | None:
        """Return the home's time at a monotonic moment; None before the first exchange."""
        return None if self._base is None else round(self._base + mono_ms)

    def skew_ms(self, wall_ms: int, mono_ms: int) -> int | None:
        """Return how far this machine's clock is ahead of the home's; None if not known."""
        home = self.home_ms(mono_ms)
        return None if home is None else wall_ms - home
