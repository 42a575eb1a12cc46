"""What follows from a ticket: its reception opens and closes with it, nobody has to think of it.

Whatever a decision about tickets or the day answers passes through here. The rule is one sentence:
an open VIP ticket has an open reception, and one that ended otherwise than by service has none.
What the end of a service ticks by itself (`served.py`) follows here as well.
"""

from collections.abc import Iterable, Iterator

from hallterm.domain.actor import Circumstances
from hallterm.domain.checklist.events import ChecklistEnded, ChecklistEvent, ChecklistReopened
from hallterm.domain.checklist.template import ChecklistTemplate
from hallterm.domain.checklist.words import RunEnd, StartsWith
from hallterm.domain.day import DayClosed
from hallterm.domain.decisions.checklist import beginning
from hallterm.domain.decisions.reception import first_asked
from hallterm.domain.decisions.served import steps_of_service
from hallterm.domain.hall import Hall, Rules
from hallterm.domain.reception import events as ev
from hallterm.domain.reception.words import (
    WAITING_STATES,
    CloseReason,
    ReceptionState,
    ReleaseReason,
)
from hallterm.domain.stream import Event, Fact
from hallterm.domain.ticket import evolve as ticket_evolve
from hallterm.domain.ticket.events import ActionUndone, TicketEvent, TicketIssued
from hallterm.domain.ticket.state import Ticket
from hallterm.domain.ticket.words import OPEN_STATES, TicketState, UndoReason
from hallterm.domain.tiers import Tier


def with_receptions(
    hall: Hall, events: tuple[Event, ...], where: Circumstances, rules: Rules
) -> tuple[Event, ...]:
    """Return the events of a decision with those that follow for receptions and checklists."""
    more: list[Event] = []
    for before, after in _changed(hall, events, where):
        follow = [e for e in _follow(hall, before, after, rules) if not _is_said(events, e)]
        reopened = {event.run_id for event in follow if isinstance(event, ChecklistReopened)}
        why = _why_undone(events, after.id)
        more += [*follow, *steps_of_service(hall, before, after, why, reopened)]
    place = next((n for n, event in enumerate(events) if isinstance(event, DayClosed)), None)
    if place is None:
        return (*events, *more)
    closed = {event.ticket_id for event in more if isinstance(event, ev.ReceptionClosed)}
    more += _day_ends(hall, closed)
    return (*events[:place], *more, *events[place:])


def _is_said(events: Iterable[Event], event: Event) -> bool:
    """Say whether the decision itself has already said it (an acceptance)."""
    return isinstance(event, ev.ReceptionAccepted) and event in events


def _why_undone(events: Iterable[Event], ticket_id: str) -> UndoReason:
    undone = (e for e in events if isinstance(e, ActionUndone) and e.ticket_id == ticket_id)
    found = next(undone, None)
    return found.reason if found else UndoReason.OTHER


def _changed(
    hall: Hall, events: tuple[Event, ...], where: Circumstances
) -> Iterator[tuple[Ticket | None, Ticket]]:
    """Return each ticket that the events change, before and after."""
    after: dict[str, Ticket] = {}
    for event in events:
        if not isinstance(event, TicketEvent):
            continue
        fact = Fact(0, "", where.at, where.actor.staff_id, where.device, event)
        if isinstance(event, TicketIssued):
            after[event.ticket_id] = ticket_evolve.issued(fact, event)
        else:
            before = after.get(event.ticket_id) or hall.tickets[event.ticket_id]
            after[event.ticket_id] = ticket_evolve.evolve(before, fact, for_undo=False)
    return ((hall.tickets.get(ticket_id), ticket) for ticket_id, ticket in after.items())


def _follow(hall: Hall, before: Ticket | None, after: Ticket, rules: Rules) -> Iterator[Event]:
    reception = hall.receptions.get(after.id)
    if after.tier is Tier.VIP and after.state in OPEN_STATES:
        if reception is None:
            yield from _opening(hall, after, rules)
            state: ReceptionState | None = ReceptionState.OFFERED
        elif not reception.is_open:
            yield from _reopening(hall, after.id)
            state = reception.closed_from
        else:
            state = reception.state
        yield from _in_line(hall, before, after, state, rules)
    elif (
        reception
        and reception.is_open
        and (after.tier is not Tier.VIP or after.state is not TicketState.DONE)
    ):
        yield from _closing(hall, after.id, _reason(after))


def _opening(hall: Hall, ticket: Ticket, rules: Rules) -> Iterator[Event]:
    to = first_asked(hall, rules)
    budget_s = rules.standards.budgets.vip_reception.minutes * 60
    yield ev.ReceptionOffered(ticket_id=ticket.id, day=ticket.day, to=to, budget_s=budget_s)
    template = _template_for(ticket, rules)
    if template and ticket.id not in hall.runs:
        yield from beginning(hall, template, ticket.id, ticket.id)


def _template_for(ticket: Ticket, rules: Rules) -> ChecklistTemplate | None:
    asked_for = {line.business_id for line in ticket.businesses}
    fitting = (
        template
        for template in rules.checklists.values()
        if template.starts is StartsWith.RECEPTION
        and (not template.attach.tiers or ticket.tier in template.attach.tiers)
        and (not template.attach.businesses or asked_for & set(template.attach.businesses))
    )
    return next(fitting, None)


def _reopening(hall: Hall, ticket_id: str) -> Iterator[Event]:
    yield ev.ReceptionReopened(ticket_id=ticket_id)
    run = hall.runs.get(ticket_id)
    if run and run.end:
        yield ChecklistReopened(run_id=run.id)


def _in_line(
    hall: Hall, before: Ticket | None, after: Ticket, state: ReceptionState | None, rules: Rules
) -> Iterator[Event]:
    """Keep acceptance in line with the ticket: who begins the service has received the customer."""
    newly = after.received_at is not None and (before is None or before.received_at is None)
    if state in WAITING_STATES and newly:
        yield ev.ReceptionAccepted(ticket_id=after.id)
    elif state is ReceptionState.ACCEPTED and after.received_at is None:
        reception = hall.receptions[after.id]
        # Everybody who was asked before is asked again; the one who had it may be the right one.
        again = tuple(dict.fromkeys(reception.asked)) or first_asked(hall, rules)
        yield ev.ReceptionReleased(ticket_id=after.id, reason=ReleaseReason.UNDONE, to=again)


def _reason(ticket: Ticket) -> CloseReason:
    if ticket.tier is not Tier.VIP:
        return CloseReason.NOT_VIP
    endings = {TicketState.LEFT: CloseReason.LEFT, TicketState.VOID: CloseReason.VOID}
    return endings.get(ticket.state, CloseReason.SETTLED)


def _closing(hall: Hall, ticket_id: str, reason: CloseReason) -> Iterator[Event]:
    yield ev.ReceptionClosed(ticket_id=ticket_id, reason=reason)
    run = hall.runs.get(ticket_id)
    if run and not run.end:
        yield ChecklistEnded(run_id=run.id, end=RunEnd.WITHDRAWN)


def _day_ends(hall: Hall, closed: set[str]) -> Iterator[Event]:
    """Close with the day what was not seen off, and what belongs to its tickets.

    Runs of the hall itself go on: a fault may take days to repair.
    """
    ended: set[str] = set(closed)
    for reception in hall.receptions.values():
        if reception.is_open and reception.ticket_id not in closed:
            events = tuple(_closing(hall, reception.ticket_id, CloseReason.SETTLED))
            ended.update(e.run_id for e in events if isinstance(e, ChecklistEvent))
            yield from events
    for run in hall.runs.values():
        if run.ticket_id and not run.end and run.id not in ended:
            yield ChecklistEnded(run_id=run.id, end=RunEnd.WITHDRAWN)
