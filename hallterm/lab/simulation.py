"""A fast simulated hall: arrivals and ends of service in order of time, all in memory."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from heapq import heappop, heappush

from hallterm.dispatch.known import NOTHING_KNOWN, Came, Known, Others
from hallterm.dispatch.minutes import expected_end
from hallterm.dispatch.queue import ALL_TIERS, Station, Waiting, open_to
from hallterm.dispatch.view import Policy, Rules, View
from hallterm.domain.tiers import Tier
from hallterm.lab.synthetic import Customer

NOBODY = -1
"""Places below zero mark the begin of a counter's hours."""


@dataclass(frozen=True, slots=True)
class Counter:
    """One counter of a simulated hall."""

    tiers: frozenset[Tier] = ALL_TIERS
    serves_others: bool = True
    hours: tuple[tuple[float, float], ...] = ((0.0, math.inf),)
    """When it calls customers: from, to; seconds from the day's start."""

    def calls_at(self, moment: float) -> bool:
        """Tell whether it calls at this moment."""
        return any(begin <= moment < end for begin, end in self.hours)


@dataclass(frozen=True, slots=True)
class Served:
    """What happened to one customer."""

    customer: Customer
    started: float
    """Seconds from the day's start."""
    counter: int

    @property
    def wait(self) -> float:
        """Seconds from identity shown to service begun."""
        return self.started - self.customer.waiting.clock_from


class Hall:
    """One simulated day at a hall under one policy."""

    def __init__(
        self,
        counters: Sequence[Counter],
        policy: Policy,
        rules: Rules,
        known: Known = NOTHING_KNOWN,
    ) -> None:
        self.rules = rules
        self._came = Others()
        self.known = replace(known, came=self._came)
        self._stations = [
            Station(str(i), c.tiers, c.serves_others, 0.0) for i, c in enumerate(counters)
        ]
        self._policy = policy
        self._waiting: dict[str, Waiting] = {}
        self._customers: dict[str, Customer] = {}
        self._counters = counters
        self._idle: list[int] = list(range(len(counters)))
        self._running: dict[int, tuple[float, float]] = {}
        self._ends: list[tuple[float, int]] = []
        """Ends of services, and begins of counters' hours, which nobody is served at."""
        self._served: list[Served] = []
        for place, counter in enumerate(counters):
            for begin, _end in counter.hours:
                if begin > 0:
                    heappush(self._ends, (begin, NOBODY - place))

    @property
    def waiting(self) -> list[Waiting]:
        """Everybody who waits now."""
        return list(self._waiting.values())

    @property
    def idle(self) -> bool:
        """Whether a counter has nothing to do."""
        return bool(self._idle)

    def run(self, day: Iterable[Customer]) -> list[Served]:
        """Serve everybody who comes and return them in order of service."""
        for customer in day:
            seen = customer.waiting
            while self._ends and self._ends[0][0] <= seen.arrived:
                self._finish()
            self._waiting[seen.ticket_id] = seen
            self._customers[seen.ticket_id] = customer
            if seen.tier is Tier.STANDARD:
                self._came.add(Came(seen.clock_from, seen.expected))
            self.came(seen.ticket_id, seen.arrived)
            self._offer(seen.arrived)
        while self._ends:
            self._finish()
        return self._served

    def came(self, ticket_id: str, now: float) -> None:
        """Look at the hall when somebody has come, before anybody is called."""

    def at_work(self, now: float) -> list[Station]:
        """Return the busy counters with when each is expected to be free."""
        stations, busy = self._stations, []
        for place, (started, expected) in self._running.items():
            s = stations[place]
            end = expected_end(now, started, expected)
            busy.append(Station(s.counter_id, s.tiers, s.serves_others, end))
        return busy

    def _finish(self) -> None:
        now, place = heappop(self._ends)
        if place >= 0:
            del self._running[place]
            self._idle.append(place)
        if self._waiting:
            self._offer(now)

    def _offer(self, now: float) -> None:
        """Let every idle counter call, as long as there is somebody for one of them."""
        for place in sorted(self._idle):
            if not self._counters[place].calls_at(now):
                continue
            candidates = open_to(self._stations[place], self.waiting)
            if candidates:
                self._call(now, place, candidates)
            if not self._waiting:
                return

    def _call(self, now: float, place: int, candidates: list[Waiting]) -> None:
        chosen = candidates[0]
        if len(candidates) > 1:
            here, others = self._stations[place], self.at_work(now)
            chosen = self._policy(
                View(now, candidates, here, others, self.rules, self.known)
            ).waiting
        del self._waiting[chosen.ticket_id]
        self._idle.remove(place)
        customer = self._customers.pop(chosen.ticket_id)
        self._running[place] = (now, chosen.expected)
        heappush(self._ends, (now + customer.service, place))
        self._served.append(Served(customer, now, place))
