"""Use cases of the counter: call next, call a given one, finish and call next."""

from datetime import datetime

from hallterm.desk.desk import Desk, Done
from hallterm.desk.known import known_now
from hallterm.desk.queueing import dispatch_rules, learn, open_stations, station, waiting_list
from hallterm.desk.sharing import is_apart, own_share
from hallterm.desk.transaction import Transaction
from hallterm.dispatch.choose import choose
from hallterm.dispatch.queue import Choice
from hallterm.domain.actor import Actor
from hallterm.domain.counter.state import CounterSetup
from hallterm.domain.decisions.checks import free_counter
from hallterm.domain.hall import Hall, Rules, serves
from hallterm.domain.refusal import Refusal, refuse
from hallterm.domain.stream import Command
from hallterm.domain.ticket.commands import CallTicket, FinishService, UndoAction
from hallterm.domain.ticket.state import Ticket
from hallterm.domain.ticket.words import Outcome, OutOfOrderReason, TicketState, UndoReason

ABSENT_REST = 60.0
"""Seconds for which an absent customer is left alone even when nobody else waits."""


def next_for(desk: Desk, hall: Hall, rules: Rules, counter_id: str, at: datetime) -> Choice | None:
    """Choose whom a counter would call at this moment.

    With nobody waiting, the customer who has been absent longest is tried again: otherwise the
    last tickets of a quiet hall would never come back.
    """
    setup = rules.company.counters.get(counter_id)
    if setup is None:
        return None
    now = at.timestamp()
    waiting = waiting_list(desk, hall)
    stations = open_stations(desk, hall, rules, now)
    here, how = station(setup, now), dispatch_rules(rules)
    choice = None
    if desk.apart or is_apart(desk.replica.link, desk.replica.oldest_pending_ms, now):
        mine = own_share(waiting, setup.id, [one.counter_id for one in stations])
        choice = choose(now, mine, here, stations, how)
    choice = choice or choose(now, waiting, here, stations, how, known_now(desk, hall, at))
    return choice or _absent_for(hall, setup, rules, now)


def _absent_for(hall: Hall, setup: CounterSetup, rules: Rules, now: float) -> Choice | None:
    elsewhere = rules.company.counters.keys() - {setup.id}
    rested = (
        ticket
        for ticket in hall.tickets.values()
        if ticket.state is TicketState.ABSENT
        and now - ticket.state_since.timestamp() >= ABSENT_REST
        and ticket.only_counter not in elsewhere
        and serves(setup, ticket)
    )
    longest = min(rested, key=lambda ticket: (ticket.state_since, ticket.id), default=None)
    return Choice(longest.id, "absent_back") if longest else None


def call_next(desk: Desk, actor: Actor) -> Done | Refusal:
    """Call whoever is next for the actor's counter."""
    learn(desk)
    return desk.act(actor, lambda transaction: _plan_next(desk, transaction))


def _plan_next(desk: Desk, transaction: Transaction) -> Command | Refusal:
    duty = free_counter(transaction.hall, transaction.where)
    if isinstance(duty, Refusal):
        return duty
    at = transaction.where.at
    choice = next_for(desk, transaction.hall, transaction.rules, duty.counter_id, at)
    return CallTicket(ticket_id=choice.ticket_id) if choice else refuse("nobody_waiting")


def call_given(
    desk: Desk, actor: Actor, ticket_id: str, reason: OutOfOrderReason | None
) -> Done | Refusal:
    """Call a certain ticket; out of turn it needs a reason, which is recorded."""

    def plan(transaction: Transaction) -> Command | Refusal:
        duty = free_counter(transaction.hall, transaction.where)
        if isinstance(duty, Refusal):
            return duty
        if ticket_id not in transaction.hall.tickets:
            return refuse("unknown_ticket")
        at = transaction.where.at
        choice = next_for(desk, transaction.hall, transaction.rules, duty.counter_id, at)
        in_turn = choice is not None and choice.ticket_id == ticket_id
        if in_turn:
            return CallTicket(ticket_id=ticket_id)
        if reason is None:
            return refuse("reason_missing")
        return CallTicket(ticket_id=ticket_id, out_of_order=reason)

    learn(desk)
    return desk.act(actor, plan)


def current(desk: Desk, actor: Actor) -> Ticket | None:
    """Return the ticket called to the actor's counter or served there."""
    duty = desk.hall.counter_of(actor.staff_id)
    return desk.hall.ticket_at(duty.counter_id) if duty else None


def finish_and_call_next(
    desk: Desk, actor: Actor, ticket_id: str, outcome: Outcome = Outcome.COMPLETED
) -> Done | Refusal:
    """Finish and call the next one, together. With nobody to call the finish stands alone."""
    learn(desk)
    desk.turn_day(actor)
    with desk.transaction(actor) as transaction:
        if ticket_id not in transaction.hall.tickets:
            transaction.abandon()
            return refuse("unknown_ticket")
        finished = transaction.perform(FinishService(ticket_id=ticket_id, outcome=outcome))
        if isinstance(finished, Refusal):
            transaction.abandon()
            return finished
        plan = _plan_next(desk, transaction)
        called = plan if isinstance(plan, Refusal) else transaction.perform(plan)
    return Done(finished if isinstance(called, Refusal) else (*finished, *called))


def undoable(hall: Hall, actor: Actor) -> Ticket | None:
    """Return the ticket on which the actor acted last, if that can be taken back.

    If it can't, nothing older is offered in its place.
    """
    mine = [
        (ticket.last_action.seq, ticket.id)
        for ticket in hall.tickets.values()
        if ticket.last_action and ticket.last_action.staff_id == actor.staff_id
    ]
    if hall.day is None or not mine:
        return None
    last = hall.tickets[max(mine)[1]]
    restorable = bool(last.undo) or last.state is TicketState.WAITING
    return last if restorable and not last.rating else None


def undo_last(desk: Desk, actor: Actor, reason: UndoReason) -> Done | Refusal:
    """Take back the actor's last action."""

    def plan(transaction: Transaction) -> Command | Refusal:
        ticket = undoable(transaction.hall, actor)
        if ticket is None:
            return refuse("nothing_to_undo")
        return UndoAction(ticket_id=ticket.id, reason=reason)

    return desk.act(actor, plan)
