"""How long broken promises may be put off, so that nobody is worse off than under the norm.

Beside the hall as it is stands the hall as the norm would have it (`hallterm.dispatch.norm`). With
the default `late_cap`:

- Never are more promises overdue at once than the norm would have overdue.
- While the norm keeps all below twice their budget, so does this: a broken promise waits at most
  somewhat longer than the first of the norm's queue.
- Where the norm itself leaves many waiting beyond twice their budget, some of the oldest may wait
  as long as the norm makes people wait: now, in the next hour, or on the days before.

A manager who chooses a larger `late_cap` says that some may wait longer than under the norm, and
then it alone is the bound; so it is where nobody knows who came today.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from heapq import nsmallest
from math import fsum, inf
from operator import itemgetter

from hallterm.dispatch.lookahead import HORIZON, Job
from hallterm.dispatch.norm import Norm, norm_ahead, norm_now
from hallterm.dispatch.queue import Waiting
from hallterm.dispatch.view import View
from hallterm.domain.tiers import Tier

NOBODY_WORSE_OFF = 1.5
"""Up to this `late_cap` the norm's queue bounds what is put off."""
ABOVE_NORM = 900.0
"""A broken promise may wait so much longer than the first of the norm's queue, seconds, as long as
both are below twice the budget."""
CAREFUL_MARGIN, CALM_MARGIN, MARGIN = 900.0, 310.0, 240.0
"""So long before twice the budget it is called at the latest: in a hall where the norm hardly ever
lets anybody wait so long; while it lets nobody; and otherwise; seconds."""
KNOWN_RUSH = 2.33
"""A hall is such a one until the norm would have made somebody wait so many budgets."""
PLENTY = 5
"""From so many beyond twice their budget under the norm, some may be here."""
PER_BEYOND = 4
"""So many for each of the norm's: each stands for several whom the norm will bring there."""
SURE = 0.9
"""The longest wait that the norm is expected to come to, or came to, counts by this share."""
DEEP_MARGIN = 360.0
"""Those who may wait longest are called so long before, seconds."""
USUAL_FIRST = 0.3
"""That is for a hall in which VIP and GoTone bring this share of the work. The more they bring, the
longer a rush of theirs keeps all others waiting."""
CALM, OVERRUN = 1.0, 1.5
"""Backlog of the others, in budgets: up to the first the hall is calm, from the second overrun."""
STRETCH = 1.25
"""In an overrun hall the lateness allowed by a larger `late_cap` grows by this share."""
MOST_DEEP = 4.5
"""Whatever the norm does, nobody's broken promise is put off for more budgets than this."""


@dataclass(frozen=True, slots=True)
class Allowance:
    """How long the others' broken promises may wait, from the beginning of their clock."""

    overdue: float
    """So many may be overdue at once."""
    calm: float
    """For all but the oldest, seconds."""
    deep: float = 0.0
    """For the oldest, and for those beyond twice their budget, seconds."""
    oldest: int = 0
    """How many the oldest are."""


def norm_of(view: View, budget: float) -> Norm | None:
    """Return the norm's queue now; None where nobody knows who came."""
    came = view.known.came
    if not came or view.rules.late_cap > NOBODY_WORSE_OFF:
        return None
    return norm_now(view.now, sum(w.expected for w in view.candidates), came, budget)


def allowance(view: View, norm: Norm | None, budget: float, backlog: float) -> Allowance:
    """Return how long broken promises may be put off.

    Args:
        view: the hall.
        norm: the norm's queue now, where it is known.
        budget: what the others are promised, seconds.
        backlog: the others' work by the counters' time for it, in budgets.
    """
    late_cap = view.rules.late_cap
    if late_cap > NOBODY_WORSE_OFF:
        strain = min(1.0, max(0.0, (backlog - CALM) / (OVERRUN - CALM)))
        return Allowance(inf, (1 + (late_cap - 1) * (1 + STRETCH * strain)) * budget)
    if norm is None:
        return Allowance(inf, late_cap * budget)
    work = sum(w.expected for w in view.candidates)
    soon = norm_ahead(view.now, work, len(view.stations) + 1, view.known, budget)
    beyond = max(norm.beyond, soon.beyond)
    careful = view.known.worst < KNOWN_RUSH * budget
    top = 2 * budget - (MARGIN if beyond else CAREFUL_MARGIN if careful else CALM_MARGIN)
    slack = ABOVE_NORM * (late_cap - 1) / (NOBODY_WORSE_OFF - 1)
    calm = min(top, max(late_cap * budget, max(norm.oldest, soon.oldest) + slack))
    longest = max(norm.oldest, SURE * soon.oldest, SURE * view.known.worst)
    longest = min(longest, MOST_DEEP * budget)
    return Allowance(
        overdue=norm.overdue,
        calm=calm,
        deep=max(longest - _deep_margin(view), 2 * budget - MARGIN),
        oldest=PER_BEYOND * beyond if beyond >= PLENTY else 0,
    )


def _deep_margin(view: View) -> float:
    work = [(s.work_at(view.now), s.tier) for s in view.known.streams]
    of_all = fsum(w for w, _tier in work)
    if of_all <= 0:
        return DEEP_MARGIN
    first = min(0.9, fsum(w for w, tier in work if tier is not Tier.STANDARD) / of_all)
    odds = first / (1 - first) * (1 - USUAL_FIRST) / USUAL_FIRST
    return DEEP_MARGIN * max(1.0, odds * odds)


def latest_starts(now: float, broken: Sequence[Waiting], allowed: Allowance) -> list[Job]:
    """Return by when the broken promises must be served at the latest, the first first.

    Of the oldest and of the rest the first `HORIZON` each.
    """
    border = -inf
    if allowed.oldest:
        clocks = sorted([w.clock_from for w in broken])
        border = clocks[min(allowed.oldest, len(clocks)) - 1]
    deep: list[Waiting] = []
    calm: list[Waiting] = []
    for w in broken:
        beyond = allowed.deep and now > w.clock_from + 2 * w.budget
        (deep if w.clock_from <= border or beyond else calm).append(w)
    jobs = [(w.clock_from + allowed.deep, w.tie, w) for w in nsmallest(HORIZON, deep, _by_age)]
    jobs += [(w.clock_from + allowed.calm, w.tie, w) for w in nsmallest(HORIZON, calm, _by_age)]
    jobs.sort(key=itemgetter(0, 1))
    return jobs


def _by_age(waiting: Waiting) -> tuple[float, tuple[str, str]]:
    return waiting.clock_from, waiting.tie
