"""First come, first served, whatever the tier: the yardstick that knows no promise."""

from hallterm.dispatch.queue import Waiting
from hallterm.dispatch.view import View


def pick(view: View) -> Waiting:
    """Return the candidate whose clock has run longest."""
    return min(view.candidates, key=lambda w: (w.clock_from, w.arrived, w.ticket_id))
