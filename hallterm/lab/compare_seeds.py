"""Where ``promise`` holds what it promises: seeds that nothing was tuned on, and other halls.

`python -m hallterm.lab.compare_seeds [FIRST LAST]` prints the tables of docs/dispatch.md.
"""

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from statistics import fmean

from hallterm.dispatch.view import Rules
from hallterm.domain.tiers import Tier
from hallterm.lab.compare import serve
from hallterm.lab.figures import Figures
from hallterm.lab.simulation import Counter
from hallterm.lab.synthetic import Shape, make_days, streams_of

SEEDS = range(401, 405)
"""Seeds on which nothing was tuned."""
HALL_SEEDS = range(7, 9)
"""Seeds on which other halls are served."""
DAYS = 60
VIP_LEAST, GOTONE_LEAST, WITHIN = 99.9, -0.2, 1.02
"""Per cent of VIP promises; points of GoTone's less than the norm's; what else may be worse."""
LEAST_GAIN = {("business", 0.95): 6.5, ("plain", 0.95): 4.0}
"""Points that more promises must be kept; anything above nought elsewhere."""
LEAST_GAIN_LATE = {"business": 12.5, "plain": 10.0}
"""The same with a late_cap of 3."""
HALLS = (
    Shape(counters=3, service="business"),
    Shape(counters=20, service="business"),
    Shape(mean_minutes=3, service="plain"),
    Shape(mean_minutes=15, service="business"),
    Shape(mix=(0.02, 0.10, 0.88), service="business"),
    Shape(mix=(0.02, 0.10, 0.88), service="plain"),
    Shape(mix=(0.05, 0.0, 0.95), service="plain"),
    Shape(mix=(0.10, 0.40, 0.50), service="business"),
    Shape(mix=(0.10, 0.40, 0.50), service="plain"),
)
VIP, GOTONE = frozenset({Tier.VIP}), frozenset({Tier.GOTONE})
DEDICATED = [Counter(VIP, serves_others=False), Counter(GOTONE), *[Counter()] * 6]
"""A VIP room for VIP alone and a GoTone counter that takes others too."""


@dataclass(frozen=True, slots=True)
class Pair:
    """The same days under the norm and under ``promise``."""

    strict: Figures
    promise: Figures

    @property
    def gain(self) -> float:
        """Points that more promises are kept."""
        return 100 * (self.promise.kept - self.strict.kept)

    def kept(self, tier: Tier) -> tuple[float, float]:
        """Return the shares kept of a tier, in per cent."""
        both = (self.strict, self.promise)
        strict, promise = (100 * f.kept_by_tier[tier.value] for f in both)
        return strict, promise

    @property
    def gotone(self) -> float:
        """Points that more GoTone promises are kept."""
        strict, promise = self.kept(Tier.GOTONE)
        return promise - strict

    @property
    def overdue(self) -> float:
        """Overdue minutes, a multiple of the norm's."""
        return self.promise.overdue_per_customer / (self.strict.overdue_per_customer or 1.0)

    @property
    def wait(self) -> float:
        """Mean wait, a multiple of the norm's."""
        return self.promise.wait_mean / (self.strict.wait_mean or 1.0)

    @property
    def worst(self) -> float:
        """Minutes that the worst wait is longer."""
        return self.promise.wait_max - self.strict.wait_max

    @property
    def beyond(self) -> tuple[int, int]:
        """Customers beyond twice their budget."""
        strict, promise = (
            round(f.share_beyond_2x * f.customers) for f in (self.strict, self.promise)
        )
        return strict, promise

    def missed(self, least_gain: float, service: float) -> list[str]:
        """Return which bars don't hold; `service`: minutes of one service."""
        strict, promise = self.beyond
        vip = self.kept(Tier.VIP)[1]
        bars = {
            f"gain {self.gain:+.2f}": self.gain >= least_gain,
            f"VIP {vip:.2f} %": vip >= VIP_LEAST,
            f"GoTone {self.gotone:+.2f}": self.gotone >= GOTONE_LEAST,
            f"overdue x {self.overdue:.2f}": self.overdue <= WITHIN,
            f"beyond {strict} -> {promise}": promise <= WITHIN * strict,
            f"mean wait x {self.wait:.2f}": self.wait <= WITHIN,
            f"worst {self.worst:+.1f} min": self.worst <= service,
        }
        return [what for what, holds in bars.items() if not holds]


def pair(
    shape: Shape,
    seed: int,
    late_cap: float = 1.5,
    counters: Sequence[Counter] | None = None,
    days: int = DAYS,
) -> Pair:
    """Serve the same days under both."""
    at_work = tuple(counters or [Counter()] * shape.counters)
    strict = _figures(shape, seed, at_work, Rules(policy="strict"), days)
    promise = Rules(policy="promise", late_cap=late_cap)
    return Pair(strict, _figures(shape, seed, at_work, promise, days))


@cache
def _figures(
    shape: Shape, seed: int, counters: Sequence[Counter], rules: Rules, days: int
) -> Figures:
    made = list(make_days(shape, seed, days))
    return serve(made, counters, rules, lambda: None, streams_of(shape))


def _over_seeds(shape: Shape, seeds: Iterable[int], days: int) -> Iterator[str]:
    pairs = {seed: pair(shape, seed, days=days) for seed in seeds}
    gain = LEAST_GAIN.get((shape.service, shape.load), 0.0)
    missed = {seed: p.missed(gain, shape.mean_minutes) for seed, p in pairs.items()}
    every = list(pairs.values())
    beyond = [sum(p.beyond[k] for p in every) for k in (0, 1)]
    yield (
        f"| {shape.service} {shape.load} | {_spread(p.gain for p in every)} "
        f"| {min(p.kept(Tier.VIP)[1] for p in every):.2f} "
        f"| {_spread(p.gotone for p in every)} | {_spread((p.overdue for p in every), max)} "
        f"| {beyond[0]} → {beyond[1]} | {max(p.wait for p in every):.3f} "
        f"| {max(p.worst for p in every):+.1f} "
        f"| {sum(not m for m in missed.values())} of {len(every)} |"
    )
    yield from (
        f"- seed {seed}, {shape.service} {shape.load}: {', '.join(what)}"
        for seed, what in missed.items()
        if what
    )


def _spread(values: Iterable[float], extreme: Callable[[Iterable[float]], float] = min) -> str:
    listed = list(values)
    return f"{fmean(listed):.2f} ({extreme(listed):.2f})"


def _with_larger_cap(service: str, seeds: Iterable[int], days: int) -> str:
    gains = [pair(Shape(service=service), seed, 3.0, days=days) for seed in seeds]
    least = LEAST_GAIN_LATE[service]
    held = sum(p.gain >= least for p in gains)
    worst = min(gains, key=lambda p: p.gain)
    return (
        f"| {service} | {_spread(p.gain for p in gains)} | {least} | {held} of {len(gains)} "
        f"| {100 * worst.strict.kept:.2f} → {100 * worst.promise.kept:.2f} |"
    )


def _hall(name: str, pairs: Sequence[Pair]) -> str:
    """Return a line of means over the seeds; sums of customers; the longest of the worst waits."""

    def tier(tier: Tier) -> str:
        strict, promise = (fmean(p.kept(tier)[k] for p in pairs) for k in (0, 1))
        return f"{strict:.2f} → {promise:.2f}"

    strict = 100 * fmean(p.strict.kept for p in pairs)
    promise = 100 * fmean(p.promise.kept for p in pairs)
    beyond = " → ".join(str(sum(p.beyond[k] for p in pairs)) for k in (0, 1))
    return (
        f"| {name} | {strict:.2f} | {promise:.2f} | {tier(Tier.VIP)} | {tier(Tier.GOTONE)} "
        f"| {fmean(p.overdue for p in pairs):.2f} | {fmean(p.wait for p in pairs):.2f} "
        f"| {beyond} | {max(p.worst for p in pairs):+.1f} |"
    )


def over_seeds(seeds: Sequence[int], days: int = DAYS) -> Iterator[str]:
    """Yield the lines of the table of bars, and the bars that don't hold."""
    yield (
        "| hall | more kept, points: mean (least) | VIP, least % | GoTone, points | overdue × "
        "(most) | beyond 2 × budget | mean wait × | worst, min | all bars hold |"
    )
    yield f"| --- | {'---: | ' * 8}".rstrip()
    notes = []
    for service in ("business", "plain"):
        for load in (0.95, 0.85):
            row, *missed = _over_seeds(Shape(load=load, service=service), seeds, days)
            yield row
            notes += missed
    yield from ("", "The bars that don't hold:", "", *notes) if notes else ("", "All bars hold.")


def with_larger_cap(seeds: Sequence[int], days: int = DAYS) -> Iterator[str]:
    """Yield the lines of the table of a `late_cap` of 3."""
    yield "| late_cap 3 | more kept, points: mean (least) | bar | holds | least: strict → promise |"
    yield "| --- | ---: | ---: | ---: | ---: |"
    for service in ("business", "plain"):
        yield _with_larger_cap(service, seeds, days)


def other_halls(seeds: Sequence[int], days: int = DAYS) -> Iterator[str]:
    """Yield the lines of the table of other halls, each on all the seeds."""
    yield (
        "| hall | strict | promise | VIP | GoTone | overdue × | mean wait × "
        "| beyond 2 × | worst, min |"
    )
    yield "| --- | ---: | ---: | --- | --- | ---: | ---: | --- | ---: |"
    for shape in HALLS:
        mix = "/".join(f"{100 * share:.0f}" for share in shape.mix)
        name = f"{shape.service}, {shape.counters} counters, mean {shape.mean_minutes:g} min, {mix}"
        yield _hall(name, [pair(shape, seed, days=days) for seed in seeds])
    calmer = Shape(load=0.85, service="business")
    served = [pair(calmer, seed, counters=DEDICATED, days=days) for seed in seeds]
    yield _hall("business 0.85, VIP room and GoTone counter", served)


def main(seeds: Sequence[int]) -> None:
    """Print the tables."""
    for lines in (over_seeds(seeds), with_larger_cap(seeds), other_halls(HALL_SEEDS)):
        for line in lines:
            sys.stdout.write(f"{line}\n")
        sys.stdout.write("\n")


def wanted(words: Sequence[str]) -> Sequence[int]:
    """Return the seeds that the command line asks for."""
    if not words:
        return SEEDS
    first, last = map(int, words)
    return range(first, last + 1)


if __name__ == "__main__":
    main(wanted(sys.argv[1:]))
