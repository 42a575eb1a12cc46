"""Laying the waiting on the counters' coming time: which promises can still be kept.

The counters are taken as one stream of work: a service of `expected` seconds moves the next start
by `expected / speed`. That was as good as laying every counter's times singly (docs/dispatch.md)
and costs one pass.
"""

from collections.abc import Sequence
from heapq import heappop, heappush
from math import fsum, sqrt

from hallterm.dispatch.queue import Station, Waiting
from hallterm.domain.tiers import Tier

Job = tuple[float, tuple[str, str], Waiting]
"""Latest start (seconds since the epoch), ticket id for a fixed order, and the ticket."""

HORIZON = 150
"""Jobs looked at; more never changed a decision in the lab."""
LEAST_LEFT_SECONDS = 60.0
"""No running service is counted on to end sooner than this, seconds."""
DOUBT = 3.1
"""Standard deviations by which a start must be safe: it fails about once in 1000 times."""


def all_fit(jobs: Sequence[Job], start: float, speed: float) -> bool:
    """Tell whether every job, in this order from `start` on, begins by its latest start."""
    for latest, _id, waiting in jobs:
        if start > latest:
            return False
        start += waiting.expected / speed
    return True


def first_kept(jobs: Sequence[Job], start: float, speed: float) -> Waiting | None:
    """Return the first of the jobs that are kept when as many as possible are (Moore, Hodgson).

    Whenever one would start late, the longest of the others' so far is given up, the latest of
    equals. GoTone's jobs are never given up.
    """
    heap: list[tuple[float, int]] = []
    given_up: set[int] = set()
    for place, (latest, _id, waiting) in enumerate(jobs):
        length = waiting.expected / speed
        if waiting.tier is Tier.STANDARD:
            heappush(heap, (-length, -place))
        if start > latest and heap:
            shorter, out = heappop(heap)
            given_up.add(-out)
            start += shorter
        start += length
    return next((job[2] for place, job in enumerate(jobs) if place not in given_up), None)


def release_rate(now: float, stations: Sequence[Station], mean: float) -> float:
    """Return how many counters become free per second, from when each is expected to be.

    mean: expected service, seconds, which stands for a hall whose other counters are unknown.
    """
    if not stations:
        return 1 / mean
    return fsum(1 / max(s.free_at - now, LEAST_LEFT_SECONDS) for s in stations)


def releases_needed(place: int) -> float:
    """Return the mean number of releases that makes `place` + 1 of them all but certain.

    The quantile of a Poisson count, by Wilson and Hilferty's approximation.
    """
    count = place + 1
    root = 1 - 1 / (9 * count) + DOUBT / (3 * sqrt(count))
    return count * root * root * root
