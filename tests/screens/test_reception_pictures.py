"""Pictures of receptions and checklists. The clock stands still."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.screen import Screen

from hallterm.clock import ManualClock
from hallterm.desk import checklists, receptions
from hallterm.desk.checklists import Ticking
from hallterm.domain.checklist.words import SkipReason
from hallterm.domain.ticket.words import Outcome, UndoReason
from hallterm.domain.tiers import Grade
from tests.screens.desk_room import Room, opened_room
from tests.screens.reception_room import (
    checklists_screen,
    reception,
    receptions_screen,
    roster,
    served,
    vip,
)
from tests.screens.test_desk_snapshots import SIZES, Camera, Keys
from tests.screens.test_snapshots import Compare
from tests.support.hall import done
from tests.support.rulebook import CLERK, COLLEAGUE, STORE_MANAGER


@pytest.fixture
def camera(store: Path, clock: ManualClock, snap_compare: Compare) -> Iterator[Camera]:
    with opened_room(store, clock, CLERK) as room:
        room.people()
        roster(room)
        yield Camera(room, snap_compare)


@pytest.fixture
def managers(store: Path, clock: ManualClock, snap_compare: Compare) -> Iterator[Camera]:
    with opened_room(store, clock, STORE_MANAGER) as room:
        room.people()
        roster(room)
        yield Camera(room, snap_compare)


def two(room: Room) -> None:
    """One VIP waits too long, another one is received."""
    vip(room)
    room.clock.advance(200)
    received = vip(room, "单雄信", Grade.DIAMOND)
    done(receptions.accept(room.desk, COLLEAGUE, received))
    done(receptions.guide(room.desk, COLLEAGUE, received, "c1"))
    done(checklists.tick_now(room.desk, COLLEAGUE, received, "greet"))
    room.clock.advance(120)
    receptions.escalate_due(room.desk)


def told_before(room: Room) -> str:
    """A visit at which services were introduced, then a new one; answers with its ticket's id."""
    first = vip(room)
    done(receptions.accept(room.desk, CLERK, first))
    chosen = ("priority_hotline", "easy_boarding")
    done(checklists.tick_now(room.desk, CLERK, first, "club_services", chosen))
    room.clock.advance(86_400)
    room.desk.refresh()
    return vip(room)


def half_way(room: Room) -> str:
    """A reception with steps done, late, skipped and open."""
    ticket_id = told_before(room)
    desk = room.desk
    done(receptions.accept(desk, CLERK, ticket_id))
    arrived = room.clock.now()
    room.clock.advance(400)
    late = [Ticking(step_id=step, happened_at=arrived) for step in ("greet", "tea")]
    done(checklists.tick(desk, CLERK, ticket_id, late))
    done(checklists.tick_now(desk, COLLEAGUE, ticket_id, "verify", ["card_shown"]))
    skip = SkipReason.HURRIED
    done(checklists.skip(desk, CLERK, ticket_id, "guide", skip))
    done(checklists.tick_now(desk, CLERK, ticket_id, "need", ["as_ticket", "query"]))
    done(checklists.undo(desk, CLERK, ticket_id, "need", UndoReason.WRONG_KEY))
    return ticket_id


LIST: dict[str, Keys] = {
    "list": [],
    "pin": ["f3", *"1002"],
    "whose": ["insert"],
}
STEPS: dict[str, Keys] = {
    "steps": [],
    "second-page": ["pagedown"],
    "choice": ["1", "enter"],
    "services": ["9", "enter", "2", "5"],
    "places": ["f6"],
    "late": ["f5", "5", "6"],
    "late-when": ["f5", "5", "6", "enter"],
    "skip": ["f4"],
    "undo": ["4", "f8"],
    "card": ["f10"],
    "left": ["f11"],
    "release": ["f7"],
}


@SIZES
@pytest.mark.parametrize("name", ["list", "pin", "whose"])
def test_list(camera: Camera, name: str, size: tuple[int, int]) -> None:
    two(camera.room)
    assert camera.sees(receptions_screen, LIST[name], size)


@pytest.mark.parametrize("keys", [[], ["f5"], ["f5", "enter", "1"]], ids=["", "roster", "duty"])
def test_managers_list(managers: Camera, keys: Keys) -> None:
    two(managers.room)
    assert managers.sees(receptions_screen, keys)


def test_nobody_to_receive(camera: Camera) -> None:
    assert camera.sees(receptions_screen, [])


@SIZES
def test_strip_over_the_ticket_desk(camera: Camera, size: tuple[int, int]) -> None:
    two(camera.room)
    assert camera.sees(lambda room: room.tickets_screen(), [], size)


@SIZES
@pytest.mark.parametrize("name", STEPS)
def test_steps(camera: Camera, name: str, size: tuple[int, int]) -> None:
    ticket_id = half_way(camera.room)
    assert camera.sees(lambda room: reception(room, ticket_id), STEPS[name], size)


@pytest.mark.parametrize("name", ["steps", "services", "late"])
def test_steps_in_sixteen_colours(camera: Camera, name: str) -> None:
    ticket_id = half_way(camera.room)
    assert camera.sees(lambda room: reception(room, ticket_id), STEPS[name], theme="sixteen")


def test_steps_before_anybody_has_the_customer(camera: Camera) -> None:
    ticket_id = vip(camera.room)
    assert camera.sees(lambda room: reception(room, ticket_id), [])


@pytest.mark.parametrize("outcome", [Outcome.COMPLETED, Outcome.NOT_POSSIBLE_HERE])
def test_the_service_has_ended_at_the_counter(camera: Camera, outcome: Outcome) -> None:
    ticket_id = half_way(camera.room)
    served(camera.room, ticket_id, outcome)
    assert camera.sees(lambda room: reception(room, ticket_id), ["8"])


def test_steps_on_a_wall(camera: Camera) -> None:
    ticket_id = half_way(camera.room)
    assert camera.sees(lambda room: reception(room, ticket_id), [], (200, 60))


CHECKLISTS: dict[str, Keys] = {
    "menu": [],
    "fault": [*"2", "enter", "enter", "2", "enter", "enter", "1"],
}


def lists(room: Room) -> Screen[None]:
    return checklists_screen(room)


@SIZES
@pytest.mark.parametrize("name", CHECKLISTS)
def test_checklists(camera: Camera, name: str, size: tuple[int, int]) -> None:
    vip(camera.room)
    assert camera.sees(lists, CHECKLISTS[name], size)
