"""Decisions at the counter: call, serve, set aside, send on, finish."""

from datetime import timedelta

from hallterm.domain.actor import Circumstances
from hallterm.domain.decisions.checks import free_counter, own_ticket, ticket_in
from hallterm.domain.decisions.issue import Answer, budget_s, business_problem
from hallterm.domain.hall import Hall, Rules, serves
from hallterm.domain.refusal import Refusal, refuse
from hallterm.domain.roles import MANAGERS
from hallterm.domain.ticket import commands as cmd
from hallterm.domain.ticket import events as ev
from hallterm.domain.ticket.state import Ticket
from hallterm.domain.ticket.words import LeaveReason, TicketState

RATING_TIME = timedelta(minutes=30)
"""How long after the end a customer may still press a rating."""


def call(hall: Hall, command: cmd.CallTicket, where: Circumstances, rules: Rules) -> Answer:
    """Call a ticket to the actor's counter. Absent customers whose turn came back return."""
    duty = free_counter(hall, where)
    if isinstance(duty, Refusal):
        return duty
    ticket = ticket_in(hall, command.ticket_id, TicketState.WAITING, TicketState.ABSENT)
    if isinstance(ticket, Refusal):
        return ticket
    setup = rules.company.counters.get(duty.counter_id)
    if setup is None:
        return refuse("unknown_counter", counter=duty.counter_id)
    if not serves(setup, ticket) and not where.actor.is_one_of(MANAGERS):
        return refuse("not_for_counter", number=ticket.number, counter=setup.number)
    elsewhere = ticket.only_counter != setup.id and ticket.only_counter in rules.company.counters
    if elsewhere and command.out_of_order is None:
        return refuse("sent_to_other_counter", number=ticket.number)
    events: list[ev.TicketEvent] = []
    if ticket.state is TicketState.ABSENT:
        returned = ev.TicketReturned(ticket_id=ticket.id, budget_s=budget_s(rules, ticket.tier))
        events.append(returned)
    events.append(
        ev.TicketCalled(
            ticket_id=ticket.id,
            counter_id=duty.counter_id,
            out_of_order=command.out_of_order,
        )
    )
    due = (t for t in hall.tickets.values() if t.state is TicketState.ABSENT)
    for absent in sorted(due, key=lambda t: (t.state_since, t.id)):
        if absent.id != ticket.id and (absent.returns_at or 0) <= hall.calls + 1:
            budget = budget_s(rules, absent.tier)
            events.append(ev.TicketReturned(ticket_id=absent.id, budget_s=budget))
    return tuple(events)


def recall(hall: Hall, command: cmd.RecallTicket, where: Circumstances, _: Rules) -> Answer:
    """Call out again."""
    ticket = own_ticket(hall, command.ticket_id, where, TicketState.CALLED)
    if isinstance(ticket, Refusal):
        return ticket
    return (ev.TicketRecalled(ticket_id=ticket.id),)


def start(hall: Hall, command: cmd.StartService, where: Circumstances, _: Rules) -> Answer:
    """Begin service; the promise is judged at this moment."""
    ticket = own_ticket(hall, command.ticket_id, where, TicketState.CALLED)
    if isinstance(ticket, Refusal):
        return ticket
    return (ev.ServiceStarted(ticket_id=ticket.id),)


def park(hall: Hall, command: cmd.ParkService, where: Circumstances, _: Rules) -> Answer:
    """Set a begun service aside; the counter is free."""
    ticket = own_ticket(hall, command.ticket_id, where, TicketState.SERVING)
    if isinstance(ticket, Refusal):
        return ticket
    return (ev.ServiceParked(ticket_id=ticket.id, reason=command.reason),)


def resume(hall: Hall, command: cmd.ResumeService, where: Circumstances, _: Rules) -> Answer:
    """Take a parked service up again, at whichever counter the actor sits."""
    ticket = ticket_in(hall, command.ticket_id, TicketState.PARKED)
    if isinstance(ticket, Refusal):
        return ticket
    duty = free_counter(hall, where)
    if isinstance(duty, Refusal):
        return duty
    return (ev.ServiceResumed(ticket_id=ticket.id, counter_id=duty.counter_id),)


def pass_over(hall: Hall, command: cmd.PassOver, where: Circumstances, rules: Rules) -> Answer:
    """Note that the called customer isn't there; after too often the ticket ends as no-show."""
    ticket = own_ticket(hall, command.ticket_id, where, TicketState.CALLED)
    if isinstance(ticket, Refusal):
        return ticket
    limits = rules.standards.pass_over
    if ticket.passes >= limits.most:
        return (ev.TicketLeft(ticket_id=ticket.id, reason=LeaveReason.NO_SHOW),)
    returns_at = hall.calls + limits.return_after
    return (ev.TicketPassedOver(ticket_id=ticket.id, returns_at=returns_at),)


def transfer(hall: Hall, command: cmd.TransferTicket, where: Circumstances, rules: Rules) -> Answer:
    """Send the customer on. Before service the clock runs on; after it a new one begins."""
    states = (TicketState.CALLED, TicketState.SERVING)
    ticket = own_ticket(hall, command.ticket_id, where, *states)
    if isinstance(ticket, Refusal):
        return ticket
    problem = _target_problem(ticket, command, rules)
    if problem:
        return problem
    begun = ticket.state is TicketState.SERVING
    return (
        ev.TicketTransferred(
            ticket_id=ticket.id,
            counter_id=command.counter_id,
            business=command.business,
            budget_s=budget_s(rules, ticket.tier) if begun else None,
        ),
    )


def _target_problem(ticket: Ticket, command: cmd.TransferTicket, rules: Rules) -> Refusal | None:
    if command.business is None and command.counter_id is None:
        return refuse("transfer_nowhere")
    unknown = business_problem((command.business,), rules) if command.business else None
    if unknown or command.counter_id is None:
        return unknown
    target = rules.company.counters.get(command.counter_id)
    if target is None:
        return refuse("unknown_counter", counter=command.counter_id)
    if target.id == ticket.counter_id:
        return refuse("transfer_to_self")
    if not target.serves_others and ticket.tier not in target.tiers:
        return refuse("not_for_counter", number=ticket.number, counter=target.number)
    return None


def finish(hall: Hall, command: cmd.FinishService, where: Circumstances, _: Rules) -> Answer:
    """End the service."""
    ticket = own_ticket(hall, command.ticket_id, where, TicketState.SERVING)
    if isinstance(ticket, Refusal):
        return ticket
    return (
        ev.ServiceFinished(
            ticket_id=ticket.id, outcome=command.outcome, handed_back=command.handed_back
        ),
    )


def rate(hall: Hall, command: cmd.RateService, where: Circumstances, _: Rules) -> Answer:
    """Record what the customer pressed."""
    ticket = ticket_in(hall, command.ticket_id, TicketState.DONE)
    if isinstance(ticket, Refusal):
        return ticket
    if ticket.rating:
        return refuse("already_rated", number=ticket.number)
    if ticket.closed_at and where.at - ticket.closed_at > RATING_TIME:
        return refuse("rating_too_late", number=ticket.number)
    return (ev.ServiceRated(ticket_id=ticket.id, rating=command.rating),)
