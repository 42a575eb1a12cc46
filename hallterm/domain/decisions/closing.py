"""Decisions that end or take back: customer left, undo, settle, open and close the day."""

from hallterm.domain.actor import Circumstances
from hallterm.domain.call_back.events import CallBackEvent
from hallterm.domain.counter.events import CounterEvent, CounterReleased
from hallterm.domain.day import CloseDay, DayClosed, DayEvent, DayOpened, OpenDay
from hallterm.domain.decisions.arrival import still_to_come
from hallterm.domain.decisions.call_back import promise_taken_back
from hallterm.domain.decisions.checks import ticket_in
from hallterm.domain.decisions.issue import Answer, already_waiting
from hallterm.domain.hall import AT_COUNTER_STATES, Hall, Rules
from hallterm.domain.refusal import Refusal, refuse
from hallterm.domain.roles import MANAGERS
from hallterm.domain.ticket import commands as cmd
from hallterm.domain.ticket import events as ev
from hallterm.domain.ticket.state import LastAction, Ticket
from hallterm.domain.ticket.undo import before as before_last
from hallterm.domain.ticket.words import OPEN_STATES, SettleReason

UndoAnswer = tuple[ev.TicketEvent | CallBackEvent, ...] | Refusal
DayAnswer = tuple[DayEvent | ev.TicketEvent | CounterEvent, ...] | Refusal


def leave(hall: Hall, command: cmd.CustomerLeft, where: Circumstances, _: Rules) -> Answer:
    """Note that the customer went away. At a counter only whoever sits there may say so."""
    ticket = ticket_in(hall, command.ticket_id, *OPEN_STATES)
    if isinstance(ticket, Refusal):
        return ticket
    elsewhere = _at_other_counter(hall, ticket, where)
    if elsewhere:
        return elsewhere
    return (ev.TicketLeft(ticket_id=ticket.id, reason=command.reason),)


def _at_other_counter(hall: Hall, ticket: Ticket, where: Circumstances) -> Refusal | None:
    if ticket.state not in AT_COUNTER_STATES or where.actor.is_one_of(MANAGERS):
        return None
    duty = hall.counter_of(where.actor.staff_id)
    if duty and duty.counter_id == ticket.counter_id:
        return None
    return refuse("at_other_counter", number=ticket.number, counter=str(ticket.counter_id))


def undo(hall: Hall, command: cmd.UndoAction, where: Circumstances, _: Rules) -> UndoAnswer:
    """Take back the last action on a ticket: one's own, or as manager anybody's."""
    ticket = hall.tickets.get(command.ticket_id)
    if ticket is None:
        return refuse("unknown_ticket", ticket=command.ticket_id)
    if hall.day is None:
        return refuse("day_closed")
    action = ticket.last_action
    if action is None or ticket.rating or command.action not in (None, action.type):
        return refuse("nothing_to_undo")
    if action.staff_id != where.actor.staff_id and not where.actor.is_one_of(MANAGERS):
        return refuse("not_your_action", staff=action.staff_id)
    withdrawn = _cannot_restore(hall, ticket, action) or _promises_back(hall, ticket, action)
    if isinstance(withdrawn, Refusal):
        return withdrawn
    undone = ev.ActionUndone(ticket_id=ticket.id, undone=action.type, reason=command.reason)
    return (undone, *withdrawn)


def _promises_back(
    hall: Hall, ticket: Ticket, action: LastAction
) -> tuple[CallBackEvent, ...] | Refusal:
    """Take back with a customer's yes what was promised for it."""
    if action.type != ev.DiversionAnswered.type or ticket.diverted is None:
        return ()
    return promise_taken_back(hall, ticket.diverted.call_back_id)


def _cannot_restore(hall: Hall, ticket: Ticket, action: LastAction) -> Refusal | None:
    before = before_last(ticket)
    if before is None:
        return None if action.type == ev.TicketIssued.type else refuse("nothing_to_undo")
    if before.state in OPEN_STATES:
        waiting = already_waiting(hall, before.person_id, ticket.id)
        if waiting:
            return waiting
    if before.state in AT_COUNTER_STATES and before.counter_id:
        return _cannot_return_to(hall, before.counter_id, before)
    return None


def _cannot_return_to(hall: Hall, counter_id: str, ticket: Ticket) -> Refusal | None:
    busy = hall.ticket_at(counter_id)
    if busy and busy.id != ticket.id:
        return refuse("counter_busy", number=busy.number)
    duty = hall.duty(counter_id)
    if duty.staff_id is None or duty.staff_id != ticket.staff_id:
        return refuse("counter_left", counter=counter_id)
    return refuse("counter_paused", reason=duty.paused.value) if duty.paused else None


def settle(hall: Hall, command: cmd.SettleTicket, _: Circumstances, __: Rules) -> Answer:
    """Close a ticket at the end of the day."""
    ticket = ticket_in(hall, command.ticket_id, *OPEN_STATES)
    if isinstance(ticket, Refusal):
        return ticket
    return (ev.TicketSettled(ticket_id=ticket.id, reason=command.reason),)


def open_day(hall: Hall, command: OpenDay, where: Circumstances, _: Rules) -> DayAnswer:
    """Begin a day; one that was left open is settled and closed first, its counters left.

    A manager may open the day that was closed last once more; its numbers run on.
    """
    if hall.day == command.day:
        return ()
    if hall.last_day == command.day and not where.actor.is_one_of(MANAGERS):
        return refuse("day_closed")
    if hall.last_day and command.day < hall.last_day:
        return refuse("day_in_past", day=command.day.isoformat(), last=hall.last_day.isoformat())
    events: list[DayEvent | ev.TicketEvent | CounterEvent] = []
    if hall.day is not None:
        left_open = sorted(hall.open_tickets(), key=lambda t: t.id)
        events += [
            ev.TicketSettled(ticket_id=t.id, reason=SettleReason.LEFT_OPEN) for t in left_open
        ]
        seated = sorted(d.counter_id for d in hall.duties.values() if d.staff_id)
        events += [CounterReleased(counter_id=counter_id) for counter_id in seated]
        events.append(DayClosed(day=hall.day))
    return (*events, DayOpened(day=command.day))


def close_day(hall: Hall, _: CloseDay, where: Circumstances, rules: Rules) -> DayAnswer:
    """End the day once every ticket is ended and nobody with an appointment may still come."""
    if hall.day is None:
        return refuse("day_closed")
    left = sum(1 for _ in hall.open_tickets())
    if left:
        return refuse("tickets_open", count=left)
    coming = still_to_come(hall, where, rules)
    if coming:
        return refuse("appointments_open", count=coming)
    seated = sorted(d.counter_id for d in hall.duties.values() if d.staff_id)
    released = [CounterReleased(counter_id=counter_id) for counter_id in seated]
    return (*released, DayClosed(day=hall.day))
