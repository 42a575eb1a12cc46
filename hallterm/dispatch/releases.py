"""How sure it is that counters become free in time, for GoTone who wait and VIP who may come.

A service that has just begun hardly ever ends in the next minutes. What is left of one is therefore
taken for lognormal; an exponential one would promise a long service's counter far too early, and
that is what broke VIP's and GoTone's promises (docs/dispatch.md).
"""

from collections.abc import Iterator, Sequence
from math import erf, exp, fsum, log, sqrt

from hallterm.dispatch.lookahead import LEAST_LEFT_SECONDS
from hallterm.dispatch.queue import Station

SPREAD = 0.55
"""Standard deviation of the logarithm of what is left of a service: a coefficient of 0.6."""
_HALF_VARIANCE = SPREAD * SPREAD / 2
_SCALE = SPREAD * sqrt(2)
_NEVER_SURE = 1e-9


def chance_free(left: float, within: float) -> float:
    """Return the chance that a counter expected to be free in `left` seconds is in time."""
    if within <= 0:
        return 0.0
    return 0.5 + 0.5 * erf((log(within / max(left, 1.0)) + _HALF_VARIANCE) / _SCALE)


def times_left(now: float, stations: Sequence[Station]) -> list[float]:
    """Return in how many seconds each counter is expected to be free."""
    return [max(s.free_at - now, LEAST_LEFT_SECONDS) for s in stations]


def shortfall(chances: Sequence[float], place: int) -> float:
    """Return the chance that fewer than `place` + 1 of so many independent ends come.

    Exact for the first two places, else by the normal approximation.
    """
    if place <= 1:
        none, odds = _none_and_odds(chances)
        return none * (1 + place * odds)
    mean = fsum(chances)
    variance = max(fsum(p * (1 - p) for p in chances), _NEVER_SURE)
    return 0.5 - 0.5 * erf((mean - place - 0.5) / sqrt(2 * variance))


def risk_for(coming: float, chances: Sequence[float]) -> float:
    """Return the chance that one who comes finds no counter free in time, or the second only one.

    Args:
        coming: how many come meanwhile, on average.
        chances: of each counter to be free in time.
    """
    none, odds = _none_and_odds(chances)
    nobody = exp(-coming)
    return (1 - nobody) * none + (1 - nobody * (1 + coming)) * none * odds


def ends_by(within: float, left: Sequence[float], share: float, next_s: float) -> list[float]:
    """Return the chances of all ends of services that may come within a time.

    Args:
        within: seconds.
        left: seconds that are left of the services that run.
        share: of the ends, which aren't taken by others.
        next_s: expected seconds of each service that begins then.
    """
    return [
        share * chance_free(end, within) for first in left for end in _ends(first, next_s, within)
    ]


def _ends(first: float, next_s: float, within: float) -> Iterator[float]:
    end = first
    while end < 2 * within:
        yield end
        end += next_s


def _none_and_odds(chances: Sequence[float]) -> tuple[float, float]:
    """Return the chance that none comes true, and by how much likelier it is that just one does."""
    none, odds = 1.0, 0.0
    for chance in chances:
        fails = max(1 - chance, _NEVER_SURE)
        none *= fails
        odds += chance / fails
    return none, odds
