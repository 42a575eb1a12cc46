"""Largest share of the budget used up first (relative delay; Van Mieghem 2003)."""

from hallterm.dispatch.queue import Waiting
from hallterm.dispatch.view import View


def pick(view: View) -> Waiting:
    """Return the candidate whose age divided by its budget is largest."""
    now = view.now
    return min(
        view.candidates,
        key=lambda w: ((w.clock_from - now) / w.budget, w.rank, w.clock_from, w.arrived, w.ticket_id),
    )
