"""The hall as dispatch sees it: waiting tickets and counters, times in seconds."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from hallterm.desk.desk import Desk, Told
from hallterm.desk.known import known_now
from hallterm.dispatch.choose import strict_key
from hallterm.dispatch.forecast import Expected, forecast
from hallterm.dispatch.forward import Hall as HallNow
from hallterm.dispatch.minutes import expected_end
from hallterm.dispatch.queue import Station, Waiting
from hallterm.dispatch.view import Rules as DispatchRules
from hallterm.domain.counter.state import CounterSetup
from hallterm.domain.hall import Hall, Rules
from hallterm.domain.ticket.state import LegKind, Ticket
from hallterm.domain.ticket.words import TicketState

SAME_OUTLOOK_SECONDS = 2.0
"""So long an outlook serves all who ask while nothing changes."""


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
            fresh[ticket_id] = (ticket, as_waiting(desk, ticket))
    desk.waiting_cache = fresh
    counters = desk.rules.company.counters
    return [
        waiting
        if waiting.only_counter is None or waiting.only_counter in counters
        # The counter it was sent to is out of use: everybody is offered it.
        else replace(waiting, only_counter=None)
        for _, waiting in fresh.values()
    ]


def expected_seconds(desk: Desk, ticket: Ticket) -> float:
    """Return how long service will take: the sum of its businesses' expected seconds."""
    known = desk.experience
    return sum(known.expected(line.business_id, desk.rules) for line in ticket.businesses)


def as_waiting(desk: Desk, ticket: Ticket) -> Waiting:
    """Return what dispatch sees of a ticket."""
    leg = ticket.leg
    return Waiting(
        ticket_id=ticket.id,
        number=ticket.number,
        tier=ticket.tier,
        grade=ticket.grade,
        clock_from=leg.clock_from.timestamp(),
        budget=leg.budget_s,
        expected=expected_seconds(desk, ticket),
        helped=bool(ticket.flags) or ticket.special,
        only_counter=ticket.only_counter,
        arrived=ticket.arrived_at.timestamp(),
        returned=ticket.leg.kind is LegKind.RETURN,
        appointment=ticket.appointed_at.timestamp() if ticket.appointed_at else None,
    )


def station(setup: CounterSetup, free_at: float) -> Station:
    """Return what dispatch sees of a counter; free_at in seconds since the epoch."""
    return Station(setup.id, frozenset(setup.tiers), setup.serves_others, free_at)


def open_stations(desk: Desk, hall: Hall, rules: Rules, now: float) -> list[Station]:
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
            free_at = expected_end(now, began, expected_seconds(desk, current))
        stations.append(station(setup, free_at))
    return stations


def outlook(desk: Desk, now: datetime) -> dict[str, Expected]:
    """Return what each waiting ticket can expect, in the order in which they would be called.

    Tickets that nobody at work may serve are left out. Takes some 25 ms with 500 waiting; the slip
    and the screens that look at the same hall within `SAME_OUTLOOK_SECONDS` share one.
    """
    told = desk.told
    if told is not None and told.version == desk.replica.version:
        age = (now - told.at).total_seconds()
        if 0 <= age < SAME_OUTLOOK_SECONDS:
            return told.expected
    seen = hall_now(desk, now)
    expected = forecast(seen.now, seen.waiting, seen.stations, seen.known, seen.rules)
    desk.told = Told(desk.replica.version, now, expected)
    return expected


def learn(desk: Desk) -> None:
    """Learn from the hall's days, once a day. Not inside a transaction."""
    if desk.experience.learn(desk.connection, desk.rules, desk.hall.day):
        desk.waiting_cache, desk.told = {}, None


def hall_now(desk: Desk, now: datetime) -> HallNow:
    """Return the hall as it stands, with the customers who are expected to come."""
    hall, rules = desk.hall, desk.rules
    learn(desk)
    moment = now.timestamp()
    waiting = waiting_list(desk, hall)
    return HallNow(
        moment,
        waiting,
        open_stations(desk, hall, rules, moment),
        known_now(desk, hall, now),
        dispatch_rules(rules),
    )


def calling_order(desk: Desk, expected: Iterable[str]) -> list[str]:
    """Return the ids of all waiting tickets: those of an outlook, then the rest by the norm."""
    first = list(expected)
    rest = {w.ticket_id: w for w in waiting_list(desk, desk.hall)}
    for ticket_id in first:
        rest.pop(ticket_id, None)
    return [*first, *(w.ticket_id for w in sorted(rest.values(), key=strict_key))]


def dispatch_rules(rules: Rules) -> DispatchRules:
    """Return how the hall decides who is next: as a manager chose, else as the file says."""
    chosen, standard = rules.company.dispatch, rules.standards.dispatch
    if chosen is None:
        return standard
    if chosen.rules.rates is None and standard.rates is not None:
        return chosen.rules.model_copy(update={"rates": standard.rates})
    return chosen.rules
