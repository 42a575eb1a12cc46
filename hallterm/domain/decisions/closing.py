"""Decisions that end or take back: customer left, undo, settle, open and close the day."""

from datetime import date, datetime, timedelta

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
from hallterm.domain.ticket.words import OPEN_STATES, SettleReason, TicketState

UndoAnswer = tuple[ev.TicketEvent | CallBackEvent, ...] | Refusal
LONGEST_SERVICE = timedelta(hours=2)
"""A service that has stood longer when the date changes was forgotten, not under way."""
LONGEST_PAUSE = timedelta(days=14)
"""After a longer time without a business day a manager says that the clock is right."""
_UNDER_WAY = AT_COUNTER_STATES | {TicketState.PARKED}

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


def day_due(hall: Hall, today: date, now: datetime) -> bool:
    """Say whether a business day begins with the next action.

    A service under way when the date changes is finished on its own day, which lasts as long.

    today: the business day by the clock.
    """
    if hall.last_day is not None and today <= hall.last_day:
        return False
    return not any(
        ticket.state in _UNDER_WAY and now - ticket.state_since <= LONGEST_SERVICE
        for ticket in hall.open_tickets()
    )


def open_day(hall: Hall, command: OpenDay, where: Circumstances, _: Rules) -> DayAnswer:
    """Begin a day; one that was left open is settled and closed first, its counters left.

    While none is open a manager may open the day that was closed last once more, or an earlier one
    when the clock has been ahead; numbers given out on it before run on.
    """
    if hall.day == command.day:
        return ()
    refused = _may_not_begin(hall, command, manager=where.actor.is_one_of(MANAGERS))
    if refused:
        return refused
    events: list[DayEvent | ev.TicketEvent | CounterEvent] = []
    if hall.day is not None:
        left_open = sorted(hall.open_tickets(), key=lambda t: t.id)
        events += [
            ev.TicketSettled(ticket_id=t.id, reason=SettleReason.LEFT_OPEN) for t in left_open
        ]
        events += _released(hall)
        events.append(DayClosed(day=hall.day))
    numbers = command.numbers if command.day != hall.last_day else None
    return (*events, DayOpened(day=command.day, numbers=numbers))


def _may_not_begin(hall: Hall, command: OpenDay, *, manager: bool) -> Refusal | None:
    last = hall.last_day
    if last is None:
        return None
    if hall.day is not None and command.day < hall.day:
        return refuse("other_day_open", day=hall.day.isoformat())
    days = {"day": command.day.isoformat(), "last": last.isoformat()}
    if command.day <= last and not manager:
        return refuse("day_closed") if command.day == last else refuse("day_in_past", **days)
    if command.day - last > LONGEST_PAUSE and not (manager and command.confirmed):
        return refuse("day_far", **days)
    return None


def close_day(hall: Hall, command: CloseDay, where: Circumstances, rules: Rules) -> DayAnswer:
    """End the day once every ticket is ended and nobody with an appointment may still come."""
    if hall.day is None or command.day not in (None, hall.day):
        return refuse("day_closed")
    left = sum(1 for _ in hall.open_tickets())
    if left:
        return refuse("tickets_open", count=left)
    coming = still_to_come(hall, where, rules)
    if coming:
        return refuse("appointments_open", count=coming)
    return (*_released(hall), DayClosed(day=hall.day))


def _released(hall: Hall) -> list[CounterEvent]:
    seated = sorted(d.counter_id for d in hall.duties.values() if d.staff_id)
    return [CounterReleased(counter_id=counter_id) for counter_id in seated]
