"""The clairvoyant bound: no schedule of a day, not even one that knows it all, keeps more promises.

A relaxed problem is solved as a linear programme by HiGHS (scipy): how many customers of a class
start in which slot of time. Every simplification is on the side of more promises, so that the
result stays an upper bound:

- Starts and lengths are rounded down to whole slots. On one counter, services that didn't overlap
  don't overlap then: u₂ ≥ u₁ + d₁ gives ⌊u₂⌋ ≥ ⌊u₁⌋ + ⌊d₁⌋.
- A slot is allowed when any moment of it is in time.
- Customers are fractional, and every counter serves every tier.
- Only kept promises are served; a broken one takes no time at all.
"""

import math
from collections import Counter as Tally
from collections.abc import Sequence
from itertools import accumulate

from hallterm.lab.synthetic import Customer

SLOT = 60.0
"""Length of a slot, seconds."""

Class = tuple[int, int, int]
"""First and last slot in which service may begin, and its length in slots."""


class NoSolverError(Exception):
    """scipy isn't installed: the optional extra ``lab`` brings it."""


def most_kept(day: Sequence[Customer], counters: int) -> int:
    """Return an upper bound on the promises that any schedule of this day could keep.

    Raises:
        NoSolverError: scipy isn't installed.
    """
    classes = Tally(_class_of(customer) for customer in day)
    at_once = sum(count for (_first, _last, length), count in classes.items() if length == 0)
    needing = {kind: count for kind, count in classes.items() if kind[2] > 0}
    if not needing:
        return at_once
    return at_once + min(sum(needing.values()), math.floor(_solve(needing, counters) + 1e-4))


def _class_of(customer: Customer) -> Class:
    seen = customer.waiting
    first = math.floor(seen.clock_from / SLOT)
    last = math.floor((seen.clock_from + seen.budget) / SLOT)
    return first, last, math.floor(customer.service / SLOT)


def _solve(classes: dict[Class, int], counters: int) -> float:
    """Return the most starts, as a real number; a start in slot s with length n fills s … s+n-1."""
    try:
        import numpy as np  # noqa: PLC0415 - an optional extra, slow to load
        from scipy.optimize import linprog  # noqa: PLC0415
        from scipy.sparse import csc_array, vstack  # noqa: PLC0415
    except ImportError as error:
        raise NoSolverError from error
    windows = sorted(classes)
    starts = [(s, n) for first, last, n in windows for s in range(first, last + 1)]
    slots = max(s + n for s, n in starts)
    rows = [row for s, n in starts for row in range(s, s + n)]
    ends = [0, *accumulate(n for _s, n in starts)]
    filling = csc_array((np.ones(len(rows)), rows, ends), shape=(slots, len(starts)))
    owners = [k for k, (first, last, _n) in enumerate(windows) for _s in range(first, last + 1)]
    columns = list(range(len(starts) + 1))
    counting = csc_array((np.ones(len(owners)), owners, columns), shape=(len(windows), len(starts)))
    limits = np.concatenate([np.full(slots, float(counters)), [classes[w] for w in windows]])
    every = vstack([filling, counting])
    result = linprog(-np.ones(len(starts)), A_ub=every, b_ub=limits, method="highs")
    if result.status != 0:
        return float(sum(classes.values()))
    return -float(result.fun)
