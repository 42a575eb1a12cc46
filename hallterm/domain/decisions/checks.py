"""Checks that several decisions share. Each returns what was looked for, or a refusal."""

from dataclasses import replace

from hallterm.domain.actor import Actor, Circumstances
from hallterm.domain.company.state import Company
from hallterm.domain.counter.state import CounterDuty
from hallterm.domain.hall import Hall
from hallterm.domain.refusal import Refusal, refuse
from hallterm.domain.roles import Role
from hallterm.domain.stream import Command
from hallterm.domain.ticket.state import Ticket
from hallterm.domain.ticket.words import TicketState


def with_present_roles(circumstances: Circumstances, company: Company) -> Circumstances:
    """Return the circumstances with the roles that the actor's account has now.

    A role taken away, or an account closed, while somebody is signed in counts at once.
    """
    actor = circumstances.actor
    member = company.staff.get(actor.staff_id)
    if member is None or Role.KIOSK in actor.roles:
        return circumstances
    held = actor.roles & member.roles if member.active else frozenset[Role]()
    return replace(circumstances, actor=Actor(actor.staff_id, held))


def permission(command: Command, circumstances: Circumstances) -> Refusal | None:
    """Refuse a command that none of the actor's roles may give."""
    if circumstances.actor.is_one_of(command.allowed):
        return None
    return refuse("not_allowed", command=type(command).__name__)


def ticket_in(hall: Hall, ticket_id: str, *states: TicketState) -> Ticket | Refusal:
    """Return the ticket if it is in one of the states."""
    ticket = hall.tickets.get(ticket_id)
    if ticket is None:
        return refuse("unknown_ticket", ticket=ticket_id)
    if ticket.state not in states:
        return refuse("wrong_state", number=ticket.number, state=ticket.state.value)
    return ticket


def own_counter(hall: Hall, circumstances: Circumstances) -> CounterDuty | Refusal:
    """Return the counter at which the actor sits."""
    duty = hall.counter_of(circumstances.actor.staff_id)
    return duty or refuse("not_at_counter")


def free_counter(hall: Hall, circumstances: Circumstances) -> CounterDuty | Refusal:
    """Return the actor's counter if it is open and serves nobody."""
    duty = own_counter(hall, circumstances)
    if isinstance(duty, Refusal):
        return duty
    if duty.paused:
        return refuse("counter_paused", reason=duty.paused.value)
    busy = hall.ticket_at(duty.counter_id)
    return refuse("counter_busy", number=busy.number) if busy else duty


def own_ticket(
    hall: Hall, ticket_id: str, circumstances: Circumstances, *states: TicketState
) -> Ticket | Refusal:
    """Return the ticket if it is in one of the states at the actor's own counter."""
    ticket = ticket_in(hall, ticket_id, *states)
    if isinstance(ticket, Refusal):
        return ticket
    duty = own_counter(hall, circumstances)
    if isinstance(duty, Refusal):
        return duty
    if ticket.counter_id != duty.counter_id:
        return refuse("at_other_counter", number=ticket.number, counter=str(ticket.counter_id))
    return ticket
