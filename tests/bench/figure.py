"""One measured figure, beside the limit it is held against."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Figure:
    """A row of the table and of bench.json."""

    name: str
    value: float
    unit: str
    limit: float | None
    """What the machine itself can do, measured in the same run; None where the bar is absolute."""
    ratio: float | None
    """value / limit."""
    bar: float
    """Largest ratio, or largest value where there is no limit."""
    holds: bool


def against_limit(name: str, value: float, unit: str, limit: float, bar: float) -> Figure:
    """Hold a value against a multiple of the machine's own limit."""
    ratio = value / limit
    return Figure(name, round(value, 4), unit, round(limit, 4), round(ratio, 3), bar, ratio <= bar)


def absolute(name: str, value: float, unit: str, bar: float) -> Figure:
    """Hold a value against an absolute bar."""
    return Figure(name, round(value, 4), unit, None, None, bar, value <= bar)


def percentile(samples: Sequence[float], share: float) -> float:
    """Return the sample below which a share (0–1) of them lies."""
    ordered = sorted(samples)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def as_table(figures: Iterable[Figure]) -> str:
    """Return the figures as a Markdown table."""
    rows = ["| name | value | limit | ratio | bar | holds |", "|---|---|---|---|---|---|"]
    for f in figures:
        limit = "" if f.limit is None else f"{f.limit:g} {f.unit}"
        ratio = "" if f.ratio is None else f"{f.ratio:.2f} ×"
        bar = f"≤ {f.bar:g} ×" if f.ratio is not None else f"≤ {f.bar:g} {f.unit}"
        holds = "yes" if f.holds else "NO"
        rows.append(f"| {f.name} | {f.value:g} {f.unit} | {limit} | {ratio} | {bar} | {holds} |")
    return "\n".join(rows)


def write(figures: Sequence[Figure], path: Path) -> None:
    """Write bench.json."""
    path.write_text(json.dumps([asdict(f) for f in figures], indent=2) + "\n", encoding="utf-8")
