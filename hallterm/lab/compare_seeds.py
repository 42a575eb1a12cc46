"""Where ``promise`` holds what it promises: seeds that nothing was tuned on, and other halls.

`python -m hallterm.lab.compare_seeds [FIRST LAST]` prints the tables of docs/dispatch.md.
"""

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from statistics import fmean

from hallterm.dispatch.view import PolicyName, Rules
from hallterm.domain.tiers import Tier
from hallterm.lab.compare import serve
from hallterm.lab.figures import Figures
from hallterm.lab.simulation import Counter
from hallterm.lab.synthetic import Shape, make_days, streams_of

SEEDS = range(301, 313)
"""Seeds on which nothing was tuned."""
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
    shape: Shape, seed: int, late_cap: float = 1.5, counters: Sequence[Counter] | None = None
) -> Pair:
    """Serve sixty days under both."""
    at_work = tuple(counters or [Counter()] * shape.counters)
    strict = _figures(shape, seed, at_work, "strict", 1.5)
    return Pair(strict, _figures(shape, seed, at_work, "promise", late_cap))


@cache
def _figures(
    shape: Shape, seed: int, counters: Sequence[Counter], policy: PolicyName, late_cap: float
) -> Figures:
    rules = Rules(policy=policy, late_cap=late_cap)
    days = list(make_days(shape, seed, DAYS))
    return serve(days, counters, rules, lambda: None, streams_of(shape))


def _over_seeds(shape: Shape, seeds: Iterable[int]) -> Iterator[str]:
    pairs = {seed: pair(shape, seed) for seed in seeds}
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
        f"| {sum(not m for m in missed.values())} of {len(every)} |\n"
    )
    yield from (
        f"  seed {seed}, {shape.service} {shape.load}: {', '.join(what)}\n"
        for seed, what in missed.items()
        if what
    )


def _spread(values: Iterable[float], extreme: Callable[[Iterable[float]], float] = min) -> str:
    listed = list(values)
    return f"{fmean(listed):.2f} ({extreme(listed):.2f})"


def _with_larger_cap(service: str, seeds: Iterable[int]) -> str:
    gains = [(pair(Shape(service=service), seed, 3.0)) for seed in seeds]
    least = LEAST_GAIN_LATE[service]
    held = sum(p.gain >= least for p in gains)
    worst = min(gains, key=lambda p: p.gain)
    return (
        f"| {service} | {_spread(p.gain for p in gains)} | {least} | {held} of {len(gains)} "
        f"| {100 * worst.strict.kept:.2f} → {100 * worst.promise.kept:.2f} |\n"
    )


def _hall(name: str, p: Pair) -> str:
    vip, gotone = p.kept(Tier.VIP), p.kept(Tier.GOTONE)
    return (
        f"| {name} | {100 * p.strict.kept:.2f} | {100 * p.promise.kept:.2f} "
        f"| {vip[0]:.2f} → {vip[1]:.2f} | {gotone[0]:.2f} → {gotone[1]:.2f} | {p.overdue:.2f} "
        f"| {p.wait:.2f} | {p.beyond[0]} → {p.beyond[1]} | {p.worst:+.1f} |\n"
    )


def main(seeds: Sequence[int]) -> None:
    """Print the tables."""
    out = sys.stdout
    out.write(
        "| hall | more kept, points: mean (least) | VIP, least % | GoTone, points | overdue × "
        "(most) | beyond 2 × budget | mean wait × | worst, min | all bars hold |\n"
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |\n"
    )
    notes = []
    for service in ("business", "plain"):
        for load in (0.95, 0.85):
            row, *missed = _over_seeds(Shape(load=load, service=service), seeds)
            out.write(row)
            notes += missed
    out.write("\n" + "".join(notes) + "\n| late_cap 3 | more kept, points: mean (least) | bar ")
    out.write("| holds | least: strict → promise |\n| --- | ---: | ---: | ---: | ---: |\n")
    for service in ("business", "plain"):
        out.write(_with_larger_cap(service, seeds))
    out.write(
        "\n| hall | strict | promise | VIP | GoTone | overdue × | mean wait × "
        "| beyond 2 × | worst, min |\n"
        "| --- | ---: | ---: | --- | --- | ---: | ---: | --- | ---: |\n"
    )
    for shape in HALLS:
        mix = "/".join(f"{100 * share:.0f}" for share in shape.mix)
        name = f"{shape.service}, {shape.counters} counters, mean {shape.mean_minutes:g} min, {mix}"
        out.write(_hall(name, pair(shape, 7)))
    calmer = Shape(load=0.85, service="business")
    out.write(
        _hall("business 0.85, VIP room and GoTone counter", pair(calmer, 7, counters=DEDICATED))
    )


def wanted(words: Sequence[str]) -> Sequence[int]:
    """Return the seeds that the command line asks for."""
    if not words:
        return SEEDS
    first, last = map(int, words)
    return range(first, last + 1)


if __name__ == "__main__":
    main(wanted(sys.argv[1:]))
