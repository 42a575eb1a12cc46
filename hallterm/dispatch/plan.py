"""A plan for the day (排班): how many counters each half hour needs to keep the promises."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

HALF_HOUR = 1800.0
FULLEST = 0.97
"""No half hour is planned fuller: beyond, a small surprise takes hours to clear."""


@dataclass(frozen=True, slots=True)
class Demand:
    """What a half hour asks of the hall, from history."""

    customers: float
    """Expected to come within the half hour."""
    seconds: float
    """Mean length of their service."""


def plan_day(
    demands: Sequence[Demand], budget: float, target: float = 0.95, most: int = 60
) -> list[int]:
    """Return the counters for each half hour.

    Every half hour gets the fewest counters with which a wait beyond the budget is rarer than
    1 - target, by Erlang's formula for a steady stream of that rate; work left over from the half
    hour before counts as demand.

    Args:
        demands: the half hours from opening to closing.
        budget: longest promised wait of those served last, seconds.
        target: share of promises to keep.
        most: counters there are.
    """
    counters, left = [], 0.0
    for demand in demands:
        work = demand.customers * demand.seconds / HALF_HOUR
        needed = next(
            (
                count
                for count in range(1, most + 1)
                if late_share(count, work + left, demand.seconds, budget) <= 1 - target
            ),
            most,
        )
        counters.append(needed)
        left = max(0.0, work + left - needed * FULLEST)
    return counters


def late_share(counters: int, work: float, seconds: float, budget: float) -> float:
    """Return the share of a steady stream that waits longer than the budget (Erlang 1917).

    work: counters' worth of work that comes. seconds: mean service. budget: seconds.
    """
    if work <= 0:
        return 0.0
    if work >= counters * FULLEST:
        return 1.0
    blocked = 1.0
    for count in range(1, counters + 1):
        blocked = work * blocked / (count + work * blocked)
    waits = blocked / (1 - work / counters * (1 - blocked))
    return waits * math.exp(-(counters - work) * budget / seconds)
