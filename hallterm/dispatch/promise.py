"""Keep as many promises as possible, with nobody worse off than under the norm's rule.

In this order:

1. VIP, as the norm orders them (S0 §1.4).
2. GoTone whose promise is broken, or would no longer be safe if someone else went first; those of
   GoTone who go first.
3. Others who go first (S1 §13, §20; appointments, returns).
4. Others whose promise is broken and who would otherwise wait beyond the cap.
5. Another broken promise, the shortest service first, when everybody in time still fits.
6. The first of those in time, when as many of them as possible are to be kept.

Steps 2 and 6 put GoTone off only as long as their own promises are safe. That time is what keeps
the others' promises.
"""

from dataclasses import dataclass, field
from math import fsum
from operator import itemgetter

from hallterm.dispatch.lookahead import (
    HORIZON,
    LEAST_LEFT_SECONDS,
    Job,
    all_fit,
    first_kept,
    release_rate,
    releases_needed,
)
from hallterm.dispatch.queue import Waiting
from hallterm.dispatch.strict import strict_key
from hallterm.dispatch.view import Picked, View
from hallterm.domain.tiers import Tier

OWN_SHARE = 0.5
"""Share of the counters' time counted on for the others when their promises are laid out; VIP and
GoTone still to come take the rest."""
BOUND_SHARE = 0.6
"""The same when broken promises are laid out below the cap."""
VIP_SHARE = 0.07
"""Share of the releases that VIP customers still to come are expected to take."""
CAP_MARGIN_SECONDS = 60.0
"""A service that is bounded begins this much before the cap, seconds."""
CALM, OVERRUN = 1.0, 1.75
"""Backlog of the others, in budgets: up to the first the hall is calm, from the second overrun."""
STRETCH = 0.75
"""In an overrun hall, where the norm's own waits grow beyond all bounds, the lateness allowed by
the cap grows by this share."""

_by_latest = itemgetter(0, 1)


@dataclass(slots=True)
class _Sorted:
    """The candidates by what their promise needs."""

    vip: list[Waiting] = field(default_factory=list)
    gotone_first: list[Waiting] = field(default_factory=list)
    gotone: list[Job] = field(default_factory=list)
    others_first: list[Waiting] = field(default_factory=list)
    others: list[Waiting] = field(default_factory=list)
    broken: list[Waiting] = field(default_factory=list)


def pick(view: View) -> Picked:
    """Return the candidate who keeps the most promises, and why."""
    now = view.now
    groups = _sort(view)
    if groups.vip:
        return Picked(min(groups.vip, key=lambda w: strict_key(w, now)), "vip_first")
    if groups.gotone_first:
        first = min(groups.gotone_first, key=lambda w: strict_key(w, now))
        broken = first.deadline < now
        return Picked(first, "gotone_broken" if broken else "goes_first")
    rate = _gotone_rate(view)
    groups.gotone.sort(key=_by_latest)
    if _gotone_urgent(groups.gotone, now, rate):
        return Picked(groups.gotone[0][2], "gotone_due")
    if groups.others_first:
        first = min(groups.others_first, key=lambda w: strict_key(w, now))
        return _picked(first, "goes_first", groups)
    return _others(view, groups, releases_needed(0) / rate)


def _sort(view: View) -> _Sorted:
    now, groups = view.now, _Sorted()
    for w in view.candidates:
        tier, deadline = w.tier, w.clock_from + w.budget
        if tier is Tier.STANDARD:
            if w.helped or w.returned or (w.appointment is not None and w.goes_first(now)):
                groups.others_first.append(w)
            elif deadline < now:
                groups.broken.append(w)
            else:
                groups.others.append(w)
        elif tier is Tier.VIP:
            groups.vip.append(w)
        elif deadline < now or w.goes_first(now):
            groups.gotone_first.append(w)
        else:
            groups.gotone.append((deadline, w.tie, w))
    return groups


def _gotone_rate(view: View) -> float:
    mean = max(LEAST_LEFT_SECONDS, min(w.expected for w in view.candidates))
    return release_rate(view.now, view.stations, mean) * (1 - VIP_SHARE)


def _gotone_urgent(jobs: list[Job], now: float, rate: float) -> bool:
    """Tell whether a GoTone promise would no longer be safe if this counter served another."""
    for place, (deadline, _id, _waiting) in enumerate(jobs):
        if (deadline - now) * rate < releases_needed(place):
            return True
    return False


def _others(view: View, groups: _Sorted, lead: float) -> Picked:
    """Choose among the others and those of GoTone who can wait.

    lead: seconds before its deadline at which a GoTone ticket should be called.
    """
    now = view.now
    counters = len(view.stations) + 1
    if groups.broken:
        bounded = _bounded(view, groups, counters * BOUND_SHARE)
        if bounded is not None:
            return _picked(bounded, "bounded_lateness", groups)
    jobs = [(deadline - lead, tie, w) for deadline, tie, w in groups.gotone]
    jobs += _nearest(groups.others)
    jobs.sort(key=_by_latest)
    speed = counters * OWN_SHARE
    if groups.broken:
        shortest = min(groups.broken, key=lambda w: (w.expected, w.clock_from, w.tie))
        if all_fit(jobs, now + shortest.expected / speed, speed):
            return _picked(shortest, "all_fit", groups)
    kept = first_kept(jobs, now, speed)
    if kept is None:
        oldest = min(groups.broken, key=lambda w: (w.clock_from, w.tie))
        return _picked(oldest, "longest_wait", groups)
    if kept.tier is Tier.GOTONE:
        return Picked(kept, "tier_first")
    return _picked(kept, "keeps_promise", groups)


def _nearest(others: list[Waiting]) -> list[Job]:
    """Return those who matter: the `HORIZON` whose promises break soonest, and their equals."""
    if len(others) > HORIZON:
        soonest = sorted([w.clock_from + w.budget for w in others])[HORIZON]
        others = [w for w in others if w.clock_from + w.budget <= soonest]
    return [(w.clock_from + w.budget, w.tie, w) for w in others]


def _bounded(view: View, groups: _Sorted, speed: float) -> Waiting | None:
    """Return the oldest broken promise if one of them would else wait beyond the cap."""
    now, lateness = view.now, view.rules.late_cap - 1
    queued = [w.expected for w in groups.broken]
    queued += [w.expected for w in groups.others]
    backlog = fsum(queued) / speed / max(w.budget for w in groups.broken)
    strain = min(1.0, max(0.0, (backlog - CALM) / (OVERRUN - CALM)))
    cap = 1 + lateness * (1 + STRETCH * strain)
    start = now + CAP_MARGIN_SECONDS
    first = min(groups.broken, key=lambda w: (w.clock_from + cap * w.budget, w.tie))
    if start > first.clock_from + cap * first.budget:
        return first
    latest = sorted((w.clock_from + cap * w.budget, w.tie, w) for w in groups.broken)
    return None if all_fit(latest, start, speed) else first


def _picked(chosen: Waiting, reason: str, groups: _Sorted) -> Picked:
    """Name beside the chosen one whom the norm would have called."""
    if groups.gotone:
        return Picked(chosen, reason, min(groups.gotone, key=_oldest_job)[2])
    if reason == "goes_first":
        return Picked(chosen, reason)
    broken = min(groups.broken, key=_oldest, default=None)
    rival = broken or min(groups.others, key=_oldest, default=None)
    return Picked(chosen, reason, rival if rival is not chosen else None)


def _oldest(waiting: Waiting) -> tuple[float, float, tuple[str, str]]:
    return waiting.clock_from, waiting.arrived, waiting.tie


def _oldest_job(job: Job) -> tuple[float, float, tuple[str, str]]:
    return _oldest(job[2])
