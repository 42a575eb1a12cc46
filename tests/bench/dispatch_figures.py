"""Who is next, the forecast, and the lab: how long they take."""

import random
import time
from collections.abc import Callable
from pathlib import Path

from hallterm.dispatch.choose import choose
from hallterm.dispatch.forecast import forecast
from hallterm.dispatch.known import Came, Known, Others
from hallterm.dispatch.queue import ALL_TIERS, Station, Waiting
from hallterm.dispatch.view import Rules
from hallterm.domain.tiers import Tier
from hallterm.lab.compare import names_of_policies, serve
from hallterm.lab.simulation import Counter
from hallterm.lab.synthetic import BUDGETS, Shape, make_days, streams_of
from hallterm.words.reasons import explain_choice
from tests.bench.figure import Figure, absolute, percentile

BARS = {
    "choose_500": ("ms", 2.0),
    "choose_10000": ("ms", 10.0),
    "forecast_200": ("ms", 50.0),
    "forecast_500": ("ms", 50.0),
    "lab_compare": ("s", 60.0),
}
"""Name → unit and most that it may take."""

NOON = 5 * 3600.0
"""Seconds from the day's beginning."""
AGES = (1700.0, 2400.0, 3500.0, 9000.0)
"""Greatest age of a ticket, seconds: from a calm hall to one that is overrun."""
LENGTHS = (172.0, 345.0, 575.0, 1150.0)


def busy_hall(
    lot: random.Random, waiting: int, oldest: float, gotone: float
) -> tuple[list[Waiting], list[Station], Known]:
    """Return a hall with so many waiting; gotone: share of GoTone customers among them."""
    tickets = []
    for place in range(waiting):
        tier = Tier.GOTONE if lot.random() < gotone else Tier.STANDARD
        since = NOON - lot.random() * (300 if tier is Tier.GOTONE else oldest)
        number = f"{tier.value[0].upper()}{place:05d}"
        tickets.append(
            Waiting(
                number, number, tier, None, since, BUDGETS[tier], lot.choice(LENGTHS), arrived=since
            )
        )
    served = [Came(NOON - lot.random() * 2 * oldest, lot.choice(LENGTHS)) for _ in tickets]
    here = [Came(w.clock_from, w.expected) for w in tickets if w.tier is Tier.STANDARD]
    stations = [
        Station(f"c{k}", ALL_TIERS, serves_others=True, free_at=NOON + lot.random() * 600)
        for k in range(8)
    ]
    return tickets, stations, Known(Others([*here, *served]), streams_of(Shape()), worst=6000.0)


def _milliseconds(action: Callable[[], object]) -> float:
    before = time.process_time()
    action()
    return (time.process_time() - before) * 1000


def _choosing(waiting: int, times: int) -> float:
    """Return the p99 of choosing and saying why, milliseconds of one core."""
    lot, taken = random.Random(1), []  # noqa: S311 - a model, nothing secret
    for turn in range(times):
        gotone = 0.004 if turn % 2 else 0.0
        tickets, stations, known = busy_hall(lot, waiting, AGES[turn % 4], gotone)

        def decide() -> None:
            choice = choose(NOON, tickets, stations[0], stations, known=known)  # noqa: B023
            assert choice is not None
            explain_choice(choice)

        taken.append(_milliseconds(decide))
    return percentile(taken, 0.99)


def measure_dispatch(_folder: Path) -> list[Figure]:
    """Measure choose, forecast and lab_compare."""
    lot = random.Random(2)  # noqa: S311 - a model, nothing secret
    tickets, stations, known = busy_hall(lot, 200, 3500.0, 0.1)
    told = [_milliseconds(lambda: forecast(NOON, tickets, stations, known)) for _ in range(20)]
    shape = Shape(service="business")
    days, counters = list(make_days(shape, 1, 60)), [Counter()] * shape.counters

    def compare() -> None:
        for name in names_of_policies():
            serve(days, counters, Rules(policy=name), lambda: None, streams_of(shape))

    many, at_work, known_then = busy_hall(lot, 500, 9000.0, 0.1)
    far = [_milliseconds(lambda: forecast(NOON, many, at_work, known_then)) for _ in range(20)]
    values = {
        "choose_500": _choosing(500, 400),
        "choose_10000": _choosing(10_000, 60),
        "forecast_200": percentile(told, 0.5),
        "forecast_500": percentile(far, 0.5),
        "lab_compare": _milliseconds(compare) / 1000,
    }
    return [absolute(name, values[name], unit, bar) for name, (unit, bar) in BARS.items()]
