"""What happened, one line an event, for the text playback."""

from collections.abc import Callable, Mapping
from typing import Any, cast

from hallterm.desk.desk import Desk
from hallterm.domain.counter.events import CounterEvent, CounterPaused, CounterReopened
from hallterm.domain.stream import Event, Fact
from hallterm.domain.ticket import events as ev
from hallterm.domain.ticket.state import Ticket
from hallterm.lab.playback_text import GAP, left
from hallterm.words import _, joined, mark, translate
from hallterm.words.terms import term, tier_and_grade

VERB_CELLS, NUMBER_CELLS = 6, 5


def news(fact: Fact, desk: Desk) -> str:
    """Return a line about a fact of the hall, without its time; empty when it isn't told."""
    event = fact.event
    if type(event) not in _TOLD:
        return ""
    verb, more = _TOLD[type(event)]
    parts = [left(translate(verb), VERB_CELLS)]
    if isinstance(event, ev.TicketEvent):
        ticket = desk.hall.tickets[event.ticket_id]
        parts += [left(ticket.number, NUMBER_CELLS), more(desk, ticket, event)]
    elif isinstance(event, CounterEvent):
        parts += [left("", NUMBER_CELLS), more(desk, None, event)]
    return GAP.join(parts).rstrip()


def _issued(desk: Desk, _ticket: Ticket, event: ev.TicketIssued) -> str:
    known = desk.rules.businesses
    names = [known[one.business_id].name for one in event.businesses if one.business_id in known]
    words = [tier_and_grade(event.tier, event.grade), joined(names)]
    words += [term(flag) for flag in event.flags]
    return " ".join(words)


def _where(desk: Desk, counter_id: str | None) -> str:
    setup = desk.rules.company.counters.get(counter_id or "")
    return _("{n} 号窗口").format(n=setup.number) if setup else ""


def _called(desk: Desk, _ticket: Ticket, event: ev.TicketCalled) -> str:
    return _where(desk, event.counter_id)


def _tier(_desk: Desk, _ticket: Ticket, event: ev.TierChanged) -> str:
    return _("改为 {tier}").format(tier=tier_and_grade(event.tier, event.grade))


def _reason(_desk: Desk, _ticket: Ticket, event: ev.TicketLeft | ev.ServiceParked) -> str:
    return term(event.reason)


def _finished(desk: Desk, ticket: Ticket, event: ev.ServiceFinished) -> str:
    return f"{_where(desk, ticket.counter_id)} {term(event.outcome)}"


def _paused(desk: Desk, _ticket: None, event: CounterPaused) -> str:
    return f"{_where(desk, event.counter_id)} {term(event.reason)}"


def _reopened(desk: Desk, _ticket: None, event: CounterReopened) -> str:
    return _where(desk, event.counter_id)


def _nothing(_desk: Desk, _ticket: Ticket, _event: Event) -> str:
    return ""


More = Callable[[Desk, Any, Any], str]
_TOLD = cast(
    "Mapping[type[Event], tuple[str, More]]",
    {
        ev.TicketIssued: (mark("取号"), _issued),
        ev.TierChanged: (mark("更正级别"), _tier),
        ev.CustomerReceived: (mark("接待"), _nothing),
        ev.TicketCalled: (mark("叫号"), _called),
        ev.TicketRecalled: (mark("重呼"), _nothing),
        ev.ServiceParked: (mark("挂起"), _reason),
        ev.ServiceResumed: (mark("取回"), _called),
        ev.TicketPassedOver: (mark("过号"), _nothing),
        ev.TicketReturned: (mark("回来"), _nothing),
        ev.TicketLeft: (mark("离开"), _reason),
        ev.ServiceFinished: (mark("办结"), _finished),
        CounterPaused: (mark("暂停"), _paused),
        CounterReopened: (mark("恢复"), _reopened),
    },
)
"""Event → its word, and what else is said."""
