"""Advice for the manager (值班经理), from the rule run forward: what keeps more promises."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from hallterm.dispatch.forward import Forward, Hall
from hallterm.dispatch.known import HALF_HOUR
from hallterm.dispatch.queue import ALL_TIERS, Station, Waiting

NEW_COUNTER = "one more"
"""Id of the counter that might be opened."""


@dataclass(frozen=True, slots=True)
class Advice:
    """One thing to do, with its figures."""

    kind: str
    """``open_counter`` or ``self_service``; `hallterm.words.reasons` has the text."""
    kept_before: int
    """Promises kept of those who wait or come within the half hour."""
    kept_more: int
    """So many more with the advice."""
    overdue_less_s: float
    """Seconds that all of them are overdue less."""
    numbers: tuple[str, ...] = ()
    """Tickets to ask, in order of waiting."""


def open_counter(hall: Hall, delay: float = 120.0) -> Advice | None:
    """Tell what one more counter, open to all and ready after `delay` seconds, would bring.

    None when it keeps no promise more.
    """
    more = Station(NEW_COUNTER, ALL_TIERS, serves_others=True, free_at=hall.now + delay)
    before = _outlook(hall, hall.waiting, hall.stations)
    after = _outlook(hall, hall.waiting, [*hall.stations, more])
    return _advice("open_counter", before, after)


def self_service(hall: Hall, able: Collection[str], most: int = 6) -> Advice | None:
    """Tell what sending tickets to self-service (自助) would bring.

    Args:
        hall: the hall as it stands.
        able: ids of the tickets whose businesses a machine can all do.
        most: no more are asked at once.

    Returns:
        The advice, in which those sent count as kept if they were in time; None when nobody can be
        sent or no promise more is kept.
    """
    chosen = [w for w in hall.waiting if w.ticket_id in able and w.deadline >= hall.now]
    chosen.sort(key=lambda w: (w.clock_from, w.ticket_id))
    chosen = chosen[:most]
    if not chosen:
        return None
    sent = {w.ticket_id for w in chosen}
    before = _outlook(hall, hall.waiting, hall.stations)
    rest = [w for w in hall.waiting if w.ticket_id not in sent]
    kept, overdue = _outlook(hall, rest, hall.stations)
    numbers = tuple(w.number for w in chosen)
    return _advice("self_service", before, (kept + len(chosen), overdue), numbers)


def _advice(
    kind: str, before: tuple[int, float], after: tuple[int, float], numbers: tuple[str, ...] = ()
) -> Advice | None:
    more = after[0] - before[0]
    if more <= 0:
        return None
    return Advice(kind, before[0], more, before[1] - after[1], numbers)


def _outlook(
    hall: Hall, waiting: Sequence[Waiting], stations: Sequence[Station]
) -> tuple[int, float]:
    """Return the promises kept of those who wait or come within the half hour, and seconds overdue.

    Nobody is at work: nobody is served, nothing is kept.
    """
    end = hall.now + HALF_HOUR
    longest = max((w.budget for w in waiting), default=HALF_HOUR)
    starts = Forward(hall.now, waiting, stations, hall.known, hall.rules).run(end + longest)
    counted = [s for s in starts if s.waiting.arrived <= end]
    kept = sum(s.kept for s in counted)
    return kept, sum(max(0.0, s.moment - s.waiting.deadline) for s in counted)
