"""What the hall would look like now under the norm's order (S0 §1.4): the yardstick of `promise`.

Whoever is called, the counters do the same work in a minute. So the norm would have as much work
waiting as there is now; and as it calls the oldest first, what waits is what came last. That gives
the norm's queue without running a second hall: the last of the others who came, back to as much
work as waits now. VIP and GoTone hardly wait under the norm.
"""

from collections.abc import Sequence
from typing import NamedTuple

from hallterm.dispatch.known import Came, Coming, Known, Others, Stream
from hallterm.domain.tiers import Tier

STEP, FAR = 600.0, 5400.0
"""The look ahead goes in steps of `STEP` up to `FAR`, seconds."""


class Norm(NamedTuple):
    """The others' queue under the norm."""

    oldest: float
    """How long the first of them has waited, seconds."""
    overdue: int
    """How many of them wait longer than promised."""
    beyond: int
    """How many of them wait longer than twice as long as promised."""


def norm_now(now: float, work: float, came: Others, budget: float) -> Norm:
    """Return the norm's queue now.

    Args:
        now: seconds since the epoch.
        work: what waits, of all tiers: seconds of service.
        came: the others who came.
        budget: what the others are promised, seconds.
    """
    first = came.last(work)
    clock_from = came.clock_at(first)
    if clock_from is None:
        return Norm(0.0, 0, 0)
    overdue, beyond = came.before(now - budget), came.before(now - 2 * budget)
    return Norm(now - clock_from, max(0, overdue - first), max(0, beyond - first))


def norm_ahead(now: float, work: float, counters: int, known: Known, budget: float) -> Norm:
    """Return the worst that the norm's queue is expected to become.

    Args:
        now: seconds since the epoch.
        work: what waits now, of all tiers: seconds of service.
        counters: counters at work.
        known: who came and who is expected.
        budget: what the others are promised, seconds.
    """
    worst = Norm(0.0, 0, 0)
    expected: list[float] = []
    streams = known.expected()
    for step in range(int(FAR / STEP)):
        begin, end = now + step * STEP, now + (step + 1) * STEP
        of_all, of_others = _work_between(begin, end, streams, known.coming)
        expected.append(of_others)
        work += of_all - counters * STEP
        if work <= 0:
            break
        seen = _norm_then(end, work, expected, known, budget)
        worst = Norm(
            max(worst.oldest, seen.oldest),
            max(worst.overdue, seen.overdue),
            max(worst.beyond, seen.beyond),
        )
    return worst


def _work_between(
    begin: float, end: float, streams: Sequence[Stream], coming: Sequence[Coming]
) -> tuple[float, float]:
    of_all = of_others = 0.0
    for stream in streams:
        work = stream.work_at((begin + end) / 2) * (end - begin)
        of_all += work
        of_others += work * (stream.tier is Tier.STANDARD)
    for one in coming:
        if begin <= one.at < end:
            of_all += 60 * one.minutes
            of_others += 60 * one.minutes * (one.tier is Tier.STANDARD)
    return of_all, of_others


def _norm_then(
    then: float, work: float, expected: Sequence[float], known: Known, budget: float
) -> Norm:
    """Return the norm's queue at a moment to come; `expected`: the others' work of each step."""
    begin = then
    for of_step in reversed(expected):
        if of_step >= work:
            return Norm(then - begin + STEP * work / of_step, 0, 0)
        work -= of_step
        begin -= STEP
    waited = norm_now(then, work, known.came, budget)
    return waited if waited.oldest else Norm(then - begin, 0, 0)


def longest_wait(came: Sequence[tuple[float, float, float, Tier]]) -> float:
    """Return the longest that the norm would have let anybody wait on a day that is over, seconds.

    came: when the clock began, when service began, its expected seconds and the tier; in the order
    in which service began.
    """
    arrivals = sorted((row[0], row[2], row[3]) for row in came)
    others = Others()
    work = longest = 0.0
    place = 0
    for clock_from, started, expected, _tier in came:
        while place < len(arrivals) and arrivals[place][0] <= started:
            work += arrivals[place][1]
            if arrivals[place][2] is Tier.STANDARD:
                others.add(Came(arrivals[place][0], arrivals[place][1]))
            place += 1
        if started > clock_from:
            longest = max(longest, norm_now(started, work, others, longest).oldest)
        work -= expected
    return longest
