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
6. The first of those in time, when as many of them as possible are to be kept.

From step 4 on the shortest service is taken instead when otherwise a VIP customer who comes now
might find no counter free in time. Steps 2 and 6 put GoTone off only as long as their own promises
are safe. That time is what keeps the others' promises.
"""

from dataclasses import dataclass, field
from math import fsum, inf
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
from hallterm.dispatch.releases import chance_free, ends_by, risk_for, shortfall, times_left
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
GOTONE_RISK = 0.0005
"""GoTone is put off while the chance that a promise breaks is no larger."""
LAST_MOMENT_RISK = 0.067
"""The same when a broken promise of the others' is in its last moment."""
VIP_BUDGET = 600.0
"""Promised wait of VIP (S0 §1.4), seconds; a counter should be free within it."""
VIP_COMING = 0.7
"""VIP customers who come within it, where nobody knows how many come."""
VIP_RISK = 0.0003
"""From this chance on that one of them finds none, the shortest service goes first."""
VIP_USUAL, VIP_MOST_RISK = 4.0, 0.35
"""With few counters or long services it is always larger: so many times what is usual in this hall,
but at most so large."""
VIP_GRACE = 180.0
"""A broken promise that should have been served so long ago isn't put off for that, seconds."""

SOON = 600.0
"""A promise that breaks within this is told when a higher tier goes first, seconds."""

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
        first = min(groups.vip, key=lambda w: strict_key(w, now))
        return Picked(first, "vip_first", _passed_by(groups, now))
    if groups.gotone_first:
        first = min(groups.gotone_first, key=lambda w: strict_key(w, now))
        broken = first.deadline < now
        reason = "gotone_broken" if broken else "goes_first"
        return Picked(first, reason, _passed_by(groups, now))
    return None


def _passed_by(groups: _Sorted, now: float) -> Waiting | None:
    """Return whom it costs most that a higher tier goes first: who breaks soon, or is broken."""
    soonest = min(groups.others, key=_by_deadline, default=None)
    if soonest is not None and soonest.deadline - now <= SOON:
        return soonest
    return min(groups.broken, key=_oldest, default=None)


def _of_all(view: View, groups: _Sorted) -> Picked:
    rate = _gotone_rate(view)
    groups.gotone.sort(key=_by_latest)
    norm = _norm(view, groups)
    last = _last_moment(view, groups, norm)
    if last is not None:
        return _picked(last, "bounded_lateness", groups)
    if _gotone_urgent(view, groups.gotone, GOTONE_RISK):
        return Picked(groups.gotone[0][2], "gotone_due", _passed_by(groups, view.now))
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


def _gotone_urgent(view: View, jobs: list[Job], risk: float) -> bool:
    """Tell whether a GoTone promise would no longer be safe if this counter served another."""
    if not jobs:
        return False
    mean = max(LEAST_LEFT_SECONDS, fsum(w.expected for _at, _tie, w in jobs) / len(jobs))
    left = times_left(view.now, view.stations) or [mean]
    share = 1 - _vip_share(view)
    for place, (deadline, _tie, _waiting) in enumerate(jobs):
        within = deadline - view.now
        # The first needs one end; no counter has a second before its first.
        further = mean if place else inf
        if shortfall(ends_by(within, left, share, further), place) > risk:
            return True
    return False


def _last_moment(view: View, groups: _Sorted, norm: Norm | None) -> Waiting | None:
    """Return who would soon wait twice the budget, where the norm lets nobody wait so long."""
    if norm is None or norm.beyond:
        return None
    now = view.now
    near = [w for w in groups.broken if 0 <= w.clock_from + 2 * w.budget - now <= LAST_MOMENT]
    if not near or _gotone_urgent(view, groups.gotone, LAST_MOMENT_RISK):
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
        picked = _picked(jobs[0][2], "bounded_lateness", groups)
        if jobs[0][0] < view.now - VIP_GRACE:
            return picked
        return _with_vip_in_mind(view, groups, picked)
    if len(groups.broken) > allowed.overdue:
        picked = _picked(min(groups.broken, key=_shortest), "overdue_enough", groups)
        return _with_vip_in_mind(view, groups, picked)
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
    if not view.stations:
        return picked
    left = [*times_left(view.now, view.stations), chosen.expected]
    coming = _vip_coming(view)
    usual = risk_for(coming, [chance_free(_mean_service(view), VIP_BUDGET)] * len(left))
    bearable = max(VIP_RISK, min(VIP_MOST_RISK, VIP_USUAL * usual))
    if risk_for(coming, [chance_free(end, VIP_BUDGET) for end in left]) <= bearable:
        return picked
    gotone = (w for _at, _tie, w in groups.gotone)
    shortest = min((*groups.others, *groups.broken, *gotone), key=_shortest)
    if shortest.expected >= chosen.expected:
        return picked
    return _picked(shortest, "free_for_vip", groups)


def _vip_coming(view: View) -> float:
    """Return how many VIP customers come within their budget, on average."""
    if not view.known.streams:
        return VIP_COMING
    of_vip = (s for s in view.known.streams if s.tier is Tier.VIP)
    return fsum(s.work_at(view.now) / s.expected for s in of_vip) * VIP_BUDGET


def _mean_service(view: View) -> float:
    """Return the mean service of those who come now, else of those who wait, seconds."""
    work = [(s.work_at(view.now), s.expected) for s in view.known.streams]
    of_all = fsum(w for w, _expected in work)
    if of_all > 0:
        return of_all / fsum(w / expected for w, expected in work)
    return fsum(w.expected for w in view.candidates) / len(view.candidates)


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


def _by_deadline(waiting: Waiting) -> tuple[float, tuple[str, str]]:
    return waiting.clock_from + waiting.budget, waiting.tie


def _oldest(waiting: Waiting) -> tuple[float, float, tuple[str, str]]:
    return waiting.clock_from, waiting.arrived, waiting.tie


def _shortest(waiting: Waiting) -> tuple[float, float, tuple[str, str]]:
    return waiting.expected, waiting.clock_from, waiting.tie


def _oldest_job(job: Job) -> tuple[float, float, tuple[str, str]]:
    return _oldest(job[2])
