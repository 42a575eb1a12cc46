"""What goes wrong and when: everything uncertain is drawn from one seed."""

import asyncio
import random
from dataclasses import dataclass, field

START_MS = 1_772_413_200_000
"""2026-03-02 01:00 UTC, 9:00 in the hall."""


@dataclass(slots=True)
class Weather:
    """How bad it is now. All rates are chances for each request, write or second."""

    chance: random.Random
    lost: float = 0.05
    """A request that never arrives."""
    cut: float = 0.05
    """An answer that never arrives, after what was asked has been done."""
    twice: float = 0.05
    """A request that arrives a second time, later."""
    slow: float = 0.1
    """A request or answer that takes up to a minute."""
    dies: float = 0.02
    """A process that is killed at one of its next statements."""
    forges: float = 0.04
    """A terminal that acts under somebody's name although nobody is there."""
    busy: float = 0.03
    """A home that asks to wait."""
    calm: bool = False
    """The faults have stopped."""
    trace: list[str] = field(default_factory=list)
    quiet_ms: int = 0
    """Time in which nobody did anything, and nothing that was under way went on."""

    def now_ms(self) -> int:
        """Return the true time, milliseconds since the epoch."""
        return START_MS + self.quiet_ms + round(asyncio.get_running_loop().time() * 1000)

    def let_pass(self, minutes: int) -> None:
        """Let it be later at once, for appointments to be missed and promises to come due."""
        self.quiet_ms += minutes * 60_000
        self.note(f"{minutes} minutes pass")

    def strikes(self, rate: float) -> bool:
        """Say whether something that happens at this rate happens now."""
        drawn = self.chance.random() < rate
        return drawn and not self.calm

    def delay(self) -> float:
        """Return how long one way takes now, seconds."""
        if self.strikes(self.slow):
            return self.chance.uniform(0.1, 60.0)
        return self.chance.uniform(0.001, 0.05)

    def note(self, words: str) -> None:
        """Keep what happened, to tell it when something doesn't hold."""
        self.trace.append(f"{asyncio.get_running_loop().time():10.3f} {words}")
