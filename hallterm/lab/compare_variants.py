"""What was tried with the policy ``promise``: the same days under variants of it.

`python -m hallterm.lab.compare_variants` prints the table of docs/dispatch.md.
"""

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from math import log
from types import ModuleType

from hallterm.dispatch import lateness, lookahead, promise
from hallterm.dispatch.forward import Forward
from hallterm.dispatch.known import NOTHING_KNOWN, Coming, Known
from hallterm.dispatch.queue import Waiting
from hallterm.dispatch.registry import POLICIES
from hallterm.dispatch.view import Picked, Policy, Rules, View
from hallterm.domain.tiers import Tier
from hallterm.lab.compare import serve_days
from hallterm.lab.figures import Figures, figures_of
from hallterm.lab.simulation import Counter, Hall
from hallterm.lab.synthetic import MINUTE, Customer, Shape, make_days, streams_of

SEED, DAYS, ROLLOUT_DAYS = 2026, 60, 6
LOOK = 45 * 60.0
"""How far a rollout looks, seconds."""

Days = Sequence[Sequence[Customer]]
Values = dict[tuple[ModuleType, str], float]

CONSTANTS: dict[str, Values] = {
    "GoTone never put off": {(promise, "GOTONE_RISK"): -1.0},
    "GoTone put off further": {(promise, "GOTONE_RISK"): 0.01},
    "all time counted on": {(promise, "OWN_SHARE"): 1.0},
    "less time counted on": {(promise, "OWN_SHARE"): 0.3},
    "every difference in length counts": {(lookahead, "_LOG_ALIKE"): log(1.001)},
    "VIP to come not thought of": {(promise, "VIP_RISK"): 1.0},
    "shorter services whenever VIP might come": {(promise, "VIP_RISK"): 0.00003},
    "no last moment before GoTone": {(promise, "LAST_MOMENT"): -1.0},
    "as careful as at first on all days": {(lateness, "KNOWN_RUSH"): 99.0},
    "never careful": {(lateness, "KNOWN_RUSH"): 0.0},
    "no margins": {
        (lateness, "CAREFUL_MARGIN"): 60.0,
        (lateness, "CALM_MARGIN"): 60.0,
        (lateness, "MARGIN"): 60.0,
    },
    "nobody longer than twice the budget": {(lateness, "PLENTY"): 1e9},
}


@contextmanager
def changed(values: Values) -> Iterator[None]:
    """Run with other constants of the policy."""
    before = {home: getattr(*home) for home in values}
    for (module, name), value in values.items():
        setattr(module, name, value)
    try:
        yield
    finally:
        for (module, name), value in before.items():
            setattr(module, name, value)


def serve(
    days: Days,
    counters: Sequence[Counter],
    policy: Policy,
    known: Known,
    rules: Rules | None = None,
) -> Figures:
    """Serve all days under a policy that is in no registry."""
    return figures_of(serve_days(days, counters, policy, rules or Rules(), known))


def expecting(days: Days, length: Callable[[Customer], float]) -> Days:
    """Return the same days with other expected minutes."""
    return [
        [replace(c, waiting=replace(c.waiting, expected=length(c))) for c in day] for day in days
    ]


def knowing(less: Callable[[Known], Known]) -> Policy:
    """Return the policy told less, or more, than it is."""
    return lambda view: promise.pick(replace(view, known=less(view.known)))


def rollout(view: View) -> Picked:
    """Run each sensible choice forward and take the best."""
    ruled = promise.pick(view)
    if ruled.reason not in {"keeps_promise", "all_fit"}:
        return ruled
    by_deadline = sorted(view.candidates, key=lambda w: (w.deadline, w.ticket_id))
    in_time = [w for w in by_deadline if w.deadline >= view.now]
    shortest = sorted(in_time[:10], key=lambda w: (w.expected, w.ticket_id))
    choices = {w.ticket_id: w for w in (ruled.waiting, *in_time[:2], *shortest[:1])}
    best = max(choices.values(), key=lambda w: _worth(view, w))
    if _worth(view, best) <= _worth(view, ruled.waiting):
        return ruled
    return Picked(best, "keeps_promise")


def _worth(view: View, chosen: Waiting) -> tuple[int, float]:
    here = replace(view.station, free_at=view.now)
    forward = Forward(view.now, view.candidates, [here, *view.stations], view.known, view.rules)
    forward.call(chosen, here.counter_id)
    starts = [s for s in forward.run(view.now + LOOK) if s.waiting.arrived <= view.now]
    return sum(s.kept for s in starts), -sum(
        max(0.0, s.moment - s.waiting.deadline) for s in starts
    )


def with_appointments(days: Days, counters: Sequence[Counter], known: Known) -> Figures:
    """Serve days on which every VIP and every GoTone customer is known to come, to the minute."""
    served = []
    for day in days:
        coming = [
            Coming(c.waiting.arrived, c.waiting.tier, c.waiting.expected / MINUTE)
            for c in day
            if c.waiting.tier is not Tier.STANDARD
        ]
        hall = Hall(counters, promise.pick, Rules(), replace(known, coming=coming))
        served += hall.run(day)
    return figures_of(served)


def variants(
    days: Days, counters: Sequence[Counter], known: Known
) -> Iterator[tuple[str, Figures]]:
    """Yield the variants that differ in their constants or in what they know."""
    yield "strict", serve(days, counters, POLICIES["strict"], known)
    yield "promise", serve(days, counters, promise.pick, known)
    for name, values in CONSTANTS.items():
        with changed(values):
            yield name, serve(days, counters, promise.pick, known)
    unaware: dict[str, Callable[[Known], Known]] = {
        "the norm's queue not known": lambda _known: NOTHING_KNOWN,
        "who is expected not known": lambda known: replace(known, streams=()),
        "the days before not known": lambda known: replace(known, worst=0.0),
    }
    for name, less in unaware.items():
        yield name, serve(days, counters, knowing(less), known)
    one_mean = expecting(days, lambda _c: 480.0)
    yield "business unknown", serve(one_mean, counters, promise.pick, known)
    true = expecting(days, lambda c: max(c.service, 1.0))
    yield "true minutes known", serve(true, counters, promise.pick, known)
    # Every day by itself, so that appointments are all the difference.
    alone = knowing(lambda known: replace(known, worst=0.0))
    yield "days by themselves", serve(days, counters, alone, known)
    yield "the same, VIP and GoTone known to come", with_appointments(days, counters, known)


def dedicated(days: Days, known: Known) -> Iterator[tuple[str, Figures]]:
    """Yield halls with a VIP room and a GoTone counter that idle or take others meanwhile."""
    vip, gotone = frozenset({Tier.VIP}), frozenset({Tier.GOTONE})
    for name, vip_serves, gotone_serves in (
        ("VIP room and GoTone counter idle", False, False),
        ("VIP room idles, GoTone counter takes others", False, True),
        ("both take others", True, True),
    ):
        counters = [Counter(vip, vip_serves), Counter(gotone, gotone_serves), *[Counter()] * 6]
        yield f"{name}: strict", serve(days, counters, POLICIES["strict"], known)
        yield f"{name}: promise", serve(days, counters, promise.pick, known)


def _line(service: str, name: str, f: Figures) -> str:
    vip, gotone, others = (100 * f.kept_by_tier[tier.value] for tier in Tier)
    return (
        f"| {service} | {name} | {100 * f.kept:.2f} | {vip:.2f} | {gotone:.2f} | {others:.2f} "
        f"| {f.wait_mean:.2f} | {f.wait_max:.0f} | {f.overdue_per_customer:.3f} "
        f"| {100 * f.share_beyond_2x:.2f} |"
    )


def lines(count: int = DAYS, rolled: int = ROLLOUT_DAYS) -> Iterator[str]:
    """Yield the lines of the table; so many days, and of them so many with rollouts."""
    yield (
        "| service | variant | kept % | VIP | GoTone | others | mean wait | worst | overdue "
        "| beyond 2x % |"
    )
    yield f"| --- | --- | {'---: | ' * 8}".rstrip()
    for service in ("business", "plain"):
        shape = Shape(load=0.95, service=service)
        counters = [Counter()] * shape.counters
        days, known = list(make_days(shape, SEED, count)), Known(streams=streams_of(shape))
        for name, figures in variants(days, counters, known):
            yield _line(service, name, figures)
        few = days[:rolled]
        for name, policy in (("promise", promise.pick), ("with rollouts", rollout)):
            figures = serve(few, counters, policy, known)
            yield _line(service, f"{name}, first {ROLLOUT_DAYS} days", figures)
    calmer = Shape(load=0.85, service="business")
    days, known = list(make_days(calmer, SEED, count)), Known(streams=streams_of(calmer))
    for name, figures in dedicated(days, known):
        yield _line("business, load 0.85", name, figures)


if __name__ == "__main__":
    for line in lines():
        sys.stdout.write(f"{line}\n")
