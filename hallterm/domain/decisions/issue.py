"""Decisions at the ticket desk: issue, put the tier right, receive, come back."""

from datetime import datetime, timedelta

from hallterm.domain.actor import Circumstances
from hallterm.domain.decisions.arrival import appointed_at
from hallterm.domain.decisions.checks import ticket_in
from hallterm.domain.hall import Hall, Rules
from hallterm.domain.refusal import Refusal, refuse
from hallterm.domain.ticket import commands as cmd
from hallterm.domain.ticket import events as ev
from hallterm.domain.ticket.state import BusinessLine, Ticket
from hallterm.domain.ticket.words import TicketState
from hallterm.domain.tiers import TIER_ORDER, Grade, Tier

Answer = tuple[ev.TicketEvent, ...] | Refusal

LONGEST_BACKDATE = timedelta(minutes=30)
"""A form left open longer than this is not believed about when identity was shown."""
CLOCK_TOLERANCE = timedelta(seconds=5)
NOT_CALLED = (TicketState.WAITING, TicketState.ABSENT, TicketState.CALLED)


def budget_s(rules: Rules, tier: Tier) -> int:
    """Return the promised wait of a tier, seconds."""
    return rules.standards.budgets.service(tier).minutes * 60


def take(hall: Hall, command: cmd.TakeTicket, where: Circumstances, rules: Rules) -> Answer:
    """Issue a ticket."""
    if hall.day is None:
        return refuse("day_closed")
    if command.ticket_id in hall.tickets:
        return refuse("ticket_exists", number=hall.tickets[command.ticket_id].number)
    problem = (
        _grade_problem(command.tier, command.grade)
        or _time_problem(command, where)
        or business_problem(command.businesses, rules)
        or already_waiting(hall, command.person_id)
    )
    if problem:
        return problem
    appointed = appointed_at(hall, command, rules)
    if isinstance(appointed, Refusal):
        return appointed
    fields = {name: getattr(command, name) for name in type(command).model_fields}
    fields |= {"number": hall.number_for(command.tier, command.number), "day": hall.day}
    budget = budget_s(rules, command.tier)
    return (ev.TicketIssued(**fields, appointed_at=appointed, budget_s=budget),)


def _grade_problem(tier: Tier, grade: Grade | None) -> Refusal | None:
    if (tier is Tier.VIP) == (grade is not None):
        return None
    return refuse("grade_missing" if tier is Tier.VIP else "grade_without_vip")


def _time_problem(command: cmd.TakeTicket | cmd.ChangeTier, where: Circumstances) -> Refusal | None:
    shown = command.shown_at
    arrived = command.arrived_at if isinstance(command, cmd.TakeTicket) else shown
    if shown > where.at + CLOCK_TOLERANCE or arrived > shown:
        return refuse("time_in_future")
    if where.at - shown > LONGEST_BACKDATE:
        return refuse("time_too_old", minutes=int(LONGEST_BACKDATE.total_seconds() // 60))
    return None


def business_problem(lines: tuple[BusinessLine, ...], rules: Rules) -> Refusal | None:
    """Refuse businesses or documents that the hall does not know."""
    for line in lines:
        business = rules.businesses.get(line.business_id)
        if business is None or not rules.company.offers(line.business_id):
            return refuse("unknown_business", business=line.business_id)
        known = {document.id for document in business.documents}
        for document in line.documents_missing:
            if document not in known:
                return refuse("unknown_document", document=document)
    if len({line.business_id for line in lines}) < len(lines):
        return refuse("business_twice")
    return None


def already_waiting(
    hall: Hall, person_id: str | None, except_for: str | None = None
) -> Refusal | None:
    """Refuse a second open ticket of one person, besides the ticket `except_for`."""
    if person_id is None:
        return None
    for ticket in hall.open_tickets():
        if ticket.person_id == person_id and ticket.id != except_for:
            return refuse("already_waiting", number=ticket.number)
    return None


def change_tier(hall: Hall, command: cmd.ChangeTier, where: Circumstances, rules: Rules) -> Answer:
    """Put the tier of a ticket right before service begins.

    Upward the clock runs from the moment of showing; downward from the first showing, which is
    the better of the two for the customer.
    """
    ticket = ticket_in(hall, command.ticket_id, *NOT_CALLED)
    if isinstance(ticket, Refusal):
        return ticket
    problem = (
        _grade_problem(command.tier, command.grade)
        or _time_problem(command, where)
        or already_waiting(hall, command.person_id, ticket.id)
    )
    if problem:
        return problem
    if ticket.service_begun:
        return refuse("service_begun", number=ticket.number)
    newly_known = command.person_id not in (None, ticket.person_id)
    if (ticket.tier, ticket.grade) == (command.tier, command.grade) and not newly_known:
        return refuse("same_tier", number=ticket.number)
    upward = TIER_ORDER[command.tier] < TIER_ORDER[ticket.tier]
    return (
        ev.TierChanged(
            ticket_id=ticket.id,
            tier=command.tier,
            grade=command.grade,
            person_id=command.person_id or ticket.person_id,
            shown_at=command.shown_at if upward else ticket.shown_at,
            clock_from=_clock_after(ticket, command, upward=upward),
            budget_s=budget_s(rules, command.tier),
        ),
    )


def _clock_after(ticket: Ticket, command: cmd.ChangeTier, *, upward: bool) -> datetime:
    if upward:
        return max(command.shown_at, ticket.appointed_at or command.shown_at)
    if TIER_ORDER[command.tier] == TIER_ORDER[ticket.tier] or len(ticket.legs) > 1:
        return ticket.leg.clock_from
    return max(ticket.first_shown_at, ticket.appointed_at or ticket.first_shown_at)


def receive(hall: Hall, command: cmd.ReceiveCustomer, _: Circumstances, __: Rules) -> Answer:
    """Note that a VIP has been received."""
    ticket = ticket_in(hall, command.ticket_id, *NOT_CALLED, TicketState.PARKED)
    if isinstance(ticket, Refusal):
        return ticket
    if ticket.tier is not Tier.VIP:
        return refuse("not_vip", number=ticket.number)
    if ticket.received_at:
        return refuse("already_received", number=ticket.number)
    return (ev.CustomerReceived(ticket_id=ticket.id),)


def report_back(hall: Hall, command: cmd.ReportBack, _: Circumstances, rules: Rules) -> Answer:
    """Put an absent customer who is back into the queue at once."""
    ticket = ticket_in(hall, command.ticket_id, TicketState.ABSENT)
    if isinstance(ticket, Refusal):
        return ticket
    return (ev.TicketReturned(ticket_id=ticket.id, budget_s=budget_s(rules, ticket.tier)),)
