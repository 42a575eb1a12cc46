"""A fast simulated hall: arrivals and ends of service in order of time, all in memory."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush

from hallterm.dispatch.minutes import expected_end
from hallterm.dispatch.queue import ALL_TIERS, Station, Waiting, open_to
from hallterm.dispatch.view import Policy, Rules, View
from hallterm.domain.tiers import Tier
from hallterm.lab.synthetic import Customer


@dataclass(frozen=True, slots=True)
class Counter:
    """One counter of a simulated hall."""

    tiers: frozenset[Tier] = ALL_TIERS
    serves_others: bool = True


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

    def __init__(self, counters: Sequence[Counter], policy: Policy, rules: Rules) -> None:
        self._stations = [
            Station(str(i), c.tiers, c.serves_others, 0.0) for i, c in enumerate(counters)
        ]
        self._policy = policy
        self._rules = rules
        self._waiting: dict[str, Waiting] = {}
        self._customers: dict[str, Customer] = {}
        self._idle: list[int] = list(range(len(counters)))
        self._running: dict[int, tuple[float, float]] = {}
        self._ends: list[tuple[float, int]] = []
        self._served: list[Served] = []

    def run(self, day: Iterable[Customer]) -> list[Served]:
        """Serve everybody who comes and return them in order of service."""
        for customer in day:
            arrived = customer.waiting.arrived
            while self._ends and self._ends[0][0] <= arrived:
                self._finish()
            self._waiting[customer.waiting.ticket_id] = customer.waiting
            self._customers[customer.waiting.ticket_id] = customer
            self._offer(arrived)
        while self._ends:
            self._finish()
        return self._served

    def _finish(self) -> None:
        now, place = heappop(self._ends)
        del self._running[place]
        self._idle.append(place)
        if self._waiting:
            self._offer(now)

    def _offer(self, now: float) -> None:
        """Let every idle counter call, as long as there is somebody for one of them."""
        for place in sorted(self._idle):
            candidates = open_to(self._stations[place], list(self._waiting.values()))
            if candidates:
                self._call(now, place, candidates)
            if not self._waiting:
                return

    def _call(self, now: float, place: int, candidates: list[Waiting]) -> None:
        if len(candidates) == 1:
            chosen = candidates[0]
        else:
            chosen = self._policy(self._view(now, place, candidates)).waiting
        del self._waiting[chosen.ticket_id]
        self._idle.remove(place)
        customer = self._customers.pop(chosen.ticket_id)
        self._running[place] = (now, chosen.expected)
        heappush(self._ends, (now + customer.service, place))
        self._served.append(Served(customer, now, place))

    def _view(self, now: float, place: int, candidates: list[Waiting]) -> View:
        stations = self._stations
        others = []
        for i, (started, expected) in self._running.items():
            s = stations[i]
            end = expected_end(now, started, expected)
            others.append(Station(s.counter_id, s.tiers, s.serves_others, end))
        return View(now, candidates, stations[place], others, self._rules)
