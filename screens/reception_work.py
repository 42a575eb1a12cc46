"""The desk as the reception screens use it, for one signed-in person; on the desk's thread."""

from collections.abc import Sequence
from dataclasses import dataclass

from hallterm.desk import receptions
from hallterm.desk.accounts import staff_names
from hallterm.desk.desk import Desk, Done
from hallterm.desk.reception_board import ReceptionBoard
from hallterm.desk.reception_history import figures, figures_by_receiver, summaries, summary
from hallterm.desk.reception_views import (
    PlaceRow,
    ReceptionFigures,
    ReceptionRow,
    ReceptionSummary,
    StaffName,
)
from hallterm.desk.receptions import Accepted
from hallterm.domain.actor import Actor
from hallterm.domain.reception.words import WAITING_STATES, ReleaseReason
from hallterm.domain.refusal import Refusal
from hallterm.domain.roles import FLOOR, MANAGERS, Role
from hallterm.domain.ticket.commands import CustomerLeft
from hallterm.domain.ticket.words import LeaveReason, UndoReason
from hallterm.screens.checklist_work import ChecklistWork, RunPage


@dataclass(frozen=True, slots=True)
class Watched:
    """What a terminal's tick has found."""

    waiting: tuple[ReceptionRow, ...]
    """VIPs whom nobody has, as far as this person is concerned."""
    fresh: tuple[ReceptionRow, ...]
    """Those for whom this person was asked since the last tick: ring."""


@dataclass(frozen=True, slots=True)
class RosterPage:
    """Who is on duty, and who could be."""

    receivers: tuple[str, ...]
    """工号 in the order of asking."""
    managers: tuple[str, ...]
    floor: tuple[StaffName, ...]
    """Everybody who may receive."""
    managing: tuple[StaffName, ...]
    """Everybody who may be the manager on duty."""


class ReceptionWork:
    """Binds the use cases of receptions to one actor."""

    def __init__(self, desk: Desk, actor: Actor) -> None:
        self._desk = desk
        self._actor = actor
        self._board = ReceptionBoard(desk, actor.roles)
        self._rows: tuple[ReceptionRow, ...] = ()
        self._seen = -1
        self._rung: set[tuple[str, float]] = set()
        self.checklists = ChecklistWork(desk, actor)

    @property
    def may_set_roster(self) -> bool:
        """Whether this person says who receives."""
        return self._actor.is_one_of(MANAGERS | {Role.GREETER})

    def ends(self, row: ReceptionRow) -> bool:
        """Whether this person ends a reception without the receiver's PIN."""
        return row.mine or self._actor.is_one_of(MANAGERS)

    def watch(self) -> Watched:
        """Ask others for whom nobody has answered; say who waits and for whom to ring."""
        rows = self.rows()
        manages = self._actor.is_one_of(MANAGERS)
        waiting = [r for r in rows if r.state in WAITING_STATES and (r.for_me or manages)]
        asked = {(r.ticket_id, r.asked_since): r for r in waiting if r.for_me}
        fresh = [row for key, row in asked.items() if key not in self._rung]
        self._rung = set(asked)
        return Watched(tuple(waiting), tuple(fresh))

    def rows(self) -> tuple[ReceptionRow, ...]:
        """Return the receptions that go on; the same ones while nothing has changed."""
        self._desk.refresh()
        receptions.escalate_due(self._desk)
        if self._desk.replica.version != self._seen:
            self._seen = self._desk.replica.version
            self._rows = self._board.rows(self._actor)
        return self._rows

    def page(self, ticket_id: str) -> RunPage | None:
        """Return one reception with its checklist; None when the day has none of this id."""
        self.rows()
        page = self._board.page(ticket_id, self._actor)
        return RunPage(page.checklist, page.row, page.told, page.undoable) if page else None

    def accept(self, ticket_id: str) -> Done | Refusal:
        """Take the customer oneself."""
        return receptions.accept(self._desk, self._actor, ticket_id)

    def accept_with_pin(self, ticket_id: str, staff_id: str, pin: str) -> Accepted | Refusal:
        """Let somebody on the floor take the customer; whoever is signed in here stays so."""
        return receptions.accept_with_pin(self._desk, ticket_id, staff_id, pin)

    def colleagues(self) -> tuple[StaffName, ...]:
        """Return to whom a customer can be handed, those on the roster first."""
        page = self.roster()
        rank = {staff_id: place for place, staff_id in enumerate(page.receivers)}
        return tuple(sorted(page.floor, key=lambda one: rank.get(one.staff_id, len(rank))))

    def release(self, ticket_id: str, reason: ReleaseReason, to: str | None) -> Done | Refusal:
        """Give the customer to a colleague, or to whoever is next."""
        return receptions.release(self._desk, self._actor, ticket_id, reason, to)

    def places(self, ticket_id: str) -> tuple[PlaceRow, ...]:
        """Return where the customer can be led, the best place first."""
        return receptions.places(self._desk, ticket_id)

    def guide(self, ticket_id: str, counter_id: str | None) -> Done | Refusal:
        """Note where the customer was led."""
        return receptions.guide(self._desk, self._actor, ticket_id, counter_id)

    def close(self, ticket_id: str) -> Done | Refusal:
        """Note that the customer was seen off."""
        return receptions.close(self._desk, self._actor, ticket_id)

    def close_with_pin(self, ticket_id: str, staff_id: str, pin: str) -> Done | Refusal:
        """Let the receiver see the customer off at a terminal where somebody else is signed in."""
        return receptions.close_with_pin(self._desk, ticket_id, staff_id, pin)

    def left(self, ticket_id: str, reason: LeaveReason) -> Done | Refusal:
        """Note that the customer went away before the end."""
        return self._desk.act(self._actor, CustomerLeft(ticket_id=ticket_id, reason=reason))

    def undo(self, ticket_id: str, reason: UndoReason) -> Done | Refusal:
        """Take back what this person did last in a reception."""
        return receptions.undo_last(self._desk, self._actor, ticket_id, reason)

    def card(self, ticket_id: str) -> ReceptionSummary | None:
        """Return the card after the visit."""
        self._desk.refresh()
        return summary(self._desk, ticket_id, self._actor.roles)

    def figures(self) -> tuple[ReceptionFigures, tuple[tuple[str, ReceptionFigures], ...]]:
        """Count the last day's receptions: the hall's, then each receiver's by name."""
        self._desk.refresh()
        day = self._desk.hall.last_day
        cards = summaries(self._desk, day, day) if day else []
        names = staff_names(self._desk)
        theirs = figures_by_receiver(cards)
        return figures(cards), tuple(
            (f"{names.get(staff_id, '')} {staff_id}".strip(), counted)
            for staff_id, counted in theirs.items()
        )

    def roster(self) -> RosterPage:
        """Return who is on duty, and who could be."""
        desk = self._desk
        desk.refresh()
        names = staff_names(desk)
        members = sorted(desk.rules.company.active_staff(), key=lambda one: one.staff_id)

        def having(roles: frozenset[Role]) -> tuple[StaffName, ...]:
            able = (one.staff_id for one in members if one.roles & roles)
            return tuple(StaffName(staff_id, names.get(staff_id, "")) for staff_id in able)

        roster = desk.hall.roster
        return RosterPage(roster.receivers, roster.managers, having(FLOOR), having(MANAGERS))

    def set_roster(self, receivers: Sequence[str], managers: Sequence[str]) -> Done | Refusal:
        """Say who receives, in the order of asking, and which managers are on duty."""
        return receptions.set_roster(self._desk, self._actor, receivers, managers)
