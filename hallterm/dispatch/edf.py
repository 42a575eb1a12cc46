"""Earliest deadline first: the promise that breaks soonest, kept or broken already."""

from hallterm.dispatch.view import Picked, View


def pick(view: View) -> Picked:
    """Return the candidate whose deadline is earliest."""
    first = min(
        view.candidates,
        key=lambda w: (w.clock_from + w.budget, w.clock_from, w.arrived, w.tie),
    )
    return Picked(first, "earliest_deadline")
