"""Receptions as the receiver, the board and the manager see them now."""

from hallterm.desk.checklists import Checklists
from hallterm.desk.customers import CustomerLabels
from hallterm.desk.desk import Desk
from hallterm.desk.reception_history import place_of, told_before
from hallterm.desk.reception_views import ChecklistView, ReceptionPage, ReceptionRow, Told
from hallterm.desk.receptions import undo_words
from hallterm.desk.staff_names import StaffNames
from hallterm.desk.views import Clock
from hallterm.domain.actor import Actor
from hallterm.domain.reception.state import Reception
from hallterm.domain.reception.words import WAITING_STATES
from hallterm.domain.roles import Role
from hallterm.domain.ticket.state import Ticket
from hallterm.domain.ticket.words import TicketState


class ReceptionBoard:
    """Makes views of the day's receptions."""

    def __init__(self, desk: Desk, roles: frozenset[Role] = frozenset()) -> None:
        self._desk = desk
        self._labels = CustomerLabels(roles)
        self._names = StaffNames(desk)
        self._checklists = Checklists(desk, self._names)
        self._told: tuple[tuple[str, str | None], tuple[Told, ...]] = (("", None), ())

    def rows(self, actor: Actor) -> tuple[ReceptionRow, ...]:
        """Return the receptions that go on: nobody's first, then the viewer's own.

        Among equals the one that has lasted longest is first; those whose matter is done are last.
        """
        going_on = [r for r in self._desk.hall.receptions.values() if r.is_open]
        rows = [self._row(reception, actor) for reception in going_on]
        return tuple(sorted(rows, key=_urgency))

    def page(self, ticket_id: str, actor: Actor) -> ReceptionPage | None:
        """Return one reception with its checklist; None when the day has none of this id."""
        reception = self._desk.hall.receptions.get(ticket_id)
        if reception is None:
            return None
        ticket = self._desk.hall.tickets[ticket_id]
        return ReceptionPage(
            row=self._row(reception, actor),
            checklist=self._checklists.view(ticket_id, actor),
            told=self._told_before(ticket),
            undoable=undo_words(self._desk, actor, ticket_id),
        )

    def _told_before(self, ticket: Ticket) -> tuple[Told, ...]:
        """Return what was told at earlier visits; they don't change while this one lasts."""
        key = (ticket.id, ticket.person_id)
        if self._told[0] != key:
            self._told = (key, told_before(self._desk, ticket.person_id, ticket.id))
        return self._told[1]

    def _row(self, reception: Reception, actor: Actor) -> ReceptionRow:
        desk = self._desk
        ticket = desk.hall.tickets[reception.ticket_id]
        persons = [ticket.person_id] if ticket.person_id else []
        waiting = reception.state in WAITING_STATES
        steps = self._checklists.view(reception.ticket_id, actor)
        done, asked, following = _progress(steps)
        return ReceptionRow(
            ticket_id=ticket.id,
            number=ticket.number,
            grade=ticket.grade,
            customer=self._labels.load(desk, persons).get(ticket.person_id or "", ""),
            state=reception.state,
            clock=self._reception_clock(reception, ticket),
            service=self._service_clock(ticket),
            ticket_state=ticket.state,
            asked=tuple(self._names[staff_id] for staff_id in reception.asked) if waiting else (),
            asked_since=reception.asked_at.timestamp(),
            for_me=waiting and actor.staff_id in reception.asked,
            mine=reception.receiver == actor.staff_id,
            receiver=self._names[reception.receiver] if reception.receiver else None,
            place=place_of(reception, desk.rules.company),
            steps_done=done,
            steps_asked=asked,
            next_step=following,
        )

    def _reception_clock(self, reception: Reception, ticket: Ticket) -> Clock:
        stopped = ticket.received_at or reception.closed_at
        return Clock(
            began=ticket.shown_at.timestamp(),
            budget=reception.budget_s,
            short_share=self._desk.rules.standards.warnings.short_share,
            stopped=stopped.timestamp() if stopped else None,
        )

    def _service_clock(self, ticket: Ticket) -> Clock:
        leg = ticket.leg
        stopped = leg.started_at or leg.ended_at
        return Clock(
            began=leg.clock_from.timestamp(),
            budget=leg.budget_s,
            short_share=self._desk.rules.standards.warnings.short_share,
            stopped=stopped.timestamp() if stopped else None,
        )


def _urgency(row: ReceptionRow) -> tuple[bool, bool, bool, float, str]:
    taken, done = row.state not in WAITING_STATES, row.ticket_state is TicketState.DONE
    return taken, not row.mine, done, row.clock.began, row.number


def _progress(checklist: ChecklistView | None) -> tuple[int, int, str]:
    """Return required steps done or skipped, required steps asked for, title of the next."""
    required = [step for step in checklist.steps if step.required] if checklist else []
    left = [step.title for step in required if step.is_open]
    return len(required) - len(left), len(required), left[0] if left else ""
