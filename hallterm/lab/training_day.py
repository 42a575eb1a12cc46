"""The training hall's day: customers arrive, wait, leave; simulated colleagues work.

Everything goes through the desk that is handed in, on the thread that owns it. The training
screen calls `TrainingDay.step` once a second.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from heapq import heappop, heappush
from random import Random

from hallterm.desk.desk import Desk
from hallterm.desk.tickets import show_card, take
from hallterm.domain.refusal import Refusal
from hallterm.domain.stream import Command
from hallterm.domain.ticket.commands import (
    CustomerLeft,
    RateService,
    ReceiveCustomer,
    ReportBack,
)
from hallterm.domain.ticket.state import Ticket
from hallterm.domain.ticket.words import LeaveReason, Rating, TicketState
from hallterm.domain.tiers import Tier
from hallterm.lab.clerks import Clerk, Habits, work_all
from hallterm.lab.training import COLLEAGUES, GREETER, KIOSK, counter_id
from hallterm.lab.training_customers import Crowd, Newcomer
from hallterm.lab.training_receiver import SEEN_OFF_AFTER, see_off

HOUR = 3600.0
WAVE_SHARE, WAVE_LENGTH = 0.35, 90 * 60.0
"""Arrivals swell and ebb by this share of their number, once in so many seconds."""
LOST_TIME = 600.0
"""After standing still for so many seconds (a closed lid) the missed arrivals don't come."""
SEAT_AGAIN = 300.0
"""Seconds after which a colleague who lost the counter tries to sit down again."""
ABSENT_SHARE = 0.04
BACK_AFTER = (60.0, 400.0)
LATE_CARD_AFTER = (45.0, 420.0)
RECEIVED_SHARE, RECEIVED_AFTER = 0.85, (20.0, 270.0)
RATING_SHARE, RATING_AFTER = 0.45, (3.0, 20.0)
RATINGS = {
    Rating.VERY_SATISFIED: 55,
    Rating.SATISFIED: 33,
    Rating.NEUTRAL: 8,
    Rating.DISSATISFIED: 3,
    Rating.VERY_DISSATISFIED: 1,
}
HABITS = Habits(
    walk=(5.0, 30.0), call_again=25.0, park_share=0.06, fail_share=0.05, break_share=0.03
)

SERVED_AT_START = (
    (Tier.VIP, 4.0),
    (Tier.GOTONE, 9.0),
    (Tier.STANDARD, 19.0),
    (Tier.STANDARD, 17.5),
)
"""Tier and minutes since coming of those whom the colleagues call first."""
WAITING_AT_START = (
    (Tier.STANDARD, 28.0),
    (Tier.STANDARD, 22.0),
    (Tier.GOTONE, 16.2),
    (Tier.STANDARD, 14.0),
    (Tier.GOTONE, 11.3),
    (Tier.STANDARD, 9.0),
    (Tier.VIP, 5.6),
    (Tier.STANDARD, 5.0),
    (Tier.GOTONE, 3.0),
    (Tier.STANDARD, 2.0),
    (Tier.VIP, 1.2),
)
"""Tier and minutes since coming of those who wait when the training begins."""


@dataclass(frozen=True, slots=True)
class TrainingPlan:
    """How a training day goes. The same plan on the same clock gives the same day."""

    seed: int = 1
    arrivals_per_hour: float = 30.0
    staffed: tuple[int, ...] = (1, 4, 5, 6)
    """Numbers of the counters at which colleagues sit; 2 and 3 are left to the person."""
    served: Sequence[tuple[Tier, float]] = SERVED_AT_START
    waiting: Sequence[tuple[Tier, float]] = WAITING_AT_START


_Errand = Callable[[Desk], object]


class TrainingDay:
    """One day of the training hall under way. Moments are seconds since the epoch."""

    def __init__(self, desk: Desk, plan: TrainingPlan) -> None:
        self._lot = Random(plan.seed)  # noqa: S311 - a game, nothing secret
        self._plan = plan
        self._crowd = Crowd(desk, self._lot)
        self._errands: list[tuple[float, int, _Errand]] = []
        self._count = 0
        self._missing: set[str] = set()
        self._desk = desk
        self._clerks = [
            Clerk(COLLEAGUES[n - 1].actor, counter_id(n), self, self._lot, HABITS)
            for n in plan.staffed
        ]
        now = desk.clock.now()
        self._began = now.timestamp()
        self._seat_at = self._began
        self._next_arrival = self._began + self._gap(self._began)
        self._begin(desk, now)

    def _begin(self, desk: Desk, now: datetime) -> None:
        """Let colleagues call somebody, then fill the rows of chairs."""
        self._seat(desk, now.timestamp())
        for tier, minutes in self._plan.served:
            self._come(desk, now - timedelta(minutes=minutes), tier)
        work_all(desk, self._clerks, now.timestamp())
        for tier, minutes in self._plan.waiting:
            self._come(desk, now - timedelta(minutes=minutes), tier)

    def step(self, desk: Desk, now: datetime) -> None:
        """Do everything that is due.

        Args:
            desk: the desk of the training hall, on its own thread.
            now: the hall's time, which never goes back; the desk's clock shows the same.

        Raises:
            StoreFaultError: the store could not be written; the next step goes on from there.
        """
        moment = now.timestamp()
        desk.refresh()
        if desk.hall.day is None:
            return
        self._arrivals(desk, moment)
        while self._errands and self._errands[0][0] <= moment:
            heappop(self._errands)[2](desk)
        self._seat(desk, moment)
        work_all(desk, self._clerks, moment)

    def next_due(self, desk: Desk) -> float:
        """Return when something happens next, even if the person does nothing."""
        moments = [clerk.next_due(desk) for clerk in self._clerks]
        moments += [self._next_arrival, self._seat_at]
        moments += [self._errands[0][0]] if self._errands else []
        return min(moments)

    def _seat(self, desk: Desk, moment: float) -> None:
        """Colleagues who lost their counters, to a manager or to a new day, sit down again."""
        if moment < self._seat_at:
            return
        self._seat_at = moment + SEAT_AGAIN
        for clerk in self._clerks:
            if not clerk.is_seated(desk):
                clerk.sit_down(desk, moment)

    def _gap(self, moment: float) -> float:
        wave = math.sin(2 * math.pi * (moment - self._began) / WAVE_LENGTH)
        rate = self._plan.arrivals_per_hour * (1 + WAVE_SHARE * wave)
        return self._lot.expovariate(rate / HOUR) if rate > 0 else math.inf

    def _arrivals(self, desk: Desk, moment: float) -> None:
        if moment - self._next_arrival > LOST_TIME:
            self._next_arrival = moment
        while self._next_arrival <= moment:
            self._come(desk, datetime.fromtimestamp(self._next_arrival, UTC), None)
            self._next_arrival += self._gap(self._next_arrival)

    def _come(self, desk: Desk, at: datetime, tier: Tier | None) -> None:
        whole = at.replace(microsecond=at.microsecond // 1000 * 1000)
        newcomer = self._crowd.newcomer(desk, whole, tier)
        issued = take(desk, KIOSK, newcomer.draft)
        if not isinstance(issued, Refusal):
            self._plan_visit(issued.ticket, newcomer)

    def _plan_visit(self, ticket: Ticket, newcomer: Newcomer) -> None:
        """Decide what this customer will do besides waiting."""
        came = ticket.shown_at.timestamp()
        if self._lot.random() < ABSENT_SHARE:
            self._missing.add(ticket.id)
        self._later(came + newcomer.patience, lambda desk: self._leave(desk, ticket.id))
        card = newcomer.late_card
        if card:
            at = came + self._lot.uniform(*LATE_CARD_AFTER)
            self._later(at, lambda desk: self._show_card(desk, ticket.id, card))
        if ticket.tier is Tier.VIP:
            self._receive_later(ticket, came)

    def _later(self, moment: float, errand: _Errand) -> None:
        self._count += 1
        heappush(self._errands, (moment, self._count, errand))

    def _greeter(self, desk: Desk, command: Command) -> None:
        desk.act(GREETER.actor, command)

    def _receive_later(self, ticket: Ticket, came: float) -> None:
        after = self._lot.uniform(*RECEIVED_AFTER)
        if self._lot.random() < RECEIVED_SHARE:
            command = ReceiveCustomer(ticket_id=ticket.id)
            self._later(came + after, lambda desk: self._greeter(desk, command))

    def _show_card(self, desk: Desk, ticket_id: str, person_id: str) -> None:
        shown = desk.clock.now()
        ticket = desk.hall.tickets.get(ticket_id)
        if ticket is None or ticket.state is not TicketState.WAITING:
            return
        answer = show_card(desk, GREETER.actor, ticket_id, person_id, shown)
        if not isinstance(answer, Refusal) and desk.hall.tickets[ticket_id].tier is Tier.VIP:
            self._receive_later(ticket, shown.timestamp())

    def _leave(self, desk: Desk, ticket_id: str) -> None:
        ticket = desk.hall.tickets.get(ticket_id)
        if ticket is not None and ticket.state is TicketState.WAITING and not ticket.service_begun:
            reason = LeaveReason.WAITED_TOO_LONG
            self._greeter(desk, CustomerLeft(ticket_id=ticket_id, reason=reason))

    def service_seconds(self, ticket: Ticket) -> float:
        """Return how long this customer's matter takes at a colleague's counter."""
        return self._crowd.service_seconds(self._desk, ticket)

    def is_there(self, ticket: Ticket, now: float) -> bool:
        """Say whether a customer whom a colleague called comes; some miss their first call."""
        if ticket.id not in self._missing or ticket.passes:
            return True
        if ticket.calls == 1:
            back = ReportBack(ticket_id=ticket.id)
            after = self._lot.uniform(*BACK_AFTER)
            self._later(now + after, lambda desk: self._greeter(desk, back))
        return False

    def served(self, ticket: Ticket, now: float) -> None:
        """Some customers press a key when a colleague has finished; VIPs are seen off."""
        if ticket.tier is Tier.VIP:
            self._later(now + SEEN_OFF_AFTER, lambda desk: see_off(desk, ticket.id))
        if self._lot.random() < RATING_SHARE:
            rating = self._lot.choices(list(RATINGS), list(RATINGS.values()))[0]
            command = RateService(ticket_id=ticket.id, rating=rating)
            after = self._lot.uniform(*RATING_AFTER)
            self._later(now + after, lambda desk: desk.act(KIOSK, command))
