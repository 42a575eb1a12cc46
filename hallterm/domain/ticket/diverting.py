"""How an offer and its answer change the list of offers on a ticket."""

from typing import Any

from hallterm.domain.diversion.state import Diversion
from hallterm.domain.stream import Fact
from hallterm.domain.ticket import events as ev
from hallterm.domain.ticket.state import Ticket


def offered(ticket: Ticket, fact: Fact, event: ev.DiversionOffered) -> dict[str, Any]:
    """Add an offer."""
    offer = Diversion(
        way=event.way,
        target=event.target,
        offered_at=fact.at,
        offered_by=fact.actor,
        overdue=fact.at > ticket.leg.deadline,
    )
    return {"diversions": (*ticket.diversions, offer)}


def answered(ticket: Ticket, fact: Fact, event: ev.DiversionAnswered) -> dict[str, Any]:
    """Write the answer beside its offer. An answer whose offer is missing brings it along."""
    answer = {
        "accepted": event.accepted,
        "answered_at": fact.at,
        "answered_by": fact.actor,
        "call_back_id": event.call_back_id,
    }
    offers = ticket.diversions
    place = next(
        (
            place
            for place, one in enumerate(offers)
            if one.accepted is None and one.leads_to(event.way, event.target)
        ),
        None,
    )
    if place is None:
        made = Diversion(
            way=event.way,
            target=event.target,
            offered_at=fact.at,
            offered_by=fact.actor,
            overdue=fact.at > ticket.leg.deadline,
        )
        offers, place = (*offers, made), len(offers)
    told = offers[place].model_copy(update=answer)
    return {"diversions": (*offers[:place], told, *offers[place + 1 :])}
