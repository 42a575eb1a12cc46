"""Accumulating priority (Kleinrock 1964; Stanford, Taylor and Ziedins 2014).

Every customer gathers priority from identity shown, at a rate of their tier; the most goes first.
The default rate is 1 / budget, with which the order is that of `hallterm.dispatch.ratio`; other
rates are a setting of the hall.
"""

from hallterm.dispatch import ratio
from hallterm.dispatch.view import Picked, View


def pick(view: View) -> Picked:
    """Return the candidate who has gathered the most priority."""
    now, rates = view.now, view.rules.rates
    if rates is None:
        return Picked(ratio.pick(view).waiting, "most_priority")
    rate_of = rates.by_tier()
    first = min(
        view.candidates,
        key=lambda w: ((w.clock_from - now) * rate_of[w.tier], w.rank, w.arrived, w.tie),
    )
    return Picked(first, "most_priority")
