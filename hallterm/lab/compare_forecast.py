"""How good the forecast is: simulated days on which every few minutes everybody is told a wait.

`python -m hallterm.lab.compare_forecast` prints the table of docs/dispatch.md.
"""

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from hallterm.dispatch.forecast import Expected, forecast
from hallterm.dispatch.known import Known
from hallterm.dispatch.registry import POLICIES
from hallterm.dispatch.view import Rules
from hallterm.domain.tiers import Tier
from hallterm.lab.simulation import Counter, Hall
from hallterm.lab.synthetic import Shape, make_day, streams_of

EVERY = 5
"""Every so many arrivals that have to wait, everybody is told their wait."""
SEED, DAYS = 2026, 10


@dataclass(frozen=True, slots=True)
class Told:
    """What one waiting customer was told at one moment, and what came true; seconds."""

    ticket_id: str
    new: bool
    """Told at the ticket desk; otherwise while waiting."""
    moment: float
    expected: Expected
    head_of_line: float
    """What the head-of-line-delay predictor says: the wait so far of the first of the same tier,
    less what this customer has waited."""


class TellingHall(Hall):
    """A simulated hall that tells its customers how long they will wait."""

    def __init__(self, shape: Shape, rules: Rules) -> None:
        known = Known(streams=streams_of(shape))
        super().__init__([Counter()] * shape.counters, POLICIES[rules.policy], rules, known)
        self._to_tell = EVERY
        self.told: list[Told] = []

    def came(self, ticket_id: str, now: float) -> None:
        """Tell everybody, if it is time for it and the newcomer has to wait."""
        if self.idle:
            return
        self._to_tell -= 1
        if self._to_tell:
            return
        self._to_tell = EVERY
        waiting = self.waiting
        waits = forecast(now, waiting, self.at_work(now), self.known, self.rules)
        oldest = {
            tier: max((now - w.clock_from for w in waiting if w.tier is tier), default=0.0)
            for tier in Tier
        }
        for w in waiting:
            new = w.ticket_id == ticket_id
            first = max(0.0, oldest[w.tier] - (now - w.clock_from))
            self.told.append(Told(w.ticket_id, new, now, waits[w.ticket_id], first))


def tell_days(shape: Shape, seed: int, days: int, rules: Rules) -> Iterator[tuple[Told, float]]:
    """Yield what was told and the wait that followed, seconds."""
    for number in range(days):
        hall = TellingHall(shape, rules)
        served = hall.run(make_day(shape, seed, number))
        started = {s.customer.waiting.ticket_id: s.started for s in served}
        for told in hall.told:
            yield told, started[told.ticket_id] - told.moment


@dataclass(frozen=True, slots=True)
class Quality:
    """How good forecasts were."""

    told: int
    covered: float
    """Share of all told, new and waiting, whose wait lay within the range."""
    error: float
    """Median absolute error for new tickets, seconds."""
    error_head_of_line: float
    """The same for the head-of-line-delay predictor."""


def quality_of(pairs: Sequence[tuple[Told, float]]) -> Quality:
    """Sum up."""
    inside = sum(t.expected.low <= actual <= t.expected.high for t, actual in pairs)
    return Quality(
        len(pairs),
        inside / len(pairs),
        median(abs(t.expected.wait - actual) for t, actual in pairs if t.new),
        median(abs(t.head_of_line - actual) for t, actual in pairs if t.new),
    )


def lines(days: int = DAYS) -> Iterator[str]:
    """Yield the lines of the table."""
    yield "| service | load | told | in range | error, s | head of line, s | ratio |"
    yield "| --- | ---: | ---: | ---: | ---: | ---: | ---: |"
    for service in ("plain", "business"):
        for load in (0.85, 0.95):
            shape = Shape(load=load, service=service)
            q = quality_of(list(tell_days(shape, SEED, days, Rules())))
            ratio = q.error / q.error_head_of_line
            yield (
                f"| {service} | {load} | {q.told} | {100 * q.covered:.1f} % | {q.error:.0f} "
                f"| {q.error_head_of_line:.0f} | {ratio:.2f} |"
            )


if __name__ == "__main__":
    for line in lines():
        sys.stdout.write(f"{line}\n")
