"""Views of the hall: what is worked out anew, and when."""

from datetime import datetime
from pathlib import Path

import pytest

from hallterm.clock import ManualClock
from hallterm.desk.board import OUTLOOK_SECONDS, Board
from hallterm.desk.desk import Desk
from hallterm.desk.queueing import outlook
from hallterm.dispatch.forecast import Expected
from tests.support.hall import enter, sit, take
from tests.support.rulebook import CLERK, MORNING


@pytest.fixture
def looked(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Moments at which the hall was run forward."""
    moments: list[float] = []

    def told(desk: Desk, now: datetime) -> dict[str, Expected]:
        moments.append(now.timestamp())
        return outlook(desk, now)

    monkeypatch.setattr("hallterm.desk.board.outlook", told)
    return moments


def test_waits_of_an_unchanged_hall_are_kept_for_a_while(store: Path, looked: list[float]) -> None:
    clock = ManualClock(MORNING)
    desk = enter(store, clock)
    sit(desk)
    first = take(desk)
    views = Board(desk)
    assert views.counter(CLERK).hall.waiting[0].expected_wait is not None
    clock.advance(OUTLOOK_SECONDS / 2)
    assert views.counter(CLERK).hall.waiting[0].ticket_id == first
    assert len(looked) == 1
    clock.advance(OUTLOOK_SECONDS / 2)
    views.counter(CLERK)
    assert len(looked) == 2
    clock.advance(-3600)
    views.counter(CLERK)
    assert len(looked) == 3, "a clock that was set back"
    desk.close()


def test_a_change_is_in_the_waits_at_once(store: Path, looked: list[float]) -> None:
    desk = enter(store)
    sit(desk)
    take(desk)
    views = Board(desk)
    views.counter(CLERK)
    second = take(desk)
    rows = views.counter(CLERK).hall.waiting
    assert rows[1].ticket_id == second
    assert rows[1].expected_wait is not None
    assert len(looked) == 2
    desk.close()
