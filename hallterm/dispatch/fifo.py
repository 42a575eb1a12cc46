"""First come, first served, whatever the tier: the yardstick that knows no promise."""

from hallterm.dispatch.view import Picked, View


def pick(view: View) -> Picked:
    """Return the candidate whose clock has run longest."""
    first = min(view.candidates, key=lambda w: (w.clock_from, w.arrived, w.tie))
    return Picked(first, "longest_wait")
