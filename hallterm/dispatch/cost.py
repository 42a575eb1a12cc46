"""What calling somebody else than the rule says would cost."""

from dataclasses import dataclass, replace

from hallterm.dispatch.choose import choose
from hallterm.dispatch.forward import Forward, Hall
from hallterm.dispatch.known import COMING
from hallterm.dispatch.queue import Station, open_to


@dataclass(frozen=True, slots=True)
class Cost:
    """The difference between the rule's choice and another, both run forward."""

    broken: tuple[str, ...]
    """Numbers of those waiting whose promise would break, the next to break first."""
    saved: tuple[str, ...]
    """Numbers of those whose promise would be kept instead."""
    overdue_s: float
    """Seconds by which those waiting would be overdue in all, more than under the rule."""


def cost_of(hall: Hall, station: Station, ticket_id: str) -> Cost | None:
    """Return what it would cost if this counter, free now, called this ticket.

    None when the counter can't be offered it. Takes as long as two forecasts: not for the event
    loop.
    """
    now, waiting = hall.now, hall.waiting
    offered = {w.ticket_id: w for w in open_to(station, waiting)}
    ruled = choose(now, waiting, station, hall.stations, hall.rules, hall.known)
    if ruled is None or ticket_id not in offered:
        return None
    here = replace(station, free_at=now)
    stations = [here, *(s for s in hall.stations if s.counter_id != station.counter_id)]

    def moments(called: str) -> dict[str, float]:
        forward = Forward(now, waiting, stations, hall.known, hall.rules)
        forward.call(offered[called], station.counter_id)
        starts = [s for s in forward.run() if not s.waiting.ticket_id.startswith(COMING)]
        return {s.waiting.ticket_id: s.moment for s in starts}

    under_rule, otherwise = moments(ruled.ticket_id), moments(ticket_id)
    both = [w for w in waiting if w.ticket_id in under_rule and w.ticket_id in otherwise]
    both.sort(key=lambda w: (w.deadline, w.ticket_id))
    return Cost(
        tuple(
            w.number for w in both if under_rule[w.ticket_id] <= w.deadline < otherwise[w.ticket_id]
        ),
        tuple(
            w.number for w in both if otherwise[w.ticket_id] <= w.deadline < under_rule[w.ticket_id]
        ),
        sum(
            max(0.0, otherwise[w.ticket_id] - w.deadline)
            - max(0.0, under_rule[w.ticket_id] - w.deadline)
            for w in both
        ),
    )
