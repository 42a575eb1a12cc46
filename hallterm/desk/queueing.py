"""The hall as dispatch sees it: waiting tickets and counters, times in seconds."""

from dataclasses import replace

from hallterm.desk.desk import Desk
from hallterm.dispatch.queue import Station, Waiting
from hallterm.domain.counter.state import CounterSetup
from hallterm.domain.hall import Hall, Rules
from hallterm.domain.ticket.state import Ticket
from hallterm.domain.ticket.words import TicketState


def waiting_list(desk: Desk, hall: Hall) -> list[Waiting]:
    """Return everybody who can be called. Unchanged tickets are not converted again."""
    cache = desk.waiting_cache
    fresh: dict[str, tuple[object, Waiting]] = {}
    for ticket_id, ticket in hall.tickets.items():
        if ticket.state is not TicketState.WAITING:
            continue
        known = cache.get(ticket_id)
        if known is not None and known[0] is ticket:
            fresh[ticket_id] = known
        else:
            fresh[ticket_id] = (ticket, as_waiting(ticket, desk.rules))
    desk.waiting_cache = fresh
    counters = desk.rules.company.counters
    return [
        waiting
        if waiting.only_counter is None or waiting.only_counter in counters
        # The counter it was sent to is out of use: everybody is offered it.
        else replace(waiting, only_counter=None)
        for _, waiting in fresh.values()
    ]


def expected_seconds(ticket: Ticket, rules: Rules) -> float:
    """Return how long service will take: the sum of its businesses' expected minutes."""
    known = (rules.businesses.get(line.business_id) for line in ticket.businesses)
    return 60 * sum(business.minutes for business in known if business)


def as_waiting(ticket: Ticket, rules: Rules) -> Waiting:
    """Return what dispatch sees of a ticket."""
    leg = ticket.leg
    return Waiting(
        ticket_id=ticket.id,
        number=ticket.number,
        tier=ticket.tier,
        grade=ticket.grade,
        clock_from=leg.clock_from.timestamp(),
        budget=leg.budget_s,
        expected=expected_seconds(ticket, rules),
        helped=bool(ticket.flags) or ticket.special,
        only_counter=ticket.only_counter,
        arrived=ticket.arrived_at.timestamp(),
    )


def station(setup: CounterSetup, free_at: float) -> Station:
    """Return what dispatch sees of a counter; free_at in seconds since the epoch."""
    return Station(setup.id, frozenset(setup.tiers), setup.serves_others, free_at)


def open_stations(hall: Hall, rules: Rules, now: float) -> list[Station]:
    """Return the counters that are staffed and not paused, with when each is likely free."""
    stations = []
    for setup in rules.company.counters.values():
        duty = hall.duty(setup.id)
        if duty.staff_id is None or duty.paused:
            continue
        current = hall.ticket_at(setup.id)
        free_at = now
        if current is not None:
            began = current.state_since.timestamp()
            free_at = max(now, began + expected_seconds(current, rules))
        stations.append(station(setup, free_at))
    return stations
