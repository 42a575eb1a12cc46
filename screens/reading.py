"""What a running promise shows at one moment."""

from dataclasses import dataclass

from hallterm.desk.views import Clock
from hallterm.domain.ticket.promise import PromiseWord, promise_word


@dataclass(frozen=True, slots=True)
class Reading:
    """A clock read at a moment."""

    age: float
    """Seconds since it began."""
    left: float
    """Seconds of the budget that remain; negative when overdue."""
    share: float
    """Share of the budget used up, 0 to 1."""
    word: PromiseWord
    running: bool


def read(clock: Clock, now: float) -> Reading:
    """Read a clock at `now`, seconds since the epoch. A stopped clock keeps its last reading."""
    age = max((now if clock.stopped is None else clock.stopped) - clock.began, 0.0)
    share = min(age / clock.budget, 1.0) if clock.budget > 0 else 1.0
    word = promise_word(age, clock.budget, clock.short_share)
    return Reading(age, clock.budget - age, share, word, clock.stopped is None)
