"""What the counter's end of the service ticks, as the receiver sees it at another terminal."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from hallterm.clock import ManualClock
from hallterm.desk import receptions
from hallterm.domain.ticket.commands import UndoAction
from hallterm.domain.ticket.words import Outcome, UndoReason
from tests.screens.desk_room import Room, opened_room, pass_time, press, said, settled, shown
from tests.screens.reception_room import reception, roster, served, vip
from tests.support.hall import done
from tests.support.rulebook import CLERK, COLLEAGUE


@pytest.fixture
def room(store: Path, clock: ManualClock) -> Iterator[Room]:
    with opened_room(store, clock, CLERK) as room:
        room.people()
        roster(room)
        yield room


def received(room: Room) -> str:
    ticket_id = vip(room)
    done(receptions.accept(room.desk, CLERK, ticket_id))
    return ticket_id


def line_of(text: str, title: str) -> str:
    return next(line for line in text.splitlines() if title in line)


async def test_the_receiver_sees_it_ticked_by_the_counter_s_clerk(room: Room) -> None:
    ticket_id = received(room)
    app = room.app(lambda: reception(room, ticket_id))
    async with app.run_test() as pilot:
        await settled(pilot)
        await press(pilot, "8")
        assert "窗口办结就自己记上" in shown(pilot)
        served(room, ticket_id)
        await pass_time(room, pilot, 1)
        assert said(pilot) == "窗口已办结，「在 VIP 席办结」自己记上了：当场办好。"
        solved = line_of(shown(pilot), "在 VIP 席办结")
        assert "✓" in solved
        assert "当场办好" in solved
        assert solved.rstrip().endswith("随办结 09:00 员工1002")
        undo = UndoAction(ticket_id=ticket_id, reason=UndoReason.WRONG_CUSTOMER)
        done(room.desk.act(COLLEAGUE, undo))
        await pass_time(room, pilot, 1)
        assert "✓" not in line_of(shown(pilot), "  在 VIP 席办结")
        assert said(pilot) == "窗口撤销了办结，「在 VIP 席办结」还没有做。"


async def test_the_receiver_answers_otherwise_with_the_same_key(room: Room) -> None:
    ticket_id = received(room)
    served(room, ticket_id)
    app = room.app(lambda: reception(room, ticket_id))
    async with app.run_test() as pilot:
        await settled(pilot)
        await press(pilot, "8")
        assert "另选" in shown(pilot)
        await press(pilot, "enter", "4")
        entry = room.desk.hall.runs[ticket_id].entry("solve")
        assert entry is not None
        assert (entry.staff_id, entry.choices) == (CLERK.staff_id, ("passed_on",))
        await press(pilot, "8", "enter")
        assert said(pilot) == "「在 VIP 席办结」已经记过了。"


async def test_what_could_not_be_done_is_answered_by_a_person(room: Room) -> None:
    ticket_id = received(room)
    served(room, ticket_id, Outcome.NOT_POSSIBLE_HERE)
    app = room.app(lambda: reception(room, ticket_id))
    async with app.run_test() as pilot:
        await settled(pilot)
        await press(pilot, "8", "enter", "3")
        assert said(pilot) == "已记：在 VIP 席办结。"
        assert "约好上门或配送" in line_of(shown(pilot), "在 VIP 席办结")


async def test_undo_in_the_reception_leaves_what_came_by_itself(room: Room) -> None:
    ticket_id = received(room)
    served(room, ticket_id)
    assert receptions.undo_words(room.desk, COLLEAGUE, ticket_id) == ""
