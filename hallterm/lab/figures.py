"""What a day, or many, came to: promises kept, waits, lateness."""

from collections.abc import Iterable
from dataclasses import dataclass

from hallterm.domain.tiers import Tier
from hallterm.lab.simulation import Served


@dataclass(frozen=True, slots=True)
class Figures:
    """One policy on many days; shares of 1, times in minutes."""

    customers: int
    kept: float
    """Share of promises kept: wait ≤ budget."""
    kept_by_tier: dict[str, float]
    wait_mean: float
    wait_p90: float
    wait_max: float
    overdue_per_customer: float
    """Minutes beyond the budget, over all customers."""
    share_beyond_2x: float
    """Share who waited longer than twice their budget."""


def figures_of(served: Iterable[Served]) -> Figures:
    """Sum up what happened to these customers."""
    rows = [(s.customer.waiting.tier, s.wait / 60, s.customer.waiting.budget / 60) for s in served]
    count = len(rows)
    if not count:
        return Figures(0, 1.0, {tier.value: 1.0 for tier in Tier}, 0.0, 0.0, 0.0, 0.0, 0.0)
    waits = sorted(wait for _tier, wait, _budget in rows)
    kept = {tier: [wait <= budget for t, wait, budget in rows if t == tier] for tier in Tier}
    return Figures(
        customers=count,
        kept=sum(wait <= budget for _tier, wait, budget in rows) / count,
        kept_by_tier={t.value: sum(of) / len(of) if of else 1.0 for t, of in kept.items()},
        wait_mean=sum(waits) / count,
        wait_p90=waits[min(count - 1, int(0.9 * count))],
        wait_max=waits[-1],
        overdue_per_customer=sum(max(0.0, wait - budget) for _t, wait, budget in rows) / count,
        share_beyond_2x=sum(wait > 2 * budget for _t, wait, budget in rows) / count,
    )
