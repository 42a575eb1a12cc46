"""The desk as the screens of diversion use it, for one signed-in person; on the desk's thread."""

from dataclasses import dataclass

from hallterm.desk import call_backs, calling, diversions
from hallterm.desk.accounts import staff_names
from hallterm.desk.board import Board
from hallterm.desk.call_back_board import CallBacks
from hallterm.desk.desk import Desk, Done
from hallterm.desk.diversion_figures import diversion_today
from hallterm.desk.diversion_views import CallBackRow, DiversionFigures, DivertRow, Promise, WayRow
from hallterm.desk.reception_views import StaffName
from hallterm.desk.staff_names import StaffNames
from hallterm.desk.views import TicketRow
from hallterm.domain.actor import Actor
from hallterm.domain.call_back.words import CallBackState, CallOutcome
from hallterm.domain.refusal import Refusal
from hallterm.domain.roles import FLOOR, MANAGERS
from hallterm.domain.ticket.words import UndoReason
from hallterm.words.actions import action_word

QUIET_SECONDS = 5.0
"""How long a page is kept while nothing happens: a forecast changes with time alone."""
REMIND_BEFORE = 600.0
"""Seconds before a call-back is due at which its owner is reminded."""


@dataclass(frozen=True, slots=True)
class DivertPage:
    """Who could be sent where, and how the day went."""

    rows: tuple[DivertRow, ...]
    figures: DiversionFigures
    calls_due: int
    """Call-backs of whatever day that somebody still has to make."""
    undoable: str
    """Words of what undo would take back; empty: nothing."""


class DiversionWork:
    """Binds the use cases of diversion to one actor."""

    def __init__(self, desk: Desk, actor: Actor) -> None:
        self._desk = desk
        self._actor = actor
        self._board = Board(desk, actor.roles)
        self._names = StaffNames(desk)
        self._calls = CallBacks(desk, actor.roles)
        self._page: DivertPage | None = None
        self._seen = (-1, -1)
        self._reminded: set[tuple[str, float]] = set()

    @property
    def staff_id(self) -> str:
        """工号 of the person."""
        return self._actor.staff_id

    def page(self) -> DivertPage:
        """Return who could be diverted; the same page while nothing has changed."""
        self._desk.refresh()
        stretch = int(self._desk.clock.now().timestamp() // QUIET_SECONDS)
        seen = (self._desk.replica.version, stretch)
        if self._page is None or seen != self._seen:
            self._page, self._seen = self._laid_out(), seen
        return self._page

    def _laid_out(self) -> DivertPage:
        waiting = self._board.hall().waiting
        chosen = [row for row in waiting if row.overrun is not None or row.offer_open]
        chosen.sort(
            key=lambda row: (row.offer_open is None, row.service.began + row.service.budget)
        )
        last = calling.undoable(self._desk.hall, self._actor)
        action = last.last_action if last else None
        return DivertPage(
            tuple(DivertRow(row, self._ways(row)) for row in chosen),
            diversion_today(self._desk),
            self._calls.due(),
            action_word(action.type, last.number) if last and action else "",
        )

    def _ways(self, row: TicketRow) -> tuple[WayRow, ...]:
        ticket = self._desk.hall.tickets[row.ticket_id]
        return diversions.ways(self._desk, self._actor, ticket, row.expected_wait, self._names)

    def of_ticket(self, ticket_id: str) -> DivertRow | None:
        """Return where a waiting customer could be sent; None when they wait no more."""
        self._desk.refresh()
        rows = (row for row in self._board.hall().waiting if row.ticket_id == ticket_id)
        row = next(rows, None)
        return DivertRow(row, self._ways(row)) if row else None

    def told(self, ticket_id: str, way: WayRow, accepted: bool | None) -> Done | Refusal:  # noqa: FBT001 - the customer's word
        """Note an offer and what the customer said."""
        target = (way.way, way.target)
        return diversions.told(self._desk, self._actor, ticket_id, target, accepted=accepted)

    def undo(self, reason: UndoReason) -> Done | Refusal:
        """Take back the person's last action on a ticket."""
        return calling.undo_last(self._desk, self._actor, reason)

    # Call-backs

    def promise(self, ticket_id: str) -> Promise | Refusal:
        """Return what a call-back would promise."""
        self._desk.refresh()
        return call_backs.promise(self._desk, ticket_id)

    def promise_call(self, ticket_id: str, due: str, staff_id: str, phone: str) -> Done | Refusal:
        """Note that the customer takes a call-back; due as typed on the keypad."""
        moment = call_backs.due_of(self._desk, due)
        if isinstance(moment, Refusal):
            return moment
        return call_backs.accept(
            self._desk, self._actor, ticket_id, due=moment, staff_id=staff_id, phone=phone
        )

    def call_backs(self) -> tuple[CallBackRow, ...]:
        """Return what is due, the most urgent first, then what ended today."""
        self._desk.refresh()
        return self._calls.rows(self._actor)

    def number_to_call(self, call_back_id: str) -> str | Refusal:
        """Return the whole number; looking at it is recorded."""
        return call_backs.number_to_call(self._desk, self._actor, call_back_id)

    def called(self, call_back_id: str, outcome: CallOutcome | None) -> Done | Refusal:
        """Note what came of a call; None: nobody answered."""
        if outcome is None:
            return call_backs.no_answer(self._desk, self._actor, call_back_id)
        return call_backs.done(self._desk, self._actor, call_back_id, outcome)

    def assign(self, call_back_id: str, staff_id: str) -> Done | Refusal:
        """Let somebody call."""
        return call_backs.assign(self._desk, self._actor, call_back_id, staff_id)

    def undo_call(self, call_back_id: str, reason: UndoReason) -> Done | Refusal:
        """Take the last action on a call-back back."""
        return call_backs.undo(self._desk, self._actor, call_back_id, reason)

    def colleagues(self) -> tuple[StaffName, ...]:
        """Return who could call."""
        self._desk.refresh()
        names = staff_names(self._desk)
        able = (one for one in self._desk.rules.company.active_staff() if one.roles & FLOOR)
        ids = sorted(one.staff_id for one in able)
        return tuple(StaffName(staff_id, names.get(staff_id, "")) for staff_id in ids)

    def reminder(self) -> CallBackRow | None:
        """Return a call-back to be reminded of, each once: one's own, as manager overdue ones."""
        open_ones = [one for one in self._desk.hall.call_backs.values() if one.is_open]
        now = self._desk.clock.now().timestamp()
        near = {
            (one.id, one.call_at.timestamp())
            for one in open_ones
            if self._concerns(one.staff_id, one.call_at.timestamp() - now)
        }
        fresh = near - self._reminded
        self._reminded |= fresh
        if not fresh:
            return None
        wanted = min(fresh, key=lambda one: one[1])[0]
        rows = self._calls.rows(self._actor)
        due = (row for row in rows if row.state is CallBackState.DUE)
        return next((row for row in due if row.call_back_id == wanted), None)

    def _concerns(self, staff_id: str, left: float) -> bool:
        mine = staff_id == self._actor.staff_id
        return (mine and left <= REMIND_BEFORE) or (left <= 0 and self._actor.is_one_of(MANAGERS))
