"""Decisions about receptions: who is asked, who has the customer, where they are, when it ends."""

from collections.abc import Iterable
from datetime import timedelta

from hallterm.domain.actor import Circumstances
from hallterm.domain.checklist.events import ChecklistEnded, ChecklistReopened
from hallterm.domain.checklist.words import RunEnd
from hallterm.domain.decisions.checklist import CLOCK_TOLERANCE, Answer, steps_left
from hallterm.domain.hall import Hall, Rules
from hallterm.domain.reception import commands as cmd
from hallterm.domain.reception import events as ev
from hallterm.domain.reception.state import Reception
from hallterm.domain.reception.words import WAITING_STATES, CloseReason, ReceptionState
from hallterm.domain.refusal import Refusal, refuse
from hallterm.domain.roles import FLOOR, MANAGERS, Role
from hallterm.domain.stream import Event
from hallterm.domain.ticket.events import CustomerReceived
from hallterm.domain.ticket.words import OPEN_STATES


def _on_duty(rules: Rules, staff_ids: Iterable[str], roles: frozenset[Role]) -> tuple[str, ...]:
    """Return those who still have an account and one of the roles."""
    staff = rules.company.staff
    return tuple(
        staff_id
        for staff_id in staff_ids
        if (member := staff.get(staff_id)) and member.active and member.roles & roles
    )


def receivers_on_duty(hall: Hall, rules: Rules) -> tuple[str, ...]:
    """Return the receivers of the roster who have an account."""
    return _on_duty(rules, hall.roster.receivers, FLOOR)


def managers_on_duty(hall: Hall, rules: Rules) -> tuple[str, ...]:
    """Return the managers who are asked: the roster's, else 值班经理, else 店面经理."""
    everybody = sorted(rules.company.staff)
    choices = (
        _on_duty(rules, hall.roster.managers, MANAGERS),
        _on_duty(rules, everybody, frozenset({Role.DUTY_MANAGER})),
        _on_duty(rules, everybody, frozenset({Role.STORE_MANAGER})),
    )
    return next((choice for choice in choices if choice), ())


def next_receiver(hall: Hall, rules: Rules, asked: Iterable[str]) -> tuple[str, ...]:
    """Return the next receiver to ask: free ones first, then in the order of the roster."""
    busy = {r.receiver for r in hall.receptions.values() if r.is_open}
    left = [s for s in receivers_on_duty(hall, rules) if s not in set(asked)]
    return tuple(sorted(left, key=lambda staff_id: staff_id in busy)[:1])


def first_asked(hall: Hall, rules: Rules, but: Iterable[str] = ()) -> tuple[str, ...]:
    """Return who is asked first; with no receiver on duty it is the duty manager at once."""
    return next_receiver(hall, rules, but) or managers_on_duty(hall, rules)


def set_roster(hall: Hall, command: cmd.SetRoster, _: Circumstances, rules: Rules) -> Answer:
    """Say who receives."""
    receivers, managers = (
        tuple(dict.fromkeys(ids)) for ids in (command.receivers, command.managers)
    )
    for ids, roles in ((receivers, FLOOR), (managers, MANAGERS)):
        able = _on_duty(rules, ids, roles)
        for staff_id in ids:
            if staff_id not in able:
                return refuse("not_for_roster", staff=staff_id)
    if (receivers, managers) == (hall.roster.receivers, hall.roster.managers):
        return ()
    return (ev.RosterSet(receivers=receivers, managers=managers),)


def _going_on(hall: Hall, ticket_id: str) -> Reception | Refusal:
    reception = hall.receptions.get(ticket_id)
    if reception is None:
        return refuse("unknown_reception")
    if not reception.is_open:
        return refuse("reception_closed", number=hall.tickets[ticket_id].number)
    return reception


def seconds_until_due(reception: Reception, where: Circumstances, rules: Rules) -> float:
    """Return how long the asked ones may still take; 0 or less: ask others.

    A clock that went back must not make a VIP wait for the difference: then it is due at once.
    """
    waited = where.at - reception.asked_at
    if waited < -CLOCK_TOLERANCE:
        return 0.0
    limit = timedelta(seconds=rules.standards.reception.answer_seconds)
    return (limit - waited).total_seconds()


def more_to_ask(hall: Hall, rules: Rules, reception: Reception) -> tuple[str, ...]:
    """Return who is asked besides: the next receiver and the managers, none of them twice."""
    managers = (m for m in managers_on_duty(hall, rules) if m not in reception.asked)
    return tuple(dict.fromkeys((*next_receiver(hall, rules, reception.asked), *managers)))


def escalate(
    hall: Hall, command: cmd.EscalateReception, where: Circumstances, rules: Rules
) -> Answer:
    """Ask the next one and the managers; nothing happens if somebody answered or all were asked."""
    reception = hall.receptions.get(command.ticket_id)
    if reception is None:
        return refuse("unknown_reception")
    if reception.state not in WAITING_STATES:
        return ()
    left = seconds_until_due(reception, where, rules)
    if left > 0:
        return refuse("reception_not_due", seconds=left)
    more = more_to_ask(hall, rules, reception)
    return (ev.ReceptionEscalated(ticket_id=reception.ticket_id, to=more),) if more else ()


def accept(hall: Hall, command: cmd.AcceptReception, where: Circumstances, _: Rules) -> Answer:
    """Take the customer; the first one has them, everybody later is told who it is."""
    reception = _going_on(hall, command.ticket_id)
    if isinstance(reception, Refusal):
        return reception
    ticket = hall.tickets[reception.ticket_id]
    if reception.receiver == where.actor.staff_id:
        return ()
    if reception.receiver is not None:
        return refuse("reception_taken", number=ticket.number, staff=reception.receiver)
    accepted: tuple[Event, ...] = (ev.ReceptionAccepted(ticket_id=ticket.id),)
    return accepted if ticket.received_at else (*accepted, CustomerReceived(ticket_id=ticket.id))


def _own(hall: Hall, ticket_id: str, where: Circumstances) -> Reception | Refusal:
    """Return a reception that the actor has, or as manager anybody's."""
    reception = _going_on(hall, ticket_id)
    if isinstance(reception, Refusal):
        return reception
    if reception.state is not ReceptionState.ACCEPTED:
        return refuse("reception_not_accepted", number=hall.tickets[ticket_id].number)
    if reception.receiver != where.actor.staff_id and not where.actor.is_one_of(MANAGERS):
        return refuse("reception_of_other", staff=str(reception.receiver))
    return reception


def release(
    hall: Hall, command: cmd.ReleaseReception, where: Circumstances, rules: Rules
) -> Answer:
    """Give the customer to a colleague, or back."""
    reception = _own(hall, command.ticket_id, where)
    if isinstance(reception, Refusal):
        return reception
    if command.to is not None:
        if command.to == reception.receiver or not _on_duty(rules, (command.to,), FLOOR):
            return refuse("cannot_hand_over", staff=command.to)
        asked: tuple[str, ...] = (command.to,)
    else:
        asked = first_asked(hall, rules, but=(str(reception.receiver),))
    released = ev.ReceptionReleased(ticket_id=reception.ticket_id, reason=command.reason, to=asked)
    return (released,)


def guide(hall: Hall, command: cmd.GuideTo, _: Circumstances, rules: Rules) -> Answer:
    """Note where the customer was led. A greeter may do it before anybody has accepted."""
    reception = _going_on(hall, command.ticket_id)
    if isinstance(reception, Refusal):
        return reception
    if command.counter_id is not None and command.counter_id not in rules.company.counters:
        return refuse("unknown_counter", counter=command.counter_id)
    if reception.guided and reception.counter_id == command.counter_id:
        return ()
    return (ev.CustomerGuided(ticket_id=reception.ticket_id, counter_id=command.counter_id),)


def close(hall: Hall, command: cmd.CloseReception, where: Circumstances, _: Rules) -> Answer:
    """Note that the customer was seen off, once the matter is done and no step is forgotten."""
    reception = _own(hall, command.ticket_id, where)
    if isinstance(reception, Refusal):
        return reception
    ticket = hall.tickets[reception.ticket_id]
    if ticket.state in OPEN_STATES:
        return refuse("matter_open", number=ticket.number)
    run = hall.runs.get(reception.ticket_id)
    closed: tuple[Event, ...] = (
        ev.ReceptionClosed(ticket_id=ticket.id, reason=CloseReason.SEEN_OFF),
    )
    if run is None or run.end:
        return closed
    return steps_left(hall, run) or (*closed, ChecklistEnded(run_id=run.id, end=RunEnd.FINISHED))


def reopen(hall: Hall, command: cmd.ReopenReception, where: Circumstances, _: Rules) -> Answer:
    """Take back that the customer was seen off: one's own, or as manager anybody's."""
    reception = hall.receptions.get(command.ticket_id)
    if reception is None:
        return refuse("unknown_reception")
    if hall.day is None:
        return refuse("day_closed")
    if reception.close_reason is not CloseReason.SEEN_OFF:
        return refuse("nothing_to_undo")
    by = reception.moves[-1].staff_id
    if by != where.actor.staff_id and not where.actor.is_one_of(MANAGERS):
        return refuse("not_your_action", staff=by)
    reopened: tuple[Event, ...] = (
        ev.ReceptionReopened(ticket_id=reception.ticket_id, reason=command.reason),
    )
    run = hall.runs.get(reception.ticket_id)
    return (*reopened, ChecklistReopened(run_id=run.id)) if run and run.end else reopened
