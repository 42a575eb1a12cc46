"""Earliest deadline first: the promise that breaks soonest, kept or broken already."""

from hallterm.dispatch.queue import Waiting
from hallterm.dispatch.view import View


def pick(view: View) -> Waiting:
    """Return the candidate whose deadline is earliest."""
    return min(
        view.candidates,
        key=lambda w: (w.clock_from + w.budget, w.clock_from, w.arrived, w.ticket_id),
    )
