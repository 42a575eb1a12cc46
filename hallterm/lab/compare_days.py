"""The days that are compared: made up, or those of a trace."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from hallterm.dispatch.minutes import learnt_seconds
from hallterm.dispatch.queue import Waiting
from hallterm.domain.business import Businesses
from hallterm.domain.standards import Budgets
from hallterm.lab.synthetic import Customer
from hallterm.lab.trace_rows import Visit

SETTLED = 3600.0
"""A service counts as known this long after its customer came, seconds."""


def day_of_trace(
    visits: Sequence[Visit], budgets: Budgets, businesses: Businesses
) -> list[Customer]:
    """Return a traced day for the simulated hall.

    Everybody waits to the end, so that all policies serve the same people. The expected minutes are
    learnt as the day goes on, from the services known by then, with the file's value as prior.
    """
    ordered = sorted(visits, key=lambda v: (v.shown, v.line))
    history: dict[str, list[float]] = defaultdict(list)
    known, customers = 0, []
    for visit in ordered:
        while ordered[known].shown + SETTLED <= visit.shown:
            history[ordered[known].business_id].append(ordered[known].service)
            known += 1
        customers.append(_customer(visit, budgets, businesses, history[visit.business_id]))
    return customers


def _customer(
    visit: Visit, budgets: Budgets, businesses: Businesses, history: Iterable[float]
) -> Customer:
    business = businesses.get(visit.business_id)
    prior = 60 * business.minutes if business else 600.0
    seen = Waiting(
        ticket_id=f"line{visit.line:07d}",
        number=str(visit.line),
        tier=visit.tier,
        grade=visit.grade,
        clock_from=visit.shown,
        budget=budgets.service(visit.tier).duration.total_seconds(),
        expected=learnt_seconds(prior, history),
        arrived=visit.shown,
    )
    return Customer(seen, visit.service, visit.business_id)
