"""The desk as the end of day uses it, for one signed-in person; lives on the desk's thread."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time

from hallterm.desk import calling, days
from hallterm.desk.appointments import still_expected
from hallterm.desk.board import Board
from hallterm.desk.days import DayFigures
from hallterm.desk.desk import Desk, Done
from hallterm.desk.views import TicketRow
from hallterm.desk.visits import Visit, visit_of
from hallterm.domain.actor import Actor
from hallterm.domain.refusal import Refusal
from hallterm.domain.ticket.words import OPEN_STATES, SettleReason, TicketState, UndoReason
from hallterm.domain.tiers import TIER_ORDER, Tier
from hallterm.words.actions import action_word

_EVERY_DAY = 36_500


@dataclass(frozen=True, slots=True)
class Targets:
    """What the figures are held against."""

    satisfaction: Mapping[Tier, float]
    """Shares of 1 (S0 §2.3.8)."""
    budgets: Mapping[Tier, int]
    """Promised waits, minutes."""


@dataclass(frozen=True, slots=True)
class Today:
    """The day at hand, ready for closing or closed."""

    day: date | None
    """None: no day has been opened yet."""
    closed: bool
    left: tuple[TicketRow, ...]
    """Tickets that are still open, those at counters first."""
    figures: DayFigures | None
    targets: Targets
    undoable: str
    """Words of the action that undo would take back; empty: none."""
    opens: date | None
    """Today, when it begins only if a manager opens it; None otherwise."""
    date: date
    """Today's business day by the clock."""
    closes: time | None
    """When the hall shuts, local time."""
    expected: int = 0
    """Customers with an appointment of this day who have not come."""


@dataclass(frozen=True, slots=True)
class Settled:
    """What came of settling several tickets."""

    done: int
    refused: tuple[tuple[str, Refusal], ...]
    """Number and reason of those that could not be settled."""


@dataclass(frozen=True, slots=True)
class DayFile:
    """One day in numbers, with its tickets."""

    figures: DayFigures
    targets: Targets
    visits: tuple[Visit, ...]


_ORDER = (
    TicketState.SERVING,
    TicketState.CALLED,
    TicketState.PARKED,
    TicketState.ABSENT,
    TicketState.WAITING,
)


class DayWork:
    """Binds the use cases of the day to one actor."""

    def __init__(self, desk: Desk, actor: Actor) -> None:
        self._desk = desk
        self._actor = actor
        self._board = Board(desk, actor.roles)
        self._seen = -1

    def changed(self) -> bool:
        """Read what others wrote; say whether `today` would tell anything new."""
        self._desk.refresh()
        return self._desk.replica.version != self._seen

    def today(self) -> Today:
        """Return the day at hand."""
        desk = self._desk
        desk.refresh()
        self._seen = desk.replica.version
        hall = desk.hall
        day = hall.day or hall.last_day
        left = self._board.tickets(OPEN_STATES) if hall.day else []
        left.sort(key=lambda row: (_ORDER.index(row.state), TIER_ORDER[row.tier], row.number))
        last = calling.undoable(hall, self._actor)
        action = last.last_action if last else None
        return Today(
            day,
            hall.day is None,
            tuple(left),
            days.day_figures(desk, day) if day else None,
            self.targets(),
            action_word(action.type, last.number) if last and action else "",
            days.can_open(desk),
            desk.business_day(desk.clock.now()),
            desk.rules.company.hall.closes if desk.rules.company.hall else None,
            still_expected(hall.appointments.values(), hall.day) if hall.day else 0,
        )

    def targets(self) -> Targets:
        """Return what the figures are held against."""
        standards = self._desk.rules.standards
        share = standards.satisfaction
        return Targets(
            {Tier.VIP: share.vip, Tier.GOTONE: share.gotone, Tier.STANDARD: share.standard},
            {tier: standards.budgets.service(tier).minutes for tier in Tier},
        )

    def settle(self, ticket_ids: Sequence[str], reason: SettleReason) -> Settled:
        """Close tickets that are still open, each on its own; a refused one stays open."""
        done, refused = 0, []
        for ticket_id in ticket_ids:
            answer = days.settle(self._desk, self._actor, ticket_id, reason)
            if isinstance(answer, Refusal):
                ticket = self._desk.hall.tickets.get(ticket_id)
                refused.append((ticket.number if ticket else "", answer))
            else:
                done += 1
        return Settled(done, tuple(refused))

    def close(self, day: date) -> Done | Refusal:
        """End the business day, if it is this one."""
        return days.close_day(self._desk, self._actor, day)

    def open_today(self) -> Done | Refusal:
        """Open today's business day."""
        return days.open_today(self._desk, self._actor)

    def undo(self, reason: UndoReason) -> Done | Refusal:
        """Take back the last action."""
        return calling.undo_last(self._desk, self._actor, reason)

    def days(self) -> list[date]:
        """Return all business days on record, newest first."""
        return days.days(self._desk, _EVERY_DAY)

    def figures(self, day: date) -> DayFigures:
        """Count one day."""
        return days.day_figures(self._desk, day)

    def day(self, day: date) -> DayFile:
        """Return one day with its tickets, in order of arrival."""
        tickets = days.tickets_of(self._desk, day)
        visits = tuple(visit_of(self._desk, ticket) for ticket in tickets)
        return DayFile(self.figures(day), self.targets(), visits)
