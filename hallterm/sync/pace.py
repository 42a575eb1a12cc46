"""How long the sync loop waits: deadlines, pauses after failures, looks at the store."""

import random
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Pace:
    """Seconds, but for what is named otherwise."""

    deadline: float = 10.0
    """For one push or pull, from asking to the last byte of the answer."""
    patience: float = 40.0
    """For news; the home says something every 25 s even when there is none."""
    moment: float = 0.1
    """For facts that are on their way with the news, before they are asked for once more."""
    shortest: float = 0.5
    """Pause after the first failure, at most."""
    longest: float = 30.0
    """Pause after many failures, at most."""
    peek: float = 0.5
    """Between two looks at the store for commands of other processes of this terminal."""
    readying: float = 1.0
    """Between two looks at what is held ready for being cut off, while there is much to do."""
    refresh: float = 60.0
    """Between two pulls when no news has come: should a word of it be lost."""
    shut_out: float = 30.0
    """Between two tries when a person must do something first."""
    most_commands: int = 1000
    """Commands of one push."""
    most_facts: int = 500
    """Facts of one pull; what bounds how long the store is busy with it."""


class Backoff:
    """Pauses that grow with failures in a row, spread so that terminals don't all come at once.

    Full jitter: each pause is drawn between nothing and its upper bound, which doubles.
    """

    def __init__(self, pace: Pace, chance: random.Random) -> None:
        self._pace = pace
        self._chance = chance
        self._failures = 0

    @property
    def failures(self) -> int:
        """Failures since the last success."""
        return self._failures

    def failed(self, at_least: float = 0.0) -> float:
        """Count a failure; return the seconds to wait.

        at_least: what the home asked for; the drawn pause is added to it.
        """
        bound = min(self._pace.longest, self._pace.shortest * 2.0 ** min(self._failures, 30))
        self._failures += 1
        return at_least + self._chance.uniform(0.0, bound)

    def succeeded(self) -> None:
        """Begin anew."""
        self._failures = 0
