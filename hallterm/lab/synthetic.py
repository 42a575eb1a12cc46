"""Made-up days of a hall: when customers come, of which tier, and how long each is served.

The same seed and number always give the same day, whatever other days are made.
"""

import math
import random
from collections.abc import Iterator
from dataclasses import dataclass

from hallterm.dispatch.known import HALF_HOUR, Stream
from hallterm.dispatch.queue import Waiting
from hallterm.domain.tiers import Tier

MINUTE = 60.0
SERVICE_CAP = 60 * MINUTE
"""No service lasts longer, seconds."""
BUDGETS = {Tier.VIP: 10 * MINUTE, Tier.GOTONE: 15 * MINUTE, Tier.STANDARD: 30 * MINUTE}
"""The norm's promises (S0 §1.4), seconds."""
PEAK_RATE = 0.75 + 0.55 * 1.02
PLAIN_CV = 0.8
BUSINESS_CV = 0.5
BUSINESS_PROPORTIONS = (3.0, 6.0, 10.0, 20.0)
BUSINESS_SHARES = (0.35, 0.25, 0.22, 0.18)


@dataclass(frozen=True, slots=True)
class Customer:
    """One customer of a simulated day."""

    waiting: Waiting
    """What the hall knows; `arrived` is the moment of coming, seconds from the day's start."""
    service: float
    """How long the service will really last, seconds; no policy sees it."""
    business: str = ""


@dataclass(frozen=True, slots=True)
class Shape:
    """What kind of days are made."""

    load: float = 0.95
    """Work that comes in a day by the counters' capacity over the opening hours."""
    counters: int = 8
    service: str = "plain"
    """``plain``: one kind of service; ``business``: four, of which the hall knows the means."""
    mean_minutes: float = 8.0
    hours: float = 9.0
    mix: tuple[float, float, float] = (0.06, 0.24, 0.70)
    """Shares of VIP, GoTone and the rest."""


def rate_shape(minute: float) -> float:
    """Return the relative arrival rate at a minute of the day: a base and two peaks."""
    morning = math.exp(-(((minute - 120) / 60) ** 2))
    afternoon = math.exp(-(((minute - 390) / 60) ** 2))
    return 0.75 + 0.55 * morning + 0.55 * afternoon


def make_day(shape: Shape, seed: int, number: int) -> list[Customer]:
    """Return the customers of day `number` in order of arrival."""
    rng = random.Random(f"{seed}/{number}/{shape}")  # noqa: S311 - a model, nothing secret
    return [
        _customer(rng, shape, place, minute * MINUTE)
        for place, minute in enumerate(_arrivals(rng, shape))
    ]


def make_days(shape: Shape, seed: int, days: int) -> Iterator[list[Customer]]:
    """Yield that many days."""
    for number in range(days):
        yield make_day(shape, seed, number)


def arrivals_per_minute(shape: Shape, minute: float) -> float:
    """Return how many customers come per minute, on average, at a minute of the day."""
    return _base_rate(shape) * rate_shape(minute)


def streams_of(shape: Shape) -> list[Stream]:
    """Return who is expected to come, as the hall's history would say it."""
    slots = [30.0 * k + 15.0 for k in range(int(shape.hours * 2))]
    counts = [arrivals_per_minute(shape, slot) * HALF_HOUR / MINUTE for slot in slots]
    mean = shape.mean_minutes * MINUTE
    return [
        Stream(tier, 0.0, tuple(count * share for count in counts), mean, BUDGETS[tier])
        for tier, share in zip(Tier, shape.mix, strict=True)
    ]


def _base_rate(shape: Shape) -> float:
    minutes = range(int(shape.hours * 60))
    mean_shape = sum(rate_shape(m + 0.5) for m in minutes) / len(minutes)
    return shape.load * shape.counters / shape.mean_minutes / mean_shape


def _arrivals(rng: random.Random, shape: Shape) -> Iterator[float]:
    """Yield the minutes of arrival: a Poisson stream whose rate follows the day's shape."""
    opening = shape.hours * 60
    per_minute = _base_rate(shape)
    minute = rng.expovariate(per_minute * PEAK_RATE)
    while minute < opening:
        if rng.random() * PEAK_RATE < rate_shape(minute):
            yield minute
        minute += rng.expovariate(per_minute * PEAK_RATE)


def _lognormal(rng: random.Random, mean: float, cv: float) -> float:
    variance = math.log(1 + cv * cv)
    return rng.lognormvariate(math.log(mean) - variance / 2, math.sqrt(variance))


def _customer(rng: random.Random, shape: Shape, place: int, arrived: float) -> Customer:
    tier = rng.choices(tuple(Tier), shape.mix)[0]
    mean, cv, business = shape.mean_minutes * MINUTE, PLAIN_CV, ""
    if shape.service == "business":
        kind = rng.choices(range(len(BUSINESS_SHARES)), BUSINESS_SHARES)[0]
        pairs = zip(BUSINESS_PROPORTIONS, BUSINESS_SHARES, strict=True)
        mean *= BUSINESS_PROPORTIONS[kind] / sum(p * s for p, s in pairs)
        cv, business = BUSINESS_CV, f"business_{kind + 1}"
    seen = Waiting(
        ticket_id=f"t{place:06d}",
        number=f"{tier.value[0].upper()}{place:03d}",
        tier=tier,
        grade=None,
        clock_from=arrived,
        budget=BUDGETS[tier],
        expected=mean,
        arrived=arrived,
    )
    return Customer(seen, min(_lognormal(rng, mean, cv), SERVICE_CAP), business)
