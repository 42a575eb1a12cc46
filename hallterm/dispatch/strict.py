"""The norm to the letter: VIP, GoTone, the rest; grade, help flags, oldest first (S0 §1.4)."""

from hallterm.dispatch.queue import Waiting
from hallterm.dispatch.view import Picked, View

Key = tuple[int, int, bool, float, float, tuple[str, str]]


def strict_key(waiting: Waiting, now: float = 0.0) -> Key:
    """Order of the norm: tier, grade, those who go first, oldest first (S0 §1.4, S1 §13, §20).

    now: seconds since the epoch; without it nobody's appointment counts as due.
    """
    tier, grade = waiting.rank
    behind = not waiting.goes_first(now)
    return tier, grade, behind, waiting.clock_from, waiting.arrived, waiting.tie


def first_of(view: View) -> Waiting:
    """Return the candidate whom the norm puts first."""
    now = view.now
    rank = min(w.rank for w in view.candidates)
    return min((w for w in view.candidates if w.rank == rank), key=lambda w: strict_key(w, now))


def pick(view: View) -> Picked:
    """Return the candidate whom the norm puts first."""
    first = first_of(view)
    if any(w.rank != first.rank for w in view.candidates):
        return Picked(first, "tier_first")
    return Picked(first, "goes_first" if first.goes_first(view.now) else "longest_wait")
