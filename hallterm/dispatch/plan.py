"""A plan for the day (排班): how many counters each half hour needs to keep the promises."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

HALF_HOUR = 1800.0
SURPRISE = 3.3
"""Variance of the work that piles up, in mean services squared per customer expected: the number
of customers and the length of services both vary, over more than one half hour."""
PLANNED_SHARE = 0.5
"""Share of the budget that the plan uses up; VIP and GoTone who come in between take the rest."""


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

    Every half hour gets the fewest counters with which a customer who comes at its end is likely
    enough to be served in time. A queue may build up as long as that holds.

    Args:
        demands: the half hours from opening to closing.
        budget: longest promised wait of those served last, seconds.
        target: share of promises to keep.
        most: counters there are.
    """
    counters, left = [], 0.0
    for demand in demands:
        work = left + demand.customers * demand.seconds
        needed = next(
            (c for c in range(1, most + 1) if late_share(c, work, demand, budget) <= 1 - target),
            most,
        )
        counters.append(needed)
        left = max(0.0, work - needed * HALF_HOUR)
    return counters


def late_share(counters: int, work: float, demand: Demand, budget: float) -> float:
    """Return how likely the last customer of a half hour waits longer than planned for.

    Args:
        counters: counters at work.
        work: what comes and what was left over, seconds of service.
        demand: the half hour.
        budget: promised wait, seconds.
    """
    if demand.customers <= 0:
        return 0.0
    wait = (work - counters * HALF_HOUR) / counters
    deviation = demand.seconds * math.sqrt(SURPRISE * demand.customers) / counters
    spare = PLANNED_SHARE * budget - wait
    return 0.5 * math.erfc(spare / deviation / math.sqrt(2))
