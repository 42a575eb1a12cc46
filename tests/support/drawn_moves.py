"""Sees that whatever happens in a hall is a move of the drawings in the documents."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from hallterm.domain.appointment import transitions as appointment
from hallterm.domain.appointment.events import AppointmentEvent
from hallterm.domain.call_back import transitions as call_back
from hallterm.domain.call_back.events import CallBackEvent
from hallterm.domain.diversion import transitions as diversion
from hallterm.domain.errand import transitions as errand
from hallterm.domain.errand.events import ErrandEvent
from hallterm.domain.hall import Hall
from hallterm.domain.reception import transitions as reception
from hallterm.domain.reception.events import ReceptionEvent
from hallterm.domain.stream import Event, Fact
from hallterm.domain.ticket.events import TicketEvent

States = dict[str, StrEnum]
Moves = Mapping[tuple[Any, type[Any]], tuple[Any, ...]]


def states(hall: Hall, event: Event) -> tuple[States, Moves] | None:
    """Return the states of what an event can change, by id, and the moves that are drawn."""
    match event:
        case ReceptionEvent():
            return {i: one.state for i, one in hall.receptions.items()}, reception.TRANSITIONS
        case AppointmentEvent():
            return {i: one.state for i, one in hall.appointments.items()}, appointment.TRANSITIONS
        case ErrandEvent():
            return {i: one.state for i, one in hall.errands.items()}, errand.TRANSITIONS
        case CallBackEvent():
            return {i: one.state for i, one in hall.call_backs.items()}, call_back.TRANSITIONS
        case TicketEvent(ticket_id=ticket_id):
            ticket = hall.tickets.get(ticket_id)
            offers = ticket.diversions if ticket else ()
            return {str(n): one.state for n, one in enumerate(offers)}, diversion.TRANSITIONS
        case _:
            return None


def check_move(before: tuple[States, Moves] | None, after: Hall, fact: Fact) -> None:
    """Compare with the drawing what a fact has changed.

    before: what `states` said before the fact.
    """
    now = states(after, fact.event)
    if before is None or now is None:
        return
    was, moves = before
    for one in was.keys() | now[0].keys():
        old, new = was.get(one), now[0].get(one)
        stays_in_place = old is new and one != fact.event.aggregate_id
        if not stays_in_place:
            assert new in moves.get((old, type(fact.event)), ()), (old, fact.event, new)
