"""Simulated clerks (模拟营业员): they work at a counter through the same desk as people do.

What a clerk does next is read from the hall, not remembered, so that a clerk goes on properly
after a restart, or after a manager has stepped in. Moments are seconds since the epoch.
"""

import math
from dataclasses import dataclass, field
from random import Random
from typing import Protocol

from hallterm.desk.calling import call_next, next_for
from hallterm.desk.desk import Desk
from hallterm.domain.actor import Actor
from hallterm.domain.counter.commands import PauseCounter, ReopenCounter, TakeCounter
from hallterm.domain.refusal import Refusal
from hallterm.domain.stream import Command
from hallterm.domain.ticket.commands import (
    FinishService,
    ParkService,
    PassOver,
    RecallTicket,
    ResumeService,
    StartService,
)
from hallterm.domain.ticket.state import Ticket
from hallterm.domain.ticket.words import Outcome, ParkReason, PauseReason, TicketState

Span = tuple[float, float]
"""Least and most, seconds; drawn evenly between."""

CALLS = 2
"""Times that a customer is called out before being passed over (过号)."""
LEAST_SERVICE = 1.0
TRY_AGAIN = 30.0
"""Seconds after which a clerk tries again what the desk refused."""
PARK_REASONS = (ParkReason.DOCUMENTS, ParkReason.FORM, ParkReason.SYSTEM)
OUTCOMES = (Outcome.DECLINED, Outcome.DOCUMENTS_MISSING, Outcome.NOT_POSSIBLE_HERE)


@dataclass(frozen=True, slots=True)
class Habits:
    """How clerks work; shares of 1. The plain ones do nothing that a trace doesn't say."""

    walk: Span = (0.0, 0.0)
    """From the call to the start of service."""
    call_again: float = 20.0
    """Seconds until an absent customer is called out again, and then passed over."""
    park_share: float = 0.0
    """Services that are set aside once (挂起)."""
    park: Span = (60.0, 420.0)
    fail_share: float = 0.0
    """Services that end otherwise than completed (办妥)."""
    break_share: float = 0.0
    """Services after which the clerk takes a break (小休)."""
    rest: Span = (240.0, 600.0)


class Customers(Protocol):
    """What the simulated world knows about the customers, and the desk doesn't."""

    def service_seconds(self, ticket: Ticket) -> float:
        """Return how long this customer's matter takes."""
        ...

    def is_there(self, ticket: Ticket, now: float) -> bool:
        """Say whether a called customer comes to the counter."""
        ...

    def served(self, ticket: Ticket, now: float) -> None:
        """Hear that the customer's matter has been finished."""
        ...


@dataclass(slots=True)
class _Parked:
    back_at: float
    left: float
    """Seconds of work that are left."""


@dataclass
class Clerk:
    """One simulated clerk at one counter."""

    actor: Actor
    counter_id: str
    customers: Customers
    lot: Random
    habits: Habits = field(default_factory=Habits)
    idle_since: float = 0.0
    _until: float = 0.0
    """When the present piece of work is over."""
    _to_park: dict[str, float] = field(default_factory=dict)
    _parked: dict[str, _Parked] = field(default_factory=dict)

    def sit_down(self, desk: Desk, now: float) -> Refusal | None:
        """Take the counter."""
        session = f"lab-{self.actor.staff_id}"
        command = TakeCounter(counter_id=self.counter_id, session_id=session, take_over=True)
        done = desk.act(self.actor, command)
        self.idle_since = now
        return done if isinstance(done, Refusal) else None

    def is_seated(self, desk: Desk) -> bool:
        """Say whether this clerk sits at the counter."""
        return desk.hall.duty(self.counter_id).staff_id == self.actor.staff_id

    def is_free(self, desk: Desk) -> bool:
        """Say whether this clerk could call somebody."""
        duty = desk.hall.duty(self.counter_id)
        mine = duty.staff_id == self.actor.staff_id and duty.paused is None
        return mine and desk.hall.ticket_at(self.counter_id) is None

    def next_due(self, desk: Desk) -> float:
        """Return when there is something to do even if nobody comes; infinity when there isn't."""
        duty = desk.hall.duty(self.counter_id)
        if duty.staff_id != self.actor.staff_id:
            return math.inf
        if duty.paused is not None or desk.hall.ticket_at(self.counter_id) is not None:
            return self._until
        return min((parked.back_at for parked in self._parked.values()), default=math.inf)

    def work(self, desk: Desk, now: float) -> bool:
        """Do the one thing that is due; say whether something was done."""
        duty = desk.hall.duty(self.counter_id)
        if duty.staff_id != self.actor.staff_id:
            return False
        ticket = desk.hall.ticket_at(self.counter_id)
        if ticket is None and duty.paused is None:
            return self._resume(desk, now) or self._call(desk, now)
        if now < self._until:
            return False
        if ticket is None:
            done = self._end_break(desk, now, duty.paused)
        elif ticket.state is TicketState.CALLED:
            done = self._await(desk, now, ticket)
        else:
            done = self._end(desk, now, ticket)
        if not done:
            self._until = now + TRY_AGAIN
        return done

    def _act(self, desk: Desk, command: Command) -> bool:
        return not isinstance(desk.act(self.actor, command), Refusal)

    def _resume(self, desk: Desk, now: float) -> bool:
        due = [ticket_id for ticket_id, parked in self._parked.items() if parked.back_at <= now]
        for ticket_id in due:
            parked = self._parked.pop(ticket_id)
            ticket = desk.hall.tickets.get(ticket_id)
            if ticket is None or ticket.state is not TicketState.PARKED:
                continue
            if self._act(desk, ResumeService(ticket_id=ticket_id)):
                self._until = now + parked.left
                return True
        return False

    def _call(self, desk: Desk, now: float) -> bool:
        if next_for(desk, desk.hall, desk.rules, self.counter_id, desk.clock.now()) is None:
            return False
        if isinstance(call_next(desk, self.actor), Refusal):
            return False
        self._until = now + self.lot.uniform(*self.habits.walk)
        return True

    def _await(self, desk: Desk, now: float, ticket: Ticket) -> bool:
        if self.customers.is_there(ticket, now):
            return self._start(desk, now, ticket)
        if ticket.calls < CALLS:
            self._until = now + self.habits.call_again
            return self._act(desk, RecallTicket(ticket_id=ticket.id))
        self.idle_since = now
        return self._act(desk, PassOver(ticket_id=ticket.id))

    def _start(self, desk: Desk, now: float, ticket: Ticket) -> bool:
        if not self._act(desk, StartService(ticket_id=ticket.id)):
            return False
        length = max(LEAST_SERVICE, self.customers.service_seconds(ticket))
        if self.lot.random() < self.habits.park_share:
            first = length * self.lot.uniform(0.3, 0.7)
            self._to_park[ticket.id] = length - first
            length = first
        self._until = now + length
        return True

    def _end(self, desk: Desk, now: float, ticket: Ticket) -> bool:
        self.idle_since = now
        left = self._to_park.pop(ticket.id, None)
        if left is not None:
            self._parked[ticket.id] = _Parked(now + self.lot.uniform(*self.habits.park), left)
            reason = self.lot.choice(PARK_REASONS)
            return self._act(desk, ParkService(ticket_id=ticket.id, reason=reason))
        fails = self.lot.random() < self.habits.fail_share
        outcome = self.lot.choice(OUTCOMES) if fails else Outcome.COMPLETED
        done = self._act(desk, FinishService(ticket_id=ticket.id, outcome=outcome))
        if done:
            self.customers.served(ticket, now)
        if done and not self._parked and self.lot.random() < self.habits.break_share:
            self._until = now + self.lot.uniform(*self.habits.rest)
            self._act(desk, PauseCounter(counter_id=self.counter_id, reason=PauseReason.BREAK))
        return done

    def _end_break(self, desk: Desk, now: float, reason: PauseReason | None) -> bool:
        if reason is not PauseReason.BREAK:
            return False
        self.idle_since = now
        return self._act(desk, ReopenCounter(counter_id=self.counter_id))


def work_all(desk: Desk, clerks: list[Clerk], now: float) -> None:
    """Let every clerk do what is due, whoever has been idle longest first."""
    progress = True
    while progress:
        order = sorted(clerks, key=lambda clerk: (clerk.idle_since, clerk.counter_id))
        progress = sum(clerk.work(desk, now) for clerk in order) > 0
