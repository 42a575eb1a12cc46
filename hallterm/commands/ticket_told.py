"""Finding the ticket that a counter's command is about, and telling how it stands afterwards."""

from hallterm.commands import shapes
from hallterm.commands.arguments import normal
from hallterm.commands.exits import RefusedError
from hallterm.commands.output import emit, say
from hallterm.desk.board import Board
from hallterm.desk.calling import current
from hallterm.desk.desk import Desk
from hallterm.domain.actor import Actor
from hallterm.domain.refusal import refuse
from hallterm.domain.ticket.state import Ticket
from hallterm.domain.ticket.words import TicketState
from hallterm.words import _, joined
from hallterm.words.terms import term, tier_and_grade


def meant(desk: Desk, actor: Actor, number: str | None) -> Ticket:
    """Return the ticket of a number of today, or without one the ticket at the actor's counter.

    Raises:
        RefusedError: There is none.
    """
    if number is None:
        ticket = current(desk, actor)
        if ticket is None:
            raise RefusedError(refuse("counter_empty"))
        return ticket
    wanted = normal(number).upper()
    for ticket in desk.hall.tickets.values():
        if ticket.number == wanted:
            return ticket
    raise RefusedError(refuse("unknown_ticket", ticket=wanted))


def tell(desk: Desk, ticket: Ticket | None, *, as_json: bool) -> None:
    """Write how a ticket stands now."""
    if ticket is None:
        raise RefusedError(refuse("unknown_ticket", ticket=""))
    rows = Board(desk).tickets(frozenset(TicketState))
    row = next(row for row in rows if row.ticket_id == ticket.id)
    if as_json:
        emit(shapes.ticket(row, desk.clock.now().timestamp(), desk.timezone))
        return
    counter = _("{counter} 号窗口").format(counter=row.counter) if row.counter else ""
    parts = (
        row.number,
        tier_and_grade(row.tier, row.grade),
        term(row.state),
        counter,
        row.customer,
        joined(row.businesses),
    )
    say("  ".join(part for part in parts if part))
