"""The promise of a wait (等候承诺): identity shown → first start of service (S0 §1.4)."""

from enum import StrEnum


class PromiseWord(StrEnum):
    """How a running promise stands."""

    IN_TIME = "in_time"
    """及时."""
    SHORT = "short"
    """将超: a set share of the budget is used up."""
    OVERDUE = "overdue"
    """已超."""


class Verdict(StrEnum):
    """How a promise ended, for the figures of the day."""

    KEPT = "kept"
    BROKEN = "broken"
    ABSENT = "absent"
    """Called in time, wasn't there: counted apart."""
    ABANDONED = "abandoned"
    """Left before service began, while the promise still held."""
    RUNNING = "running"


def promise_word(age: float, budget: float, short_share: float) -> PromiseWord:
    """Judge a wait of `age` seconds against a budget in seconds.

    short_share: share of the budget (0–1) from which the wait counts as short. A wait of exactly
    the budget still keeps the promise.
    """
    if age > budget:
        return PromiseWord.OVERDUE
    if age >= budget * short_share:
        return PromiseWord.SHORT
    return PromiseWord.IN_TIME
