"""Replayed days for tests."""

import os
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from hallterm.clock import ManualClock
from hallterm.desk.desk import Desk
from hallterm.domain.tiers import Grade, Tier
from hallterm.lab.replay import Replayed, Staffing, replay
from hallterm.lab.replay_hall import create_replay_hall
from hallterm.lab.trace import Trace
from hallterm.lab.trace_rows import Visit
from tests.support.hall import quick_pins
from tests.support.rulebook import configuration

DAY = date(2026, 3, 2)
OPENING = 8.5 * 3600
"""Seconds after midnight."""
BANK_FILE = "bank_calls_1999_02_01-14.csv"
TRACES = "HALLTERM_TRACES"
"""Environment variable that names the folder with real traces."""


def visit(
    after: float,
    service: float,
    tier: Tier = Tier.STANDARD,
    *,
    left_after: float | None = None,
    shown_after: float = 0.0,
    line: int = 2,
) -> Visit:
    """Make a customer who comes some seconds after the opening."""
    arrived = OPENING + after
    left = None if left_after is None else arrived + left_after
    grade = Grade.SILVER if tier is Tier.VIP else None
    return Visit(line, arrived, arrived + shown_after, left, service, tier, grade, "payment")


def played(
    folder: Path, visits: list[Visit], staffing: Staffing, day: date = DAY
) -> tuple[Desk, Replayed]:
    """Replay these customers in a new hall; the caller closes the desk."""
    clock = ManualClock(datetime(day.year, day.month, day.day, tzinfo=UTC) - timedelta(days=1))
    with quick_pins():
        desk = create_replay_hall(
            folder / "hall.db", clock, configuration(), staffing.counters, "OFF"
        )
    assert isinstance(desk, Desk)
    trace = Trace(day, sorted(visits, key=lambda one: one.shown))
    return desk, replay(desk, clock, trace, day, staffing, lambda _come, _total: None)


def real_trace() -> Path:
    """Return the real trace, or skip the test and say what is missing."""
    named = os.environ.get(TRACES)
    beside = Path(__file__).parents[3] / "shared" / "data"
    path = Path(named or beside) / BANK_FILE
    if not path.is_file():
        pytest.skip(f"no {BANK_FILE}: set {TRACES} to its folder")
    return path
