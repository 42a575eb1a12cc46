"""How each event changes a ticket. Total: every event in the log can be applied."""

from collections.abc import Callable
from typing import Any, cast

from hallterm.domain.diversion.words import STAYS
from hallterm.domain.stream import Event, Fact
from hallterm.domain.ticket import events as ev
from hallterm.domain.ticket.diverting import answered as _answered
from hallterm.domain.ticket.diverting import offered as _offered
from hallterm.domain.ticket.state import BusinessLine, LastAction, Leg, LegKind, Ticket
from hallterm.domain.ticket.undo import before, remembered
from hallterm.domain.ticket.words import LeaveReason, TicketState

Changes = dict[str, Any]


def issued(fact: Fact, event: ev.TicketIssued) -> Ticket:
    """Return the new ticket."""
    clock_from = max(event.shown_at, event.appointed_at or event.shown_at)
    leg = Leg(kind=LegKind.FIRST, clock_from=clock_from, budget_s=event.budget_s)
    return Ticket(
        id=event.ticket_id,
        state=TicketState.WAITING,
        legs=(leg,),
        state_since=event.shown_at,
        first_shown_at=event.shown_at,
        last_action=_action(fact, None),
        **event.model_dump(exclude={"ticket_id", "budget_s"}),
    )


def evolve(ticket: Ticket, fact: Fact, *, for_undo: bool = True) -> Ticket:
    """Return the ticket after one event.

    for_undo: remember what the event replaced; to look at what follows, that isn't needed.
    """
    if isinstance(fact.event, ev.ActionUndone):
        return _undone(ticket, fact)
    changes = _CHANGES[type(fact.event)](ticket, fact, fact.event)
    if isinstance(fact.event, ev.ServiceRated):
        return ticket.model_copy(update=changes)  # the customer's word, not an action to undo
    if isinstance(fact.event, ev.TicketReturned):
        return ticket.model_copy(update={**changes, "undo": (), "last_action": None})
    counter = changes.get("counter_id") or ticket.counter_id
    changes["last_action"] = _action(fact, counter)
    if for_undo:
        changes["undo"] = remembered(ticket, changes)
    return ticket.model_copy(update=changes)


def _action(fact: Fact, counter_id: str | None) -> LastAction:
    return LastAction(
        type=fact.event.type,
        seq=fact.seq,
        at=fact.at,
        staff_id=fact.actor,
        counter_id=counter_id,
    )


def _undone(ticket: Ticket, fact: Fact) -> Ticket:
    earlier = before(ticket)
    if earlier is not None:
        return earlier
    return ticket.model_copy(
        update={
            "state": TicketState.VOID,
            "state_since": fact.at,
            "closed_at": fact.at,
            "last_action": None,
        }
    )


def _with_leg(ticket: Ticket, **changes: Any) -> tuple[Leg, ...]:  # noqa: ANN401 - fields of Leg
    return (*ticket.legs[:-1], ticket.leg.model_copy(update=changes))


def _tier_changed(ticket: Ticket, _fact: Fact, event: ev.TierChanged) -> Changes:
    return {
        "tier": event.tier,
        "grade": event.grade,
        "person_id": event.person_id,
        "shown_at": event.shown_at,
        "legs": _with_leg(ticket, clock_from=event.clock_from, budget_s=event.budget_s),
    }


def _received(_ticket: Ticket, fact: Fact, _event: ev.CustomerReceived) -> Changes:
    return {"received_at": fact.at}


def _called(ticket: Ticket, fact: Fact, event: ev.TicketCalled) -> Changes:
    return {
        "state": TicketState.CALLED,
        "state_since": fact.at,
        "counter_id": event.counter_id,
        "staff_id": fact.actor,
        "calls": 1,
        "returns_at": None,
        "out_of_order": event.out_of_order,
        "closed_at": None,
        "reason": None,
        "legs": _with_leg(ticket, called_at=ticket.leg.called_at or fact.at),
    }


def _recalled(ticket: Ticket, _fact: Fact, _event: ev.TicketRecalled) -> Changes:
    return {"calls": ticket.calls + 1}


def _started(ticket: Ticket, fact: Fact, _event: ev.ServiceStarted) -> Changes:
    return {
        "state": TicketState.SERVING,
        "state_since": fact.at,
        "staff_id": fact.actor,
        "received_at": ticket.received_at or fact.at,
        "legs": _with_leg(ticket, started_at=ticket.leg.started_at or fact.at),
    }


def _parked(_ticket: Ticket, fact: Fact, event: ev.ServiceParked) -> Changes:
    return {"state": TicketState.PARKED, "state_since": fact.at, "reason": event.reason.value}


def _resumed(_ticket: Ticket, fact: Fact, event: ev.ServiceResumed) -> Changes:
    return {
        "state": TicketState.SERVING,
        "state_since": fact.at,
        "counter_id": event.counter_id,
        "staff_id": fact.actor,
        "reason": None,
    }


def _called_in_time(ticket: Ticket) -> bool:
    """Say whether the call that stands came within the budget; earlier ones excuse nothing."""
    return ticket.state is TicketState.CALLED and ticket.state_since <= ticket.leg.deadline


def _passed_over(ticket: Ticket, fact: Fact, event: ev.TicketPassedOver) -> Changes:
    leg = ticket.leg
    in_time = leg.started_at is None and _called_in_time(ticket)
    return {
        "state": TicketState.ABSENT,
        "state_since": fact.at,
        "counter_id": None,
        "passes": ticket.passes + 1,
        "returns_at": event.returns_at,
        "legs": _with_leg(ticket, absent=leg.absent or in_time),
    }


def _returned(ticket: Ticket, fact: Fact, event: ev.TicketReturned) -> Changes:
    changes: Changes = {"state": TicketState.WAITING, "state_since": fact.at, "returns_at": None}
    if ticket.leg.absent:
        leg = Leg(kind=LegKind.RETURN, clock_from=fact.at, budget_s=event.budget_s)
        changes["legs"] = (*ticket.legs, leg)
    return changes


def _transferred(ticket: Ticket, fact: Fact, event: ev.TicketTransferred) -> Changes:
    changes: Changes = {
        "state": TicketState.WAITING,
        "state_since": fact.at,
        "counter_id": None,
        "only_counter": event.counter_id,
    }
    if event.business is not None:
        changes["businesses"] = _next_business(ticket, event.business)
    if event.budget_s is not None:
        leg = Leg(kind=LegKind.TRANSFER, clock_from=fact.at, budget_s=event.budget_s)
        changes["legs"] = (*ticket.legs, leg)
    return changes


def _next_business(ticket: Ticket, business: BusinessLine) -> tuple[BusinessLine, ...]:
    rest = (line for line in ticket.businesses if line.business_id != business.business_id)
    return (business, *rest)


def _left(ticket: Ticket, fact: Fact, event: ev.TicketLeft) -> Changes:
    leg = ticket.leg
    no_show = event.reason is LeaveReason.NO_SHOW and leg.started_at is None
    absent = leg.absent or (no_show and _called_in_time(ticket))
    changes = {"absent": absent, "ended_at": None if leg.started_at else fact.at}
    return {
        "state": TicketState.LEFT,
        "state_since": fact.at,
        "counter_id": None,
        "closed_at": fact.at,
        "reason": event.reason.value,
        "legs": _with_leg(ticket, **changes),
    }


def _diverted(ticket: Ticket, fact: Fact, event: ev.DiversionAnswered) -> Changes:
    return {**_answered(ticket, fact, event), **_after_answer(ticket, fact, event)}


def _after_answer(ticket: Ticket, fact: Fact, event: ev.DiversionAnswered) -> Changes:
    if not event.accepted:
        return {}
    if event.way in STAYS:
        return {"only_counter": event.target}
    return {
        "state": TicketState.LEFT,
        "state_since": fact.at,
        "counter_id": None,
        "closed_at": fact.at,
        "reason": LeaveReason.DIVERTED.value,
        "legs": _with_leg(ticket, ended_at=None if ticket.leg.started_at else fact.at),
    }


def _finished(_ticket: Ticket, fact: Fact, event: ev.ServiceFinished) -> Changes:
    return {
        "state": TicketState.DONE,
        "state_since": fact.at,
        "closed_at": fact.at,
        "outcome": event.outcome,
        "handed_back": event.handed_back,
    }


def _rated(_ticket: Ticket, _fact: Fact, event: ev.ServiceRated) -> Changes:
    return {"rating": event.rating}


def _settled(ticket: Ticket, fact: Fact, event: ev.TicketSettled) -> Changes:
    return {
        "state": TicketState.SETTLED,
        "state_since": fact.at,
        "closed_at": fact.at,
        "reason": event.reason.value,
        "legs": _with_leg(ticket, ended_at=None if ticket.leg.started_at else fact.at),
    }


Change = Callable[[Ticket, Fact, Any], Changes]
_CHANGES = cast(
    "dict[type[Event], Change]",
    {
        ev.TierChanged: _tier_changed,
        ev.CustomerReceived: _received,
        ev.TicketCalled: _called,
        ev.TicketRecalled: _recalled,
        ev.ServiceStarted: _started,
        ev.ServiceParked: _parked,
        ev.ServiceResumed: _resumed,
        ev.TicketPassedOver: _passed_over,
        ev.TicketReturned: _returned,
        ev.TicketTransferred: _transferred,
        ev.TicketLeft: _left,
        ev.DiversionOffered: _offered,
        ev.DiversionAnswered: _diverted,
        ev.ServiceFinished: _finished,
        ev.ServiceRated: _rated,
        ev.TicketSettled: _settled,
    },
)
