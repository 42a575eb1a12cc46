"""No ticket is called twice or lost: eight processes on one store, and kill -9 among them."""

import random
from collections import Counter
from pathlib import Path

import pytest
import sqlalchemy as sa

from hallterm.store.tables import LoggedEvent, table_of
from tests.support.crowd import CLERKS, Crowd, people_come
from tests.support.hall import enter
from tests.support.truth import assert_true_to_log


def calls_in(store: Path) -> Counter[str]:
    """Check the store against its log, and count the calls of each ticket in it."""
    events = table_of(LoggedEvent)
    desk = enter(store)
    assert_true_to_log(desk.connection)
    called = sa.select(events.c.aggregate_id).where(events.c.type == "ticket_called")
    counted = Counter(desk.connection.execute(called).scalars())
    assert list(desk.hall.open_tickets()) == []
    desk.close()
    return counted


def test_eight_processes_call_two_thousand_tickets_once_each(store: Path) -> None:
    tickets = people_come(store, 2000)
    confirmed: list[str] = []
    ready = 0
    with Crowd(store) as crowd:
        for _, word, *what in crowd.heard():
            confirmed += what if word == "called" else []
            ready += word == "ready"
            if word == "ready" and ready == len(CLERKS):
                for staff_id in CLERKS:
                    crowd.go(staff_id)
    assert sorted(confirmed) == sorted(tickets)
    assert calls_in(store) == Counter(tickets)


def kill_and_replace(crowd: Crowd, chance: random.Random, *, everybody: bool) -> None:
    """Kill one process, or all at once, and start new ones for the same clerks."""
    victims = crowd.running if everybody else chance.sample(crowd.running, 1)
    for staff_id in victims:
        crowd.kill(staff_id)
    for staff_id in victims:
        crowd.start(staff_id)


@pytest.mark.parametrize(
    ("seed", "count", "kills"),
    [(1, 600, 4), *(pytest.param(n, 2000, 25, marks=pytest.mark.soak) for n in range(2, 8))],
)
def test_kill_at_any_moment_loses_nothing_confirmed(
    store: Path, seed: int, count: int, kills: int
) -> None:
    tickets = people_come(store, count)
    chance = random.Random(seed)  # noqa: S311 - repeatable, no secret
    moments = sorted(chance.sample(range(1, count - 100), kills))
    confirmed: list[str] = []
    with Crowd(store) as crowd:
        for staff_id, word, *what in crowd.heard():
            confirmed += what if word == "called" else []
            if word == "ready" and crowd.is_alive(staff_id, *what):
                crowd.go(staff_id)
            if moments and len(confirmed) >= moments[0]:
                everybody = len(moments) == kills // 2
                moments.pop(0)
                kill_and_replace(crowd, chance, everybody=everybody)
    called = calls_in(store)
    assert not moments
    assert set(confirmed) <= set(called)
    assert called == Counter(tickets)
    assert len(confirmed) == len(set(confirmed))
