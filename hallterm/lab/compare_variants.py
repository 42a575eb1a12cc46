"""What was tried with the policy ``promise``: the same days under variants of it.

`python -m hallterm.lab.compare_variants` prints the table of docs/dispatch.md.
"""

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

from hallterm.dispatch import lookahead, promise
from hallterm.dispatch.forward import Forward, Stream
from hallterm.dispatch.queue import Waiting
from hallterm.dispatch.registry import POLICIES
from hallterm.dispatch.view import Picked, Policy, Rules, View
from hallterm.domain.tiers import Tier
from hallterm.lab.compare_forecast import streams_of
from hallterm.lab.figures import Figures, figures_of
from hallterm.lab.simulation import Counter, Hall
from hallterm.lab.synthetic import Customer, Shape, make_days

SEED, DAYS, ROLLOUT_DAYS = 2026, 30, 6
LOOK = 45 * 60.0
"""How far a rollout looks, seconds."""

Days = Sequence[Sequence[Customer]]


@contextmanager
def changed(**values: float) -> Iterator[None]:
    """Run with other constants of the policy."""
    homes = {n: promise if hasattr(promise, n) and n != "DOUBT" else lookahead for n in values}
    before = {name: getattr(home, name) for name, home in homes.items()}
    for name, value in values.items():
        setattr(homes[name], name, value)
    try:
        yield
    finally:
        for name, value in before.items():
            setattr(homes[name], name, value)


def serve(days: Days, counters: Sequence[Counter], policy: Policy, rules: Rules) -> Figures:
    """Serve all days under a policy that is in no registry."""
    return figures_of(s for day in days for s in Hall(counters, policy, rules).run(day))


def expecting(days: Days, length: Callable[[Customer], float]) -> Days:
    """Return the same days with other expected minutes."""
    return [
        [replace(c, waiting=replace(c.waiting, expected=length(c))) for c in day] for day in days
    ]


def rollout(streams: Sequence[Stream]) -> Policy:
    """Return a policy that runs each sensible choice forward and takes the best."""

    def pick(view: View) -> Picked:
        ruled = promise.pick(view)
        if ruled.reason not in {"keeps_promise", "all_fit"}:
            return ruled
        by_deadline = sorted(view.candidates, key=lambda w: (w.deadline, w.ticket_id))
        in_time = [w for w in by_deadline if w.deadline >= view.now]
        shortest = sorted(in_time[:10], key=lambda w: (w.expected, w.ticket_id))
        choices = {w.ticket_id: w for w in (ruled.waiting, *in_time[:2], *shortest[:1])}
        best = max(choices.values(), key=lambda w: _worth(view, w, streams))
        if _worth(view, best, streams) <= _worth(view, ruled.waiting, streams):
            return ruled
        return Picked(best, "keeps_promise")

    return pick


def _worth(view: View, chosen: Waiting, streams: Sequence[Stream]) -> tuple[int, float]:
    here = replace(view.station, free_at=view.now)
    forward = Forward(view.now, view.candidates, [here, *view.stations], streams, view.rules)
    forward.call(chosen, here.counter_id)
    starts = [s for s in forward.run(view.now + LOOK) if s.waiting.arrived <= view.now]
    return sum(s.kept for s in starts), -sum(
        max(0.0, s.moment - s.waiting.deadline) for s in starts
    )


def variants(days: Days, counters: Sequence[Counter]) -> Iterator[tuple[str, Figures]]:
    """Yield the variants that differ in their constants or in what they know."""
    rules = Rules()
    yield "strict", serve(days, counters, POLICIES["strict"], rules)
    yield "promise", serve(days, counters, promise.pick, rules)
    for name, values in {
        "GoTone never put off": {"DOUBT": 60.0},
        "GoTone put off further": {"DOUBT": 2.3},
        "all time counted on": {"OWN_SHARE": 1.0},
        "less time counted on": {"OWN_SHARE": 0.3},
        "one cap for calm and overrun": {"STRETCH": 0.0},
        "no margin below the cap": {"CAP_MARGIN_SECONDS": 0.0},
    }.items():
        with changed(**values):
            yield name, serve(days, counters, promise.pick, rules)
    one_mean = expecting(days, lambda _c: 480.0)
    yield "business unknown", serve(one_mean, counters, promise.pick, rules)
    known = expecting(days, lambda c: max(c.service, 1.0))
    yield "true minutes known", serve(known, counters, promise.pick, rules)


def dedicated(days: Days) -> Iterator[tuple[str, Figures]]:
    """Yield halls with a VIP room and a GoTone counter that idle or take others meanwhile."""
    vip, gotone = frozenset({Tier.VIP}), frozenset({Tier.GOTONE})
    for name, vip_serves, gotone_serves in (
        ("VIP room and GoTone counter idle", False, False),
        ("VIP room idles, GoTone counter takes others", False, True),
        ("both take others", True, True),
    ):
        counters = [Counter(vip, vip_serves), Counter(gotone, gotone_serves), *[Counter()] * 6]
        yield f"{name}: strict", serve(days, counters, POLICIES["strict"], Rules())
        yield f"{name}: promise", serve(days, counters, promise.pick, Rules())


def _line(service: str, name: str, f: Figures) -> str:
    vip, gotone, others = (100 * f.kept_by_tier[tier.value] for tier in Tier)
    return (
        f"| {service} | {name} | {100 * f.kept:.2f} | {vip:.2f} | {gotone:.2f} | {others:.2f} "
        f"| {f.wait_mean:.2f} | {f.wait_max:.0f} | {f.overdue_per_customer:.3f} "
        f"| {100 * f.share_beyond_2x:.2f} |\n"
    )


def main() -> None:
    """Print the tables."""
    out = sys.stdout
    out.write("| service | variant | kept % | VIP | GoTone | others | mean wait | worst | overdue")
    out.write(" | beyond 2x % |\n| --- | --- | " + "---: | " * 8 + "\n")
    for service in ("business", "plain"):
        shape = Shape(load=0.95, service=service)
        counters = [Counter()] * shape.counters
        days = list(make_days(shape, SEED, DAYS))
        for name, figures in variants(days, counters):
            out.write(_line(service, name, figures))
        few = days[:ROLLOUT_DAYS]
        with_rollout = rollout(streams_of(shape))
        for name, policy in (("promise", promise.pick), ("with rollouts", with_rollout)):
            figures = serve(few, counters, policy, Rules())
            out.write(_line(service, f"{name}, first {ROLLOUT_DAYS} days", figures))
    calmer = list(make_days(Shape(load=0.85, service="business"), SEED, DAYS))
    for name, figures in dedicated(calmer):
        out.write(_line("business, load 0.85", name, figures))


if __name__ == "__main__":
    main()
