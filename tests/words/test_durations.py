"""How long and when, as people read it."""

import math
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hallterm.words.durations import (
    about_minutes,
    about_range,
    clock,
    likely_minutes,
    minutes_seconds,
)


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0, "00:00"),
        (-0.5, "00:00"),
        (-9000, "00:00"),
        (59.999, "00:59"),
        (440, "07:20"),
        (5999, "99:59"),
        (6000, "1:40:00"),
        (7510, "2:05:10"),
        (math.inf, "99:59:59"),
        (-math.inf, "00:00"),
        (math.nan, "00:00"),
    ],
)
def test_minutes_seconds(seconds: float, text: str) -> None:
    assert minutes_seconds(seconds) == text


@given(st.integers(0, 359_999))
def test_a_duration_can_be_read_back(seconds: int) -> None:
    total = 0
    for part in minutes_seconds(seconds).split(":"):
        total = total * 60 + int(part)
    assert total == seconds


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(-5, "不到 1 分钟"), (59, "不到 1 分钟"), (60, "约 1 分钟"), (421, "约 8 分钟")],
)
def test_about_minutes(seconds: float, text: str) -> None:
    assert about_minutes(seconds) == text


@pytest.mark.parametrize(
    ("wait", "low", "high", "text"),
    [
        (10, 0, 50, "不到 1 分钟"),
        (30, 0, 110, "不到 1 分钟，多半在 2 分钟以内"),
        (700, 500, 1000, "约 12 分钟，多半 8 到 17 分钟"),
        (420, 420, 420, "约 7 分钟，多半 7 分钟"),
    ],
)
def test_a_wait_with_its_range(wait: float, low: float, high: float, text: str) -> None:
    assert about_range(wait, low, high) == text


@given(st.floats(0, 1e6), st.floats(0, 1e6))
def test_a_range_never_runs_backwards(one: float, other: float) -> None:
    words = likely_minutes(min(one, other), max(one, other))
    figures = [int(part) for part in words.split() if part.isdigit()]
    assert figures == sorted(figures)


def test_clock_needs_a_zone() -> None:
    china = timezone(timedelta(hours=8))
    assert clock(datetime(2026, 3, 1, 1, 5, tzinfo=UTC), china) == "09:05"
    with pytest.raises(ValueError, match="zone"):
        clock(datetime(2026, 3, 1, 1, 5))  # noqa: DTZ001 - a naive moment is what is tested
