"""The desk as the ticket desk uses it, for one signed-in person; lives on the desk's thread."""

from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass
from datetime import datetime, tzinfo

from hallterm.desk import appointments, calling, persons, tickets
from hallterm.desk.arrangement_board import ArrangementBoard
from hallterm.desk.arrangement_views import AppointmentRow
from hallterm.desk.board import Board
from hallterm.desk.desk import Desk, Done
from hallterm.desk.persons import PersonView
from hallterm.desk.tickets import Issued, TicketDraft
from hallterm.desk.views import TicketRow
from hallterm.domain.actor import Actor, Circumstances
from hallterm.domain.business import Business, Document
from hallterm.domain.decide import decide
from hallterm.domain.person.details import PersonDetails
from hallterm.domain.refusal import Refusal, refuse
from hallterm.domain.ticket.commands import ChangeTier, ReportBack
from hallterm.domain.ticket.events import TierChanged
from hallterm.domain.ticket.state import Ticket
from hallterm.domain.ticket.words import OPEN_STATES, UndoReason
from hallterm.domain.tiers import Grade, Tier
from hallterm.screens.ticket_desk_states import CHANGEABLE
from hallterm.words.actions import action_word

Printer = Callable[[Issued], str]
"""Prints a slip; answers with what went wrong in words, or nothing. May take seconds."""


@dataclass(frozen=True, slots=True)
class Identified:
    """A customer who showed who they are."""

    view: PersonView
    draft: TicketDraft
    waiting: TicketRow | None
    """The ticket that is open for this customer already."""
    appointment: AppointmentRow | None = None
    """The appointment of today for which the customer may come."""


@dataclass(frozen=True, slots=True)
class TierPlan:
    """What putting a tier right would do to the clock."""

    ticket: Ticket
    """As it stands."""
    event: TierChanged
    asked_at: datetime
    """When the card was shown, or the mistake was seen."""
    now: datetime
    zone: tzinfo
    """The hall's."""


def no_printer(_: Issued) -> str:
    """Print nothing; for terminals without a printer and for tests."""
    return ""


class TicketWork:
    """Binds the use cases of the ticket desk to one actor."""

    def __init__(self, desk: Desk, actor: Actor, printer: Printer = no_printer) -> None:
        self._desk = desk
        self._actor = actor
        self._board = Board(desk, actor.roles)
        self._arrangements = ArrangementBoard(desk, actor.roles)
        self.print = printer

    # Read from memory; may be asked from any thread

    def businesses(self) -> tuple[Business, ...]:
        """Return the businesses that this hall offers."""
        rules = self._desk.rules
        return tuple(b for b in rules.businesses.values() if rules.company.offers(b.id))

    def documents(self, draft: TicketDraft) -> list[Document]:
        """Return the documents that a draft's businesses ask for."""
        return tickets.documents_for(self._desk, draft)

    def budget(self, tier: Tier) -> float:
        """Return the promised wait of a tier, seconds."""
        return self._desk.rules.standards.budgets.service(tier).minutes * 60

    # On the desk's thread

    def identify(
        self, draft: TicketDraft, person_id: str, shown_at: datetime
    ) -> Identified | Refusal:
        """Take a customer's tier, grade and flags into a copy of the draft."""
        view = persons.get(self._desk, self._actor, person_id)
        if view is None:
            return refuse("person_unknown")
        known = PersonDetails(
            tier=view.tier,
            grade=view.grade,
            home=view.home,
            group_member=view.group_member,
            special=view.special,
        )
        identified = deepcopy(draft)
        identified.identify(person_id, known, shown_at)
        self._desk.refresh()
        return Identified(
            view, identified, self._waiting_row(person_id), self._appointment(person_id)
        )

    def _appointment(self, person_id: str) -> AppointmentRow | None:
        due = appointments.due_today(self._desk, person_id)
        if due is None:
            return None
        return self._arrangements.appointment(due.id, self._actor)

    def _waiting_row(self, person_id: str) -> TicketRow | None:
        hall = self._board.hall()
        rows = (*hall.waiting, *hall.others)
        return next((row for row in rows if row.person_id == person_id), None)

    def person(self, person_id: str) -> PersonView | Refusal:
        """Return a customer."""
        return persons.get(self._desk, self._actor, person_id) or refuse("person_unknown")

    def take(self, draft: TicketDraft) -> Issued | Refusal:
        """Issue the ticket of a draft."""
        return tickets.take(self._desk, self._actor, deepcopy(draft))

    def slip(self, ticket_id: str) -> Issued | Refusal:
        """Return what an open ticket's slip says now."""
        self._desk.refresh()
        ticket = self._desk.hall.tickets.get(ticket_id)
        if ticket is None:
            return refuse("unknown_ticket", ticket=ticket_id)
        return tickets.slip_of(self._desk, ticket)

    def standing(self, ticket_id: str) -> tuple[Issued, str] | None:
        """Return what an open ticket's slip says now, and the customer's name; None: it ended."""
        self._desk.refresh()
        ticket = self._desk.hall.tickets.get(ticket_id)
        if ticket is None or ticket.state not in OPEN_STATES:
            return None
        person_id = ticket.person_id
        view = persons.get(self._desk, self._actor, person_id) if person_id else None
        return tickets.slip_of(self._desk, ticket), view.name if view else ""

    def changeable(self) -> list[TicketRow]:
        """Return the tickets whose customers still wait, are called, or were passed over."""
        self._desk.refresh()
        hall = self._board.hall()
        return [r for r in (*hall.waiting, *hall.others) if r.state in CHANGEABLE]

    def report_back(self, ticket_id: str) -> Done | Refusal:
        """Put a customer who was passed over and is back into the queue."""
        return self._desk.act(self._actor, ReportBack(ticket_id=ticket_id))

    def plan_tier(
        self,
        ticket_id: str,
        tier: Tier,
        grade: Grade | None,
        person_id: str | None,
        shown_at: datetime,
    ) -> TierPlan | Refusal:
        """Say what a change of tier would do, without doing it."""
        desk = self._desk
        desk.refresh()
        where = Circumstances(self._actor, desk.clock.now(), desk.device)
        command = ChangeTier(
            ticket_id=ticket_id, tier=tier, grade=grade, person_id=person_id, shown_at=shown_at
        )
        answer = decide(desk.hall, command, where, desk.rules)
        if isinstance(answer, Refusal):
            return answer
        event = next(e for e in answer if isinstance(e, TierChanged))
        return TierPlan(desk.hall.tickets[ticket_id], event, shown_at, where.at, desk.timezone)

    def put_tier_right(self, plan: TierPlan) -> Done | Refusal:
        """Carry a planned change of tier out; it is judged again."""
        event = plan.event
        return self._desk.act(
            self._actor,
            ChangeTier(
                ticket_id=event.ticket_id,
                tier=event.tier,
                grade=event.grade,
                person_id=event.person_id,
                shown_at=plan.asked_at,
            ),
        )

    def undoable(self) -> str:
        """Return the words of the action that undo would take back; empty: none."""
        last = calling.undoable(self._desk.hall, self._actor)
        action = last.last_action if last else None
        return action_word(action.type, last.number) if last and action else ""

    def undo(self, reason: UndoReason) -> Done | Refusal:
        """Take back the last action."""
        return calling.undo_last(self._desk, self._actor, reason)
