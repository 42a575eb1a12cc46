"""What a comparison says: JSON with stable keys, a table for people, Markdown, a chart."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict

from hallterm.domain.tiers import Tier
from hallterm.lab.compare import Point
from hallterm.lab.figures import Figures
from hallterm.words import _

PLACES = 6
BAR = 40
"""Cells of a full bar."""


def as_json(
    policies: Mapping[str, Figures], bound: float | None, points: Sequence[Point] | None
) -> dict[str, object]:
    """Return ``policies`` by name, ``bound`` and, where asked for, ``frontier``.

    kept, kept_by_tier, share_beyond_2x and bound are shares of 1; wait_mean, wait_p90, wait_max
    and overdue_per_customer are minutes.
    """
    told: dict[str, object] = {
        "policies": {name: _figures(figures) for name, figures in policies.items()},
        "bound": bound if bound is None else round(bound, PLACES),
    }
    if points is not None:
        told["frontier"] = [{"late_cap": p.late_cap, **_figures(p.figures)} for p in points]
    return told


def _figures(figures: Figures) -> dict[str, object]:
    return {name: _rounded(value) for name, value in asdict(figures).items()}


def _rounded(value: object) -> object:
    if isinstance(value, float):
        return round(value, PLACES)
    if isinstance(value, dict):
        return {name: _rounded(inner) for name, inner in value.items()}
    return value


def header(first: str) -> list[str]:
    """Return the titles of the columns."""
    return [
        first,
        _("达标"),
        "VIP",
        _("全球通"),
        _("其他"),
        _("平均等"),
        _("九成内"),
        _("最久"),
        _("人均超时"),
        _("超两倍"),
    ]


def row(name: str, figures: Figures) -> list[str]:
    """Return one line of the table: shares in percent, times in minutes."""
    return [
        name,
        _percent(figures.kept),
        *(_percent(figures.kept_by_tier[tier.value]) for tier in Tier),
        f"{figures.wait_mean:.2f}",
        f"{figures.wait_p90:.1f}",
        f"{figures.wait_max:.1f}",
        f"{figures.overdue_per_customer:.3f}",
        _percent(figures.share_beyond_2x),
    ]


def frontier_rows(points: Sequence[Point]) -> list[list[str]]:
    """Return a line for each cap."""
    return [row(f"{p.late_cap:g}", p.figures) for p in points]


def markdown(titles: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """Return the lines of a Markdown table."""
    rule = ["---", *("---:" for _title in titles[1:])]
    return [f"| {' | '.join(cells)} |" for cells in (titles, rule, *rows)]


def chart(shares: Mapping[str, float]) -> list[str]:
    """Return a bar for each share; the bars begin below the least of them."""
    least = min(shares.values(), default=0.0)
    start = max(0.0, int(least * 20 - 1) / 20)
    width = max((len(name) for name in shares), default=0)
    scale = BAR / (1 - start) if start < 1 else 0.0
    return [
        f"{name:<{width}}  {'█' * round((share - start) * scale):<{BAR}} {_percent(share)}"
        for name, share in shares.items()
    ] + [f"{'':<{width}}  {_percent(start):<{BAR - 4}}100 %"]


def _percent(share: float) -> str:
    return f"{100 * share:.2f} %"
