"""The floor's pictures besides the usual: how matters end, 16 colours, the widest screens.

The clock stands still.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from textual.screen import Screen

from hallterm.clock import ManualClock
from hallterm.desk import call_backs, checklists, diversions, errands, receptions
from hallterm.domain.call_back.words import CallOutcome
from hallterm.domain.diversion.words import Way
from hallterm.domain.errand.words import ErrandOutcome, ErrandState
from hallterm.domain.reception.words import ReleaseReason
from hallterm.screens.checklist import ChecklistScreen
from tests.screens.arrangement_room import errands_screen, visits
from tests.screens.desk_room import Room, opened_room
from tests.screens.diversion_room import (
    call_backs_screen,
    crowd,
    diversions_screen,
    neighbour,
    promised,
)
from tests.screens.reception_room import (
    checklists_screen,
    ready_to_go,
    reception,
    receptions_screen,
    roster,
    vip,
)
from tests.screens.test_desk_snapshots import Camera, Keys
from tests.screens.test_reception_pictures import half_way, two
from tests.screens.test_snapshots import Compare
from tests.support.hall import done
from tests.support.rulebook import CLERK, COLLEAGUE, GREETER

WALL = (200, 60)
TERMINAL = (80, 24)
LOOKS = pytest.mark.parametrize(
    ("theme", "size"),
    [("sixteen", TERMINAL), ("dark", WALL)],
    ids=["sixteen", "wall"],
)
Make = Callable[[Room], Screen[None]]


@pytest.fixture
def camera(store: Path, clock: ManualClock, snap_compare: Compare) -> Iterator[Camera]:
    with opened_room(store, clock, CLERK) as room:
        room.people()
        neighbour(room)
        roster(room)
        yield Camera(room, snap_compare)


def seen_off(room: Room) -> Screen[None]:
    """The colleague has seen the customer off."""
    ticket_id = vip(room)
    ready_to_go(room, ticket_id)
    done(receptions.close(room.desk, COLLEAGUE, ticket_id))
    return reception(room, ticket_id)


def given_back(room: Room) -> Screen[None]:
    """The receiver was called away; the next one is asked."""
    ticket_id = vip(room)
    done(receptions.accept(room.desk, CLERK, ticket_id))
    room.clock.advance(90)
    reason = ReleaseReason.CALLED_AWAY
    done(receptions.release(room.desk, CLERK, ticket_id, reason))
    return reception(room, ticket_id)


def in_a_list(room: Room) -> Screen[None]:
    two(room)
    return receptions_screen(room)


def seen_off_figures(room: Room) -> Screen[None]:
    seen_off(room)
    return receptions_screen(room)


def ended_checklist(room: Room) -> Screen[None]:
    run_id = checklists.start(room.desk, CLERK, "hall_opening")
    assert isinstance(run_id, str)
    done(checklists.end(room.desk, CLERK, run_id, withdraw=True))
    return ChecklistScreen(room.hall_work().receptions.checklists, run_id)


def due_fault(room: Room) -> Screen[None]:
    """A fault is to be repaired by a time that is over."""
    run_id = checklists.start(room.desk, CLERK, "equipment_fault")
    assert isinstance(run_id, str)
    view = checklists.Checklists(room.desk).view(run_id, CLERK)
    assert view is not None
    timed = next(step for step in view.steps if any(one.due_minutes for one in step.choices))
    chosen = next(one for one in timed.choices if one.due_minutes)
    done(checklists.tick_now(room.desk, CLERK, run_id, timed.step_id, [chosen.choice_id]))
    room.clock.advance(60 * (chosen.due_minutes or 0) + 300)
    return checklists_screen(room)


def calls(room: Room) -> Screen[None]:
    """One in time, one late, one not reached after the last try, one tried, one due, one over."""
    desk = room.desk
    for minutes in (5, 5, 5, 40, 90, 12):
        promised(room, minutes=minutes)
    spoken, late, never, tried, _due, _over = list(desk.hall.call_backs)
    done(call_backs.done(desk, CLERK, spoken, CallOutcome.SETTLED))
    done(call_backs.no_answer(desk, CLERK, tried))
    room.clock.advance(15 * 60)
    done(call_backs.done(desk, CLERK, late, CallOutcome.COMES_AGAIN))
    for _ in range(desk.rules.standards.diversion.call_back_tries):
        done(call_backs.no_answer(desk, CLERK, never))
    return call_backs_screen(room)


def offers(room: Room) -> Screen[None]:
    """One customer thinks an offer over, one has declined two."""
    crowd(room)
    rows = room.hall_work().diversions.page().rows
    first, second = rows[1].ticket.ticket_id, rows[2].ticket.ticket_id
    near, later = (Way.OTHER_HALL, "near"), (Way.APPOINTMENT, None)
    done(diversions.told(room.desk, GREETER, second, near, accepted=None))
    for target in (near, later):
        done(diversions.told(room.desk, GREETER, first, target, accepted=False))
    return diversions_screen(room)


def ended_visits(room: Room) -> Screen[None]:
    """Besides what goes on, one was done and one only in part."""
    visits(room)
    away = [one for one in room.desk.hall.errands.values() if one.state is ErrandState.UNDERWAY]
    done(errands.finish(room.desk, COLLEAGUE, away[0].id, list(ErrandOutcome)[-1]))
    return errands_screen(room)


PICTURES: dict[str, tuple[Make, Keys]] = {
    "seen-off": (seen_off, []),
    "given-back": (given_back, []),
    "receptions": (in_a_list, []),
    "figures": (seen_off_figures, ["f9"]),
    "checklist-ended": (ended_checklist, []),
    "fault-over": (due_fault, []),
    "calls": (calls, []),
    "offers": (offers, []),
    "offer-again": (offers, ["2", "enter"]),
    "visits": (ended_visits, []),
}


@pytest.mark.parametrize("name", PICTURES)
def test_states_that_come_at_the_end(camera: Camera, name: str) -> None:
    made, keys = PICTURES[name]
    assert camera.sees(made, keys)


@LOOKS
@pytest.mark.parametrize("name", PICTURES)
def test_in_sixteen_colours_and_on_a_wall(
    camera: Camera, name: str, theme: str, size: tuple[int, int]
) -> None:
    made, keys = PICTURES[name]
    assert camera.sees(made, keys, size, theme)


@LOOKS
@pytest.mark.parametrize("name", ["card", "places"])
def test_sheets_over_the_steps(
    camera: Camera, name: str, theme: str, size: tuple[int, int]
) -> None:
    ticket_id = half_way(camera.room)
    keys = {"card": ["f10"], "places": ["f6"]}[name]
    assert camera.sees(lambda room: reception(room, ticket_id), keys, size, theme)
