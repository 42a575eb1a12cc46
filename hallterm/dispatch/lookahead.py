"""Laying the waiting on the counters' coming time: which promises can still be kept.

The counters are taken as one stream of work: a service of `expected` seconds moves the next start
by `expected / speed`. That was as good as laying every counter's times singly (docs/dispatch.md)
and costs one pass.
"""

from collections.abc import Sequence
from heapq import heappop, heappush
from math import fsum, log, sqrt

from hallterm.dispatch.queue import Station, Waiting
from hallterm.domain.tiers import Tier

Job = tuple[float, tuple[str, str], Waiting]
"""Latest start (seconds since the epoch), ticket id for a fixed order, and the ticket."""

HORIZON = 150
"""Jobs looked at; more never changed a decision in the lab."""
LEAST_LEFT_SECONDS = 60.0
"""No running service is counted on to end sooner than this, seconds."""
ALIKE = 1.5
"""Expected services of this proportion and less are taken for equally long."""
_LOG_ALIKE = log(ALIKE)
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
    equals. Lengths count as equal within `ALIKE`: what differs less is chance, and would give up
    somebody urgent for nothing. GoTone's jobs are never given up.
    """
    heap: list[tuple[int, int]] = []
    given_up: set[int] = set()
    for place, (latest, _id, waiting) in enumerate(jobs):
        if waiting.tier is Tier.STANDARD:
            heappush(heap, (-_length_class(waiting.expected), -place))
        if start > latest and heap:
            out = -heappop(heap)[1]
            given_up.add(out)
            start -= jobs[out][2].expected / speed
        start += waiting.expected / speed
    return next((job[2] for place, job in enumerate(jobs) if place not in given_up), None)


def _length_class(expected: float) -> int:
    return round(log(max(expected, 1.0)) / _LOG_ALIKE)


def release_rate(now: float, stations: Sequence[Station], mean: float) -> float:
    """Return how many counters become free per second, from when each is expected to be.

    mean: expected service, seconds, which stands for a hall whose other counters are unknown.
    """
    if not stations:
        return 1 / mean
    return fsum(1 / max(s.free_at - now, LEAST_LEFT_SECONDS) for s in stations)


def releases_needed(place: int, doubt: float | None = None) -> float:
    """Return the mean number of releases that makes `place` + 1 of them all but certain.

    The quantile of a Poisson count, by Wilson and Hilferty's approximation.

    doubt: standard deviations by which it must be certain; `DOUBT` if not told.
    """
    count, doubt = place + 1, DOUBT if doubt is None else doubt
    root = 1 - 1 / (9 * count) + doubt / (3 * sqrt(count))
    return count * root * root * root
