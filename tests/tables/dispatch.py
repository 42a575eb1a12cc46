"""The tables of docs/dispatch.md, each by name; all from the lab and the bench."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import hallterm.data
from hallterm.configuration import load
from hallterm.dispatch.view import Rules
from hallterm.lab import compare_forecast, compare_seeds, compare_variants
from hallterm.lab.compare import FRONTIER, bound_share, frontier, names_of_policies, serve
from hallterm.lab.compare_days import day_of_trace
from hallterm.lab.compare_text import frontier_rows, markdown, row
from hallterm.lab.figures import Figures
from hallterm.lab.simulation import Counter
from hallterm.lab.synthetic import Shape, make_days, streams_of
from hallterm.lab.trace import Trace, read_trace
from hallterm.lab.trace_mapping import load_mapping
from tests.bench.dispatch_figures import measure_dispatch
from tests.bench.figure import as_table

REAL_DAY, MAPPING = date(1999, 2, 3), "bank-1999"
COLUMNS = ["kept", "VIP", "GoTone", "others", "mean", "nine in ten", "worst", "overdue"]
COLUMNS += ["beyond 2 ×"]
SEED = 1


class NoTraceError(Exception):
    """The real days are needed and weren't given."""


@dataclass(frozen=True, slots=True)
class Sizes:
    """How much is simulated; a test takes less."""

    days: int = compare_seeds.DAYS
    seeds: range = compare_seeds.SEEDS
    hall_seeds: range = compare_seeds.HALL_SEEDS
    variant_days: int = compare_variants.DAYS
    rollout_days: int = compare_variants.ROLLOUT_DAYS
    forecast_days: int = compare_forecast.DAYS
    counters: tuple[int, ...] = (10, 11, 12)
    trace: Path | None = None
    """The real days; not part of the project."""
    bound: bool = True
    caps: tuple[float, ...] = field(default=FRONTIER)


def _nothing() -> None:
    """Tell nobody of progress."""


def _policies(service: str, sizes: Sizes) -> Iterator[str]:
    """Yield all policies, what no schedule can pass, and the frontier."""
    shape = Shape(load=0.95, service=service)
    days, counters = list(make_days(shape, SEED, sizes.days)), [Counter()] * shape.counters
    streams = streams_of(shape)
    rows = [
        row(name, serve(days, counters, Rules(policy=name), _nothing, streams))
        for name in names_of_policies()
    ]
    yield from markdown(["policy", *COLUMNS], rows)
    if sizes.bound:
        most = 100 * bound_share(days, counters, _nothing)
        yield from ("", f"No schedule, not even a clairvoyant one, keeps more than {most:.2f} %.")
    points = frontier(days, counters, Rules(), _nothing, streams, sizes.caps)
    yield from ("", *markdown(["late_cap", *COLUMNS], frontier_rows(points)))


def _real_day(sizes: Sizes) -> Iterator[str]:
    """Yield both rules on the calls that a bank answered on one day."""
    if sizes.trace is None:
        raise NoTraceError
    configuration = load(Path(hallterm.data.__file__).parent)
    businesses = configuration.businesses
    trace = read_trace(sizes.trace, businesses, load_mapping(MAPPING, businesses), REAL_DAY, SEED)
    assert isinstance(trace, Trace), trace
    day = day_of_trace(trace.visits, configuration.standards.budgets, businesses)
    rows = [
        [str(counters), name, *_of_real_day(serve([day], [Counter()] * counters, rules, _nothing))]
        for counters in sizes.counters
        for name in ("strict", "promise")
        for rules in (Rules.model_validate({"policy": name}),)
    ]
    titles = ["counters", "policy", "kept", "mean wait", "worst, min", "overdue", "beyond 2 ×"]
    yield from markdown(titles, rows)


def _of_real_day(figures: Figures) -> list[str]:
    return [
        f"{100 * figures.kept:.2f} %",
        f"{figures.wait_mean:.2f}",
        f"{figures.wait_max:.1f}",
        f"{figures.overdue_per_customer:.3f}",
        f"{100 * figures.share_beyond_2x:.2f} %",
    ]


TABLES: Mapping[str, Callable[[Sizes], Iterator[str]]] = {
    "policies-business": lambda sizes: _policies("business", sizes),
    "policies-plain": lambda sizes: _policies("plain", sizes),
    "seeds": lambda sizes: compare_seeds.over_seeds(sizes.seeds, sizes.days),
    "late-cap": lambda sizes: compare_seeds.with_larger_cap(sizes.seeds, sizes.days),
    "halls": lambda sizes: compare_seeds.other_halls(sizes.hall_seeds, sizes.days),
    "real-day": _real_day,
    "variants": lambda sizes: compare_variants.lines(sizes.variant_days, sizes.rollout_days),
    "forecast": lambda sizes: compare_forecast.lines(sizes.forecast_days),
    "speed": lambda _sizes: iter(as_table(measure_dispatch(Path())).splitlines()),
}
"""Name → what makes its lines."""
