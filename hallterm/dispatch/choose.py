"""The one place that decides who is next."""

from collections.abc import Sequence

from hallterm.dispatch.queue import Choice, Station, Waiting, open_to


def strict_key(waiting: Waiting) -> tuple[int, int, bool, float, float, str]:
    """Order of the norm: tier, grade, help flags first, oldest first (S0 §1.4, S1 §20)."""
    tier, grade = waiting.rank
    return tier, grade, not waiting.helped, waiting.clock_from, waiting.arrived, waiting.ticket_id


def choose(now: float, waiting: Sequence[Waiting], station: Station) -> Choice | None:
    """Choose whom this counter calls next, or None when there is nobody for it.

    now: seconds since the epoch.
    """
    candidates = open_to(station, list(waiting))
    if not candidates:
        return None
    first = min(candidates, key=strict_key)
    return Choice(first.ticket_id, _reason(first, candidates), (("tier", first.tier.value),))


def _reason(first: Waiting, candidates: Sequence[Waiting]) -> str:
    if len(candidates) == 1:
        return "only_one"
    if any(w.tier != first.tier for w in candidates):
        return "tier_first"
    return "help_first" if first.helped else "longest_wait"
