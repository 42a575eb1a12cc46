"""The one place that decides who is next."""

from collections.abc import Sequence

from hallterm.dispatch.known import NOTHING_KNOWN, Known
from hallterm.dispatch.queue import Choice, Station, Waiting, open_to
from hallterm.dispatch.registry import POLICIES
from hallterm.dispatch.strict import strict_key
from hallterm.dispatch.view import DEFAULT_RULES, Picked, Rules, View

__all__ = ["choose", "strict_key"]


def choose(
    now: float,
    waiting: Sequence[Waiting],
    station: Station,
    stations: Sequence[Station] = (),
    rules: Rules = DEFAULT_RULES,
    known: Known = NOTHING_KNOWN,
) -> Choice | None:
    """Choose whom this counter calls next, or None when there is nobody for it.

    The order of the lists doesn't matter.

    Args:
        now: seconds since the epoch.
        waiting: everybody who waits in the hall.
        station: the counter that is free.
        stations: the counters at work, paused ones left out; this one may be among them.
        rules: the policy and its settings.
        known: what is known beside who waits now: who came, who will come.
    """
    candidates = open_to(station, waiting)
    if not candidates:
        return None
    if len(candidates) == 1:
        return _choice(Picked(candidates[0], "only_one"), now)
    others = tuple(s for s in stations if s.counter_id != station.counter_id)
    view = View(now, candidates, station, others, rules, known)
    return _choice(POLICIES[rules.policy](view), now)


def _choice(picked: Picked, now: float) -> Choice:
    chosen, rival = picked.waiting, picked.rival
    args: tuple[tuple[str, str | int | float], ...] = (
        ("tier", chosen.tier.value),
        ("number", chosen.number),
        ("left_s", round(chosen.deadline - now)),
    )
    if rival is not None:
        args += (("rival", rival.number), ("rival_left_s", round(rival.deadline - now)))
    return Choice(chosen.ticket_id, picked.reason, args)
