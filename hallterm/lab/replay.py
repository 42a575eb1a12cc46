"""Replay (重演): a traced day driven through the desk by simulated clerks on a simulated clock."""

import math
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from heapq import heappop, heappush
from random import Random

from hallterm.clock import ManualClock
from hallterm.desk.days import DayFigures, close_day, day_figures, settle
from hallterm.desk.desk import Desk
from hallterm.desk.tickets import TicketDraft, take
from hallterm.domain.day import DAY_BEGINS, OpenDay
from hallterm.domain.refusal import Refusal
from hallterm.domain.ticket.commands import CustomerLeft, ReportBack
from hallterm.domain.ticket.state import Ticket
from hallterm.domain.ticket.words import LeaveReason, SettleReason, TicketState
from hallterm.lab.clerks import Clerk, Habits, work_all
from hallterm.lab.replay_hall import GREETER, KIOSK, MANAGER, clerk_actor
from hallterm.lab.trace import Trace
from hallterm.lab.trace_rows import Visit

HOUR = 3600
BUSY_SHARE = 0.9
"""How busy the counters are in the fullest hour when their number is chosen for the trace."""
Progress = Callable[[int, int], None]
"""Told how many customers of how many have come."""
QUEUEING = frozenset({TicketState.WAITING, TicketState.ABSENT})


@dataclass(frozen=True, slots=True)
class Replayed:
    """How a replay went."""

    figures: DayFigures
    counters: int
    refused: tuple[tuple[int, Refusal], ...]
    """Customers that the desk refused: line of the trace and why."""
    settled: int
    """Tickets still open when the business day ended."""
    ended: datetime
    """Hall's local time at which the last customer was done with."""


@dataclass(frozen=True, slots=True)
class Staffing:
    """Who works in the replayed hall, and how."""

    counters: int
    habits: Habits = field(default_factory=Habits)
    absent_share: float = 0.0
    """Customers who aren't there when first called."""
    seed: int = 1


def counters_for(visits: Sequence[Visit]) -> int:
    """Return how many counters the fullest hour of a trace keeps busy."""
    work: Counter[int] = Counter()
    for visit in visits:
        if visit.left is None:
            work[int(visit.shown) // HOUR] += math.ceil(visit.service)
    return max(1, math.ceil(max(work.values(), default=0) / HOUR / BUSY_SHARE))


def replay(
    desk: Desk, clock: ManualClock, trace: Trace, day: date, staffing: Staffing, tell: Progress
) -> Replayed:
    """Play one day; the hall's counters are ``c1``, ``c2`` … and its clock is the given one."""
    return _Day(desk, clock, trace, day, staffing).play(tell)


@dataclass(slots=True)
class _TracedCustomers:
    """What the trace knows about the customers in the hall."""

    lot: Random
    absent_share: float
    visits: dict[str, Visit] = field(default_factory=dict)
    leaves_at: dict[str, float] = field(default_factory=dict)
    missing: set[str] = field(default_factory=set)
    """Tickets whose customers don't hear their first call."""

    def came(self, ticket_id: str, visit: Visit, leaves_at: float) -> None:
        self.visits[ticket_id] = visit
        self.leaves_at[ticket_id] = leaves_at
        if self.lot.random() < self.absent_share:
            self.missing.add(ticket_id)

    def service_seconds(self, ticket: Ticket) -> float:
        return self.visits[ticket.id].service

    def is_there(self, ticket: Ticket, now: float) -> bool:
        missed = ticket.id in self.missing and ticket.passes == 0
        return not missed and now < self.leaves_at[ticket.id]

    def served(self, ticket: Ticket, now: float) -> None:
        """Nothing follows: a trace doesn't say how they liked it."""


class _Day:
    """One replayed day under way. Moments are seconds since the epoch."""

    def __init__(
        self, desk: Desk, clock: ManualClock, trace: Trace, day: date, staffing: Staffing
    ) -> None:
        lot = Random(staffing.seed)  # noqa: S311 - a model, nothing secret
        self._desk = desk
        self._clock = clock
        self._day = day
        self._midnight = datetime.combine(day, time(), desk.timezone).timestamp()
        self._visits = trace.visits
        self._next = 0
        self._last_taken = datetime.min.replace(tzinfo=UTC)
        self._customers = _TracedCustomers(lot, staffing.absent_share)
        self._leaving: list[tuple[float, str]] = []
        self._refused: list[tuple[int, Refusal]] = []
        self._clerks = [
            Clerk(clerk_actor(n), f"c{n + 1}", self._customers, lot, staffing.habits)
            for n in range(staffing.counters)
        ]

    def play(self, tell: Progress) -> Replayed:
        """Play the day from midnight until everybody is served or the business day ends."""
        self._open()
        over = self._midnight + (timedelta(days=1) + DAY_BEGINS).total_seconds() - 1
        now = self._midnight
        while (now := self._next_moment()) < over:
            self._turn_to(now)
            self._arrivals(now)
            self._departures(now)
            work_all(self._desk, self._clerks, now)
            tell(self._next, len(self._visits))
        ended = self._clock.now()
        if now < math.inf:
            self._turn_to(over)
        settled = self._close()
        return Replayed(
            figures=day_figures(self._desk, self._day),
            counters=len(self._clerks),
            refused=tuple(self._refused),
            settled=settled,
            ended=ended.astimezone(self._desk.timezone),
        )

    def _turn_to(self, moment: float) -> None:
        """Move the clock on; it never goes back, though moments may lie within one millisecond."""
        self._clock.set(max(self._clock.now(), datetime.fromtimestamp(moment, UTC)))

    def _open(self) -> None:
        self._turn_to(self._midnight)
        self._desk.act(MANAGER, OpenDay(day=self._day))
        for clerk in self._clerks:
            clerk.sit_down(self._desk, self._midnight)

    def _next_moment(self) -> float:
        moments = [clerk.next_due(self._desk) for clerk in self._clerks]
        if self._next < len(self._visits):
            moments.append(self._moment(self._visits[self._next].shown))
        if self._leaving:
            moments.append(self._leaving[0][0])
        soonest = min(moments)
        if soonest == math.inf and self._report_back():
            return self._clock.now().timestamp()
        return soonest

    def _moment(self, seconds: float) -> float:
        return self._midnight + seconds

    def _arrivals(self, now: float) -> None:
        """Let everybody come who shows identity now, in the order of the file."""
        while self._next < len(self._visits):
            visit = self._visits[self._next]
            if self._moment(visit.shown) > now:
                return
            self._next += 1
            self._arrive(visit)

    def _arrive(self, visit: Visit) -> None:
        if self._clock.now() <= self._last_taken:
            # A millisecond apart, so that the order of the file decides between them.
            self._clock.advance(0.001)
        shown = self._last_taken = self._clock.now()
        draft = TicketDraft(
            arrived_at=shown - timedelta(seconds=visit.shown - visit.arrived),
            shown_at=shown,
            tier=visit.tier,
            grade=visit.grade,
            business_ids=[visit.business_id],
        )
        issued = take(self._desk, KIOSK, draft)
        if isinstance(issued, Refusal):
            self._refused.append((visit.line, issued))
            return
        leaves_at = math.inf if visit.left is None else self._moment(visit.left)
        self._customers.came(issued.ticket.id, visit, leaves_at)
        if leaves_at < math.inf:
            heappush(self._leaving, (leaves_at, issued.ticket.id))

    def _departures(self, now: float) -> None:
        while self._leaving and self._leaving[0][0] <= now:
            _moment, ticket_id = heappop(self._leaving)
            if self._desk.hall.tickets[ticket_id].state in QUEUEING:
                command = CustomerLeft(ticket_id=ticket_id, reason=LeaveReason.WAITED_TOO_LONG)
                self._desk.act(GREETER, command)

    def _report_back(self) -> bool:
        """With nobody else to call, absent customers come back by themselves."""
        absent = [t for t in self._desk.hall.open_tickets() if t.state is TicketState.ABSENT]
        for ticket in absent:
            self._desk.act(GREETER, ReportBack(ticket_id=ticket.id))
        return bool(absent)

    def _close(self) -> int:
        left = [ticket.id for ticket in self._desk.hall.open_tickets()]
        for ticket_id in left:
            settle(self._desk, MANAGER, ticket_id, SettleReason.CUSTOMER_GONE)
        close_day(self._desk, MANAGER)
        return len(left)
