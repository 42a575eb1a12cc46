"""The actual rule run forward: who would start when, if everything lasted as long as expected."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from heapq import heapify, heappop, heappush
from math import fsum

from hallterm.dispatch.known import COMING, NOTHING_KNOWN, Came, Known
from hallterm.dispatch.minutes import expected_end
from hallterm.dispatch.queue import Station, Waiting, open_to
from hallterm.dispatch.registry import POLICIES
from hallterm.dispatch.view import DEFAULT_RULES, Rules, View
from hallterm.domain.tiers import Tier

LONGEST = 4 * 3600.0
"""Nothing is looked at beyond this, seconds."""


@dataclass(frozen=True, slots=True)
class Start:
    """When somebody is expected to be called."""

    waiting: Waiting
    moment: float
    """Seconds since the epoch."""

    @property
    def kept(self) -> bool:
        """Whether the promise is kept then."""
        return self.moment <= self.waiting.deadline


@dataclass(frozen=True, slots=True)
class Hall:
    """The hall as it stands, and who is expected."""

    now: float
    """Seconds since the epoch."""
    waiting: Sequence[Waiting]
    stations: Sequence[Station]
    """All counters at work, free ones included, paused ones left out."""
    known: Known = NOTHING_KNOWN
    """Who came, who will come."""
    rules: Rules = DEFAULT_RULES


class Forward:
    """A hall that goes on from its present state."""

    def __init__(
        self,
        now: float,
        waiting: Sequence[Waiting],
        stations: Sequence[Station],
        known: Known = NOTHING_KNOWN,
        rules: Rules = DEFAULT_RULES,
    ) -> None:
        self._now = now
        self._rules = rules
        self._policy = POLICIES[rules.policy]
        self._waiting = {w.ticket_id: w for w in sorted(waiting, key=lambda w: w.ticket_id)}
        self._left = len(self._waiting)
        self._stations = {s.counter_id: s for s in sorted(stations, key=lambda s: s.counter_id)}
        self._coming = known.arrivals(now, now + LONGEST)
        self._came = known.came.copy()
        self._known = replace(known, came=self._came)
        self._next = 0
        self._began: dict[str, tuple[float, float]] = {}
        self._events = spread(now, self._stations.values())
        heapify(self._events)
        self._starts: list[Start] = []

    def call(self, waiting: Waiting, counter_id: str) -> None:
        """Let a counter call this ticket first, whatever the rule says."""
        moment = next(moment for moment, at in self._events if at == counter_id)
        self._events.remove((moment, counter_id))
        heapify(self._events)
        self._start(waiting, moment, counter_id)

    @property
    def left(self) -> list[Waiting]:
        """Those of the waiting who haven't started when a run has ended."""
        return [w for w in self._waiting.values() if not w.ticket_id.startswith(COMING)]

    def run(self, until: float | None = None, most: int | None = None) -> list[Start]:
        """Return the starts in order of time.

        Args:
            until: go on to this moment, seconds since the epoch; without it the run ends when
                everybody who waits now has started.
            most: end after so many starts.
        """
        end = self._now + LONGEST
        while self._events and (self._left or (until is not None and self._events[0][0] < until)):
            if most is not None and len(self._starts) >= most:
                break
            moment, counter_id = heappop(self._events)
            if moment > end:
                break
            self._turn(moment, counter_id)
        return self._starts

    def _turn(self, moment: float, counter_id: str) -> None:
        """Let a counter that has become free call, or wait for whoever comes next."""
        self._admit(moment)
        station = self._stations[counter_id]
        candidates = open_to(station, list(self._waiting.values()))
        if candidates:
            chosen = candidates[0]
            if len(candidates) > 1:
                all_seen = self._stations.values()
                others = [self._seen(s, moment) for s in all_seen if s is not station]
                view = View(moment, candidates, station, others, self._rules, self._known)
                chosen = self._policy(view).waiting
            self._start(chosen, moment, counter_id)
        elif self._next < len(self._coming):
            heappush(self._events, (self._coming[self._next].arrived, counter_id))

    def _admit(self, moment: float) -> None:
        coming = self._coming
        while self._next < len(coming) and coming[self._next].arrived <= moment:
            new = coming[self._next]
            self._waiting[new.ticket_id] = new
            if self._came and new.tier is Tier.STANDARD:
                self._came.add(Came(new.clock_from, new.expected))
            self._next += 1

    def _start(self, chosen: Waiting, moment: float, counter_id: str) -> None:
        del self._waiting[chosen.ticket_id]
        if not chosen.ticket_id.startswith(COMING):
            self._left -= 1
        self._starts.append(Start(chosen, moment))
        length = max(chosen.expected, 1.0)
        self._began[counter_id] = (moment, length)
        heappush(self._events, (moment + length, counter_id))

    def _seen(self, station: Station, moment: float) -> Station:
        """Return a counter as the hall will see it then: with an estimate of its end."""
        began = self._began.get(station.counter_id)
        if began is None:
            return station
        end = expected_end(moment, *began)
        return Station(station.counter_id, station.tiers, station.serves_others, end)


def spread(now: float, stations: Iterable[Station]) -> list[tuple[float, str]]:
    """Return when each counter becomes free, on average, and its id.

    Of several running services the first ends well before any single one is expected to. With
    remaining times e₁ ≤ e₂ ≤ … taken as exponential, the k-th end comes 1 / (1/eₖ + 1/eₖ₊₁ + …)
    after the one before.
    """
    ends = sorted((max(0.0, s.free_at - now), s.counter_id) for s in stations)
    rate = fsum(1 / max(left, 1.0) for left, _id in ends if left > 0)
    moment, spread_out = now, []
    for left, counter_id in ends:
        if left > 0:
            moment += 1 / rate
            rate = max(rate - 1 / max(left, 1.0), 1e-9)
        spread_out.append((moment, counter_id))
    return spread_out
