"""Largest share of the budget used up first (relative delay; Van Mieghem 2003)."""

from hallterm.dispatch.view import Picked, View


def pick(view: View) -> Picked:
    """Return the candidate whose age divided by its budget is largest."""
    now = view.now
    first = min(
        view.candidates,
        key=lambda w: ((w.clock_from - now) / w.budget, w.rank, w.arrived, w.tie),
    )
    return Picked(first, "largest_share")
