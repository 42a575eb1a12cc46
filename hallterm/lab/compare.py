"""Policies side by side on the same days."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from hallterm.dispatch.known import Known, Stream
from hallterm.dispatch.norm import longest_wait
from hallterm.dispatch.registry import POLICIES
from hallterm.dispatch.view import Policy, PolicyName, Rules
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


def serve(
    days: Days,
    counters: Sequence[Counter],
    rules: Rules,
    tell: Tell,
    streams: Sequence[Stream] = (),
) -> Figures:
    """Serve all days under one policy.

    streams: who is expected to come on each of the days, as a hall's history tells.
    """
    policy = POLICIES[rules.policy]
    return figures_of(serve_days(days, counters, policy, rules, Known(streams=streams), tell))


def serve_days(
    days: Days,
    counters: Sequence[Counter],
    policy: Policy,
    rules: Rules,
    known: Known,
    tell: Tell = lambda: None,
) -> Iterator[Served]:
    """Serve the days of one hall in turn; it remembers how long the norm would make people wait."""
    remembers = rules.policy == "promise"
    for day in days:
        served = Hall(counters, policy, rules, known).run(day)
        if remembers:
            known = replace(known, worst=max(known.worst, _longest_under_the_norm(served)))
        yield from served
        tell()


def _longest_under_the_norm(served: Sequence[Served]) -> float:
    return longest_wait(
        [
            (seen.clock_from, one.started, seen.expected, seen.tier)
            for one in served
            for seen in (one.customer.waiting,)
        ]
    )


@dataclass(frozen=True, slots=True)
class Point:
    """One point of the frontier of the policy ``promise``."""

    late_cap: float
    figures: Figures


def frontier(
    days: Days,
    counters: Sequence[Counter],
    rules: Rules,
    tell: Tell,
    streams: Sequence[Stream] = (),
    caps: Sequence[float] = FRONTIER,
) -> list[Point]:
    """Serve all days under ``promise`` with every cap."""
    points = []
    for cap in caps:
        of_cap = rules.model_copy(update={"policy": "promise", "late_cap": cap})
        points.append(Point(cap, serve(days, counters, of_cap, tell, streams)))
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
