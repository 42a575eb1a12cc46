"""How long everybody will still wait, with a range that holds four times in five.

The actual rule is run forward with expected minutes (`hallterm.dispatch.forward`). Where the actual
wait then lies around that was measured on simulated days (docs/dispatch.md): it spreads with the
square root of the wait, in units of the time between two releases of a counter.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from hallterm.dispatch.forward import LONGEST, Forward, Start
from hallterm.dispatch.known import COMING, NOTHING_KNOWN, Known
from hallterm.dispatch.queue import Station, Waiting, may_serve
from hallterm.dispatch.strict import strict_key
from hallterm.dispatch.view import DEFAULT_RULES, Rules
from hallterm.domain.tiers import Tier


@dataclass(frozen=True, slots=True)
class Expected:
    """The wait that a ticket still has before it, seconds from now."""

    wait: float
    """As often longer as shorter."""
    low: float
    """One in ten waits is shorter."""
    high: float
    """One in ten waits is longer."""


RULED = 120
"""So many starts are told by running the rule."""

Band = tuple[float, float, float, float]
"""Up to how many releases ahead; then where low, middle and high lie, in units of the spread."""

FIRST_TIERS: tuple[Band, ...] = ((5.0, -0.5, 0.0, 1.25), (math.inf, -1.9, -0.95, -0.1))
IN_TIME: tuple[Band, ...] = (
    (2.0, -0.45, 0.1, 2.35),
    (5.0, -0.95, 0.0, 2.2),
    (20.0, -1.72, -0.5, 1.3),
    (math.inf, -1.65, -0.38, 1.9),
)
"""Others who are expected to be called in time."""
GIVEN_UP: tuple[Band, ...] = ((math.inf, -3.1, -0.85, 0.9),)
"""Others in time whose promise is expected to break: some of them are called in time after all."""
BROKEN: tuple[Band, ...] = (
    (2.0, -0.44, 0.1, 1.65),
    (5.0, -0.74, 0.08, 1.5),
    (20.0, -1.55, -0.4, 1.03),
    (math.inf, -1.95, -0.85, 0.8),
)
"""Others whose promise is broken already."""


def forecast(
    now: float,
    waiting: Sequence[Waiting],
    stations: Sequence[Station],
    known: Known = NOTHING_KNOWN,
    rules: Rules = DEFAULT_RULES,
) -> dict[str, Expected]:
    """Return what each waiting ticket can expect, by ticket id.

    A new ticket is put among the waiting to be told. Tickets that no counter at work may serve, or
    that would wait four hours and more, are left out. The rule is run for the first `RULED` starts;
    behind them, where the range is wide anyhow, the norm's order and the pace so far are told. 200
    waiting take about 25 ms, and more hardly longer: not for the event loop.

    Args:
        now: seconds since the epoch.
        waiting: everybody who waits in the hall.
        stations: all counters at work, free ones included, paused ones left out.
        known: who came and who will come; without those who are expected, the waits of the others
            come out short in a busy hall.
        rules: the policy and its settings.
    """
    if not waiting or not stations:
        return {}
    forward = Forward(now, waiting, stations, known, rules)
    starts = forward.run(most=RULED)
    starts += later(now, starts, forward.left, stations)
    mean = math.fsum(w.expected for w in waiting) / len(waiting)
    gap = max(mean / len(stations), 1.0)
    return {
        start.waiting.ticket_id: _expected(start, now, gap)
        for start in starts
        if not start.waiting.ticket_id.startswith(COMING)
    }


def later(
    now: float, starts: Sequence[Start], left: Sequence[Waiting], stations: Sequence[Station]
) -> list[Start]:
    """Return when those behind a run start, in the norm's order and at the pace of its latter half.

    starts: of the run, in order of time; without any nobody is served.
    """
    mine = [s for s in starts if not s.waiting.ticket_id.startswith(COMING)]
    half = len(mine) // 2
    if not half:
        return []
    moment = mine[-1].moment
    pace = (moment - mine[-half - 1].moment if half < len(mine) else moment - now) / half
    served = [w for w in left if any(may_serve(station, w) for station in stations)]
    served.sort(key=lambda w: strict_key(w, now))
    behind = [Start(w, moment + pace * place) for place, w in enumerate(served, 1)]
    return [start for start in behind if start.moment <= now + LONGEST]


def _expected(start: Start, now: float, gap: float) -> Expected:
    wait = start.moment - now
    low, middle, high = _band(start, now, wait / gap)
    spread = math.sqrt(wait * gap + gap * gap)
    told = max(0.0, wait + middle * spread)
    return Expected(told, max(0.0, wait + low * spread), max(told, wait + high * spread))


def _band(start: Start, now: float, ahead: float) -> tuple[float, float, float]:
    if start.waiting.tier is not Tier.STANDARD:
        bands = FIRST_TIERS
    elif start.kept:
        bands = IN_TIME
    else:
        bands = BROKEN if start.waiting.deadline < now else GIVEN_UP
    _limit, low, middle, high = next(band for band in bands if ahead < band[0])
    return low, middle, high
