"""Diversion of a day in numbers."""

from collections import Counter
from collections.abc import Iterable

from hallterm.desk.call_back_board import of_days
from hallterm.desk.desk import Desk
from hallterm.desk.diversion_views import DiversionFigures
from hallterm.domain.call_back.state import CallBack
from hallterm.domain.call_back.words import CallBackState
from hallterm.domain.ticket.state import Ticket
from hallterm.domain.ticket.words import TicketState


def diversion_figures(
    tickets: Iterable[Ticket], call_backs: Iterable[CallBack]
) -> DiversionFigures:
    """Count offers and answers on some tickets, and the call-backs promised."""
    offers = [one for ticket in tickets for one in ticket.diversions]
    accepted = [one for one in offers if one.accepted]
    kept = [one for one in call_backs if one.state is not CallBackState.WITHDRAWN]
    return DiversionFigures(
        offered=len(offers),
        accepted=len(accepted),
        declined=sum(one.accepted is False for one in offers),
        by_way=dict(Counter(one.way for one in accepted)),
        in_time=sum(not one.overdue for one in accepted),
        called_back=sum(one.state is CallBackState.DONE for one in kept),
        called_in_time=sum(one.in_time is True for one in kept),
        not_reached=sum(one.state is CallBackState.NOT_REACHED for one in kept),
        calls_due=sum(one.is_open for one in kept),
    )


def diversion_today(desk: Desk) -> DiversionFigures:
    """Count the last day as it stands now."""
    hall = desk.hall
    day = hall.last_day.isoformat() if hall.last_day else ""
    counted = (t for t in hall.tickets.values() if t.state is not TicketState.VOID)
    return diversion_figures(counted, of_days(desk, day, day))
