"""Keep as many promises as possible, with nobody worse off than under the norm's rule.

In this order:

1. VIP, as the norm orders them (S0 §1.4).
2. GoTone whose promise is broken, or would no longer be safe if someone else went first; those of
   GoTone who go first.
3. Others who go first (S1 §13, §20; appointments, returns).
4. Others whose promise is broken and who would otherwise wait longer than they may
   (`hallterm.dispatch.lateness`); at the last moment before twice the budget even before a GoTone
   customer whose promise is still likely to be kept.
5. Another broken promise, the shortest service first, when more are overdue than the norm would
   have, or when everybody in time still fits.
6. The first of those in time, when as many of them as possible are to be kept. If no counter
   would then be free soon enough for a VIP customer who might come, the shortest service.

Steps 2 and 6 put GoTone off only as long as their own promises are safe. That time is what keeps
the others' promises.
"""

from dataclasses import dataclass, field
from math import fsum
from operator import itemgetter

from hallterm.dispatch.lateness import allowance, latest_starts, norm_of
from hallterm.dispatch.lookahead import (
    HORIZON,
    LEAST_LEFT_SECONDS,
    Job,
    all_fit,
    first_kept,
    release_rate,
    releases_needed,
)
from hallterm.dispatch.norm import Norm
from hallterm.dispatch.queue import Waiting
from hallterm.dispatch.strict import strict_key
from hallterm.dispatch.view import Picked, View
from hallterm.domain.tiers import Tier

OWN_SHARE = 0.5
"""Share of the counters' time counted on for the others when their promises are laid out; VIP and
GoTone still to come take the rest."""
BOUND_SHARE = 0.62
"""The same when broken promises are laid out by when they must be served."""
VIP_SHARE = 0.07
"""Share of the releases that VIP customers still to come take, where nobody knows how many come."""
VIP_SURPRISE = 1.2
"""Otherwise so many times their share of those who are expected."""
BOUND_SECONDS = 60.0
"""The next counter that is free for a broken promise is counted on after this, seconds."""
LAST_MOMENT = 120.0
"""So long before twice the budget a broken promise may go before GoTone, seconds."""
SMALL_DOUBT = 1.5
"""Standard deviations by which GoTone's promises must then be safe."""
VIP_BUDGET = 600.0
"""Promised wait of VIP (S0 §1.4), seconds; a counter should be free within it."""
VIP_RELEASES = 8.0
"""Counters expected to become free within that time make it all but certain that one does."""

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
    groups = _sort(view)
    return _of_first_tiers(view, groups) or _of_all(view, groups)


def _of_first_tiers(view: View, groups: _Sorted) -> Picked | None:
    """Return who goes before all others, whatever that costs them."""
    now = view.now
    if groups.vip:
        return Picked(min(groups.vip, key=lambda w: strict_key(w, now)), "vip_first")
    if groups.gotone_first:
        first = min(groups.gotone_first, key=lambda w: strict_key(w, now))
        broken = first.deadline < now
        return Picked(first, "gotone_broken" if broken else "goes_first")
    return None


def _of_all(view: View, groups: _Sorted) -> Picked:
    rate = _gotone_rate(view)
    groups.gotone.sort(key=_by_latest)
    norm = _norm(view, groups)
    last = _last_moment(view, groups, rate, norm)
    if last is not None:
        return _picked(last, "bounded_lateness", groups)
    if _gotone_urgent(groups.gotone, view.now, rate):
        return Picked(groups.gotone[0][2], "gotone_due")
    if groups.others_first:
        first = min(groups.others_first, key=lambda w: strict_key(w, view.now))
        return _picked(first, "goes_first", groups)
    bounded = _bounded(view, groups, norm) if groups.broken else None
    if bounded is not None:
        return bounded
    return _with_vip_in_mind(view, groups, _others(view, groups, releases_needed(0) / rate))


def _norm(view: View, groups: _Sorted) -> Norm | None:
    """Return the norm's queue, where it is known and somebody's promise is broken."""
    if not groups.broken:
        return None
    return norm_of(view, max(w.budget for w in groups.broken))


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
    return release_rate(view.now, view.stations, mean) * (1 - _vip_share(view))


def _vip_share(view: View) -> float:
    """Return the share of the releases that VIP customers still to come take."""
    work = [(s.work_at(view.now), s.tier) for s in view.known.streams]
    of_all = fsum(w for w, _tier in work)
    if of_all <= 0:
        return VIP_SHARE
    of_vip = fsum(w for w, tier in work if tier is Tier.VIP)
    return max(VIP_SHARE, min(0.5, VIP_SURPRISE * of_vip / of_all))


def _gotone_urgent(jobs: list[Job], now: float, rate: float, doubt: float | None = None) -> bool:
    """Tell whether a GoTone promise would no longer be safe if this counter served another."""
    for place, (deadline, _id, _waiting) in enumerate(jobs):
        if (deadline - now) * rate < releases_needed(place, doubt):
            return True
    return False


def _last_moment(view: View, groups: _Sorted, rate: float, norm: Norm | None) -> Waiting | None:
    """Return who would soon wait twice the budget, where the norm lets nobody wait so long."""
    if norm is None or norm.beyond:
        return None
    now = view.now
    near = [w for w in groups.broken if 0 <= w.clock_from + 2 * w.budget - now <= LAST_MOMENT]
    if not near or _gotone_urgent(groups.gotone, now, rate, SMALL_DOUBT):
        return None
    return min(near, key=_oldest)


def _bounded(view: View, groups: _Sorted, norm: Norm | None) -> Picked | None:
    """Return a broken promise that may not wait any longer, if there is one."""
    speed = (len(view.stations) + 1) * BOUND_SHARE
    budget = max(w.budget for w in groups.broken)
    work = fsum(w.expected for part in (groups.broken, groups.others) for w in part)
    allowed = allowance(view, norm, budget, work / speed / budget)
    jobs = latest_starts(view.now, groups.broken, allowed)
    if not all_fit(jobs, view.now + BOUND_SECONDS, speed):
        return _picked(jobs[0][2], "bounded_lateness", groups)
    if len(groups.broken) > allowed.overdue:
        return _picked(min(groups.broken, key=_shortest), "overdue_enough", groups)
    return None


def _others(view: View, groups: _Sorted, lead: float) -> Picked:
    """Choose among the others and those of GoTone who can wait.

    lead: seconds before its deadline at which a GoTone ticket should be called.
    """
    now = view.now
    jobs = [(deadline - lead, tie, w) for deadline, tie, w in groups.gotone]
    jobs += _nearest(groups.others)
    jobs.sort(key=_by_latest)
    speed = (len(view.stations) + 1) * OWN_SHARE
    if groups.broken:
        shortest = min(groups.broken, key=_shortest)
        if all_fit(jobs, now + shortest.expected / speed, speed):
            return _picked(shortest, "all_fit", groups)
    kept = first_kept(jobs, now, speed)
    if kept is None:
        oldest = min(groups.broken, key=_oldest)
        return _picked(oldest, "longest_wait", groups)
    if kept.tier is Tier.GOTONE:
        return Picked(kept, "tier_first")
    return _picked(kept, "keeps_promise", groups)


def _with_vip_in_mind(view: View, groups: _Sorted, picked: Picked) -> Picked:
    """Prefer the shortest service when no counter might be free for a VIP customer in time."""
    chosen = picked.waiting
    if not view.stations or chosen.tier is not Tier.STANDARD:
        return picked
    releases = VIP_BUDGET * release_rate(view.now, view.stations, chosen.expected)
    if releases + VIP_BUDGET / chosen.expected >= VIP_RELEASES:
        return picked
    shortest = min((*groups.others, *groups.broken), key=_shortest)
    if shortest.expected >= chosen.expected:
        return picked
    return _picked(shortest, "free_for_vip", groups)


def _nearest(others: list[Waiting]) -> list[Job]:
    """Return those who matter: the `HORIZON` whose promises break soonest, and their equals."""
    if len(others) > HORIZON:
        soonest = sorted([w.clock_from + w.budget for w in others])[HORIZON]
        others = [w for w in others if w.clock_from + w.budget <= soonest]
    return [(w.clock_from + w.budget, w.tie, w) for w in others]


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


def _shortest(waiting: Waiting) -> tuple[float, float, tuple[str, str]]:
    return waiting.expected, waiting.clock_from, waiting.tie


def _oldest_job(job: Job) -> tuple[float, float, tuple[str, str]]:
    return _oldest(job[2])
