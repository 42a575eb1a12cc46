"""Policies side by side on the same days."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from hallterm.dispatch.registry import POLICIES
from hallterm.dispatch.view import PolicyName, Rules
from hallterm.lab.bound import most_kept
from hallterm.lab.figures import Figures, figures_of
from hallterm.lab.simulation import Counter, Hall, Served
from hallterm.lab.synthetic import Customer

FRONTIER = (1.0, 1.25, 1.5, 1.75, 2.0, 2.5, 3.0, 4.0)
"""Caps for which the trade-off between kept promises and lateness is shown."""

Days = Sequence[Sequence[Customer]]
Tell = Callable[[], None]
"""Called after every simulated day."""


def names_of_policies() -> list[PolicyName]:
    """Return the names of all policies, in the order in which they are shown."""
    return list(POLICIES)


def serve(days: Days, counters: Sequence[Counter], rules: Rules, tell: Tell) -> Figures:
    """Serve all days under one policy."""
    return figures_of(_served(days, counters, rules, tell))


def _served(days: Days, counters: Sequence[Counter], rules: Rules, tell: Tell) -> Iterator[Served]:
    for day in days:
        yield from Hall(counters, POLICIES[rules.policy], rules).run(day)
        tell()


@dataclass(frozen=True, slots=True)
class Point:
    """One point of the frontier of the policy ``promise``."""

    late_cap: float
    figures: Figures


def frontier(days: Days, counters: Sequence[Counter], rules: Rules, tell: Tell) -> list[Point]:
    """Serve all days under ``promise`` with every cap of `FRONTIER`."""
    points = []
    for cap in FRONTIER:
        of_cap = rules.model_copy(update={"policy": "promise", "late_cap": cap})
        points.append(Point(cap, serve(days, counters, of_cap, tell)))
    return points


def bound_share(days: Days, counters: Sequence[Counter], tell: Tell) -> float:
    """Return the share of promises that no schedule can pass, a share of 1.

    Raises:
        NoSolverError: scipy isn't installed.
    """
    kept = customers = 0
    for day in days:
        kept += most_kept(day, len(counters))
        customers += len(day)
        tell()
    return kept / customers if customers else 1.0
