"""The hall as screens and the command line show it."""

from dataclasses import replace
from datetime import datetime

from hallterm.desk.accounts import staff_names
from hallterm.desk.calling import next_for, undoable
from hallterm.desk.customers import CustomerLabels
from hallterm.desk.days import closed_today
from hallterm.desk.desk import Desk
from hallterm.desk.diversions import overrun, place_word, possible
from hallterm.desk.queueing import calling_order, outlook
from hallterm.desk.views import (
    Clock,
    CounterRow,
    CounterView,
    HallView,
    NextUp,
    OfferRow,
    TicketRow,
)
from hallterm.dispatch.forecast import Expected
from hallterm.domain.actor import Actor
from hallterm.domain.counter.state import CounterSetup
from hallterm.domain.diversion.state import Diversion
from hallterm.domain.roles import Role
from hallterm.domain.ticket.state import Ticket
from hallterm.domain.ticket.words import OPEN_STATES, TicketState
from hallterm.domain.tiers import Tier
from hallterm.words.actions import action_word
from hallterm.words.reasons import explain_choice

OUTLOOK_SECONDS = 45.0
"""How long the view of an unchanged hall is kept; whom to call is looked at each time."""


class Board:
    """Makes views of the hall; tickets that have not changed are not laid out again.

    roles: of whoever looks, which decide how much of a name is shown.
    """

    def __init__(self, desk: Desk, roles: frozenset[Role] = frozenset()) -> None:
        self._desk = desk
        self._labels = CustomerLabels(roles)
        self._rows: dict[str, tuple[Ticket, str, TicketRow]] = {}
        self._names: dict[str, str] = {}
        self._names_as_of = -1
        self._view: tuple[HallView | None, float] = (None, 0.0)

    def hall(self) -> HallView:
        """Return the hall as last read; that of an unchanged hall is kept for a while."""
        now = self._desk.clock.now()
        view, moment = self._view
        age = now.timestamp() - moment
        if (
            view is None
            or view.version != self._desk.replica.version
            or not 0 <= age < OUTLOOK_SECONDS
        ):
            view = self._look(now)
            self._view = (view, now.timestamp())
        return view

    def _look(self, now: datetime) -> HallView:
        desk = self._desk
        hall = desk.hall
        rows = self._lay_out([t for t in hall.tickets.values() if t.state in OPEN_STATES])
        expected = outlook(desk, now)
        order = calling_order(desk, expected)
        setups = sorted(desk.rules.company.counters.values(), key=lambda c: c.number)
        profile = desk.rules.company.hall
        return HallView(
            hall_name=profile.name if profile else "",
            day=hall.day,
            waiting=tuple(self._waits(rows[i], expected.get(i), now) for i in order),
            others=tuple(r for r in rows.values() if r.state is not TicketState.WAITING),
            counters=tuple(self._counter(setup) for setup in setups),
            version=desk.replica.version,
            closed=closed_today(desk),
        )

    def _waits(self, row: TicketRow, expected: Expected | None, now: datetime) -> TicketRow:
        """Return a waiting ticket with its outlook, and where it could be sent."""
        ticket = self._desk.hall.tickets[row.ticket_id]
        beyond = overrun(self._desk, ticket, expected, now.timestamp())
        row = _with_wait(row, expected)
        if beyond is None:
            return row
        found = dict.fromkeys(way for way, _ in possible(self._desk, ticket, None, now))
        return replace(row, overrun=beyond, ways=tuple(found))

    def counter(self, actor: Actor) -> CounterView:
        """Return the hall from the actor's counter."""
        desk = self._desk
        view = self.hall()
        duty = desk.hall.counter_of(actor.staff_id)
        here = next((c for c in view.counters if duty and c.counter_id == duty.counter_id), None)
        everything = {row.ticket_id: row for row in (*view.waiting, *view.others)}
        at_counter = desk.hall.at_counter.get(duty.counter_id) if duty else None
        parked = (r for r in view.others if r.state is TicketState.PARKED)
        last = undoable(desk.hall, actor)
        action = last.last_action if last else None
        return CounterView(
            hall=view,
            counter=here,
            current=everything.get(at_counter) if at_counter else None,
            parked=tuple(r for r in parked if here and r.counter == here.number),
            next_up=self._next_up(here, everything),
            undoable=action_word(action.type, last.number) if last and action else "",
        )

    def _next_up(self, here: CounterRow | None, rows: dict[str, TicketRow]) -> NextUp | None:
        if here is None:
            return None
        desk = self._desk
        choice = next_for(desk, desk.hall, desk.rules, here.counter_id, desk.clock.now())
        if choice is None:
            return None
        return NextUp(rows[choice.ticket_id], explain_choice(choice))

    def tickets(self, states: frozenset[TicketState]) -> list[TicketRow]:
        """Return the day's tickets in some states, ended ones included."""
        chosen = [t for t in self._desk.hall.tickets.values() if t.state in states]
        return list(self._lay_out(chosen).values())

    def _lay_out(self, tickets: list[Ticket]) -> dict[str, TicketRow]:
        ids = {t.person_id for t in tickets if t.person_id}
        labels = self._labels.load(self._desk, ids)
        fresh: dict[str, tuple[Ticket, str, TicketRow]] = {}
        for ticket in tickets:
            label = labels.get(ticket.person_id or "", "")
            known = self._rows.get(ticket.id)
            if known is not None and known[0] is ticket and known[1] == label:
                fresh[ticket.id] = known
            else:
                fresh[ticket.id] = (ticket, label, self._row(ticket, label))
        self._rows = fresh
        return {ticket_id: row for ticket_id, (_, _, row) in fresh.items()}

    def _row(self, ticket: Ticket, label: str) -> TicketRow:
        rules = self._desk.rules
        setup = rules.company.counters.get(ticket.counter_id or "")
        lines = [(rules.businesses.get(b.business_id), b) for b in ticket.businesses]
        missing = tuple(
            document.name
            for business, line in lines
            if business
            for document in business.documents
            if document.id in line.documents_missing
        )
        return TicketRow(
            ticket_id=ticket.id,
            number=ticket.number,
            tier=ticket.tier,
            grade=ticket.grade,
            state=ticket.state,
            customer=label,
            person_id=ticket.person_id,
            businesses=tuple(b.name if b else line.business_id for b, line in lines),
            service=self._service_clock(ticket),
            reception=self._reception_clock(ticket),
            flags=ticket.flags,
            visiting=ticket.visiting,
            group=ticket.group,
            special=ticket.special,
            appointed=_seconds(ticket.appointed_at),
            counter=setup.number if setup else None,
            passes=ticket.passes,
            documents_missing=missing,
            state_since=ticket.state_since.timestamp(),
            new_clock_on_return=ticket.state is TicketState.ABSENT and ticket.leg.absent,
            offers=tuple(self._offer(one) for one in ticket.diversions),
        )

    def _offer(self, one: Diversion) -> OfferRow:
        return OfferRow(
            way=one.way,
            target=one.target,
            place=place_word(self._desk, one.way, one.target),
            offered=one.offered_at.timestamp(),
            offered_by=one.offered_by,
            accepted=one.accepted,
            answered=_seconds(one.answered_at),
        )

    def _service_clock(self, ticket: Ticket) -> Clock:
        leg = ticket.leg
        return Clock(
            began=leg.clock_from.timestamp(),
            budget=leg.budget_s,
            short_share=self._desk.rules.standards.warnings.short_share,
            stopped=_seconds(leg.started_at or leg.ended_at),
        )

    def _reception_clock(self, ticket: Ticket) -> Clock | None:
        if ticket.tier is not Tier.VIP:
            return None
        standards = self._desk.rules.standards
        return Clock(
            began=ticket.shown_at.timestamp(),
            budget=standards.budgets.vip_reception.minutes * 60,
            short_share=standards.warnings.short_share,
            stopped=_seconds(ticket.received_at),
        )

    def _counter(self, setup: CounterSetup) -> CounterRow:
        duty = self._desk.hall.duty(setup.id)
        ticket = self._desk.hall.ticket_at(setup.id)
        return CounterRow(
            counter_id=setup.id,
            number=setup.number,
            name=setup.name,
            tiers=setup.tiers,
            staff_id=duty.staff_id,
            staff_name=self._staff().get(duty.staff_id or "", ""),
            paused=duty.paused,
            paused_since=_seconds(duty.paused_since),
            serving=ticket.number if ticket else None,
            serving_state=ticket.state if ticket else None,
            since=_seconds(_at_counter_since(ticket) if ticket else duty.since),
        )

    def _staff(self) -> dict[str, str]:
        if self._names_as_of != self._desk.replica.company_seq:
            self._names = staff_names(self._desk)
            self._names_as_of = self._desk.replica.company_seq
        return self._names


def _with_wait(row: TicketRow, expected: Expected | None) -> TicketRow:
    if expected is None:
        return row
    return replace(
        row,
        expected_wait=expected.wait,
        expected_low=expected.low,
        expected_high=expected.high,
    )


def _seconds(moment: datetime | None) -> float | None:
    return moment.timestamp() if moment else None


def _at_counter_since(ticket: Ticket) -> datetime:
    """Return when it was called, or once service has begun, when that was for the first time."""
    if ticket.state is TicketState.SERVING and ticket.leg.started_at is not None:
        return ticket.leg.started_at
    return ticket.state_since
