"""Accumulating priority (Kleinrock 1964; Stanford, Taylor and Ziedins 2014).

Every customer gathers priority from identity shown, at a rate of their tier; the highest goes first.
The default rate is 1 / budget, with which the order is that of `hallterm.dispatch.ratio`; other
rates are a setting of the hall.
"""

from hallterm.dispatch.queue import Waiting
from hallterm.dispatch.view import View


def pick(view: View) -> Waiting:
    """Return the candidate who has gathered the most priority."""
    now, rates = view.now, view.rules.rates
    if rates is None:
        return min(
            view.candidates,
            key=lambda w: ((w.clock_from - now) / w.budget, w.rank, w.arrived, w.ticket_id),
        )
    rate_of = rates.by_tier()
    return min(
        view.candidates,
        key=lambda w: ((w.clock_from - now) * rate_of[w.tier], w.rank, w.arrived, w.ticket_id),
    )
