"""The checklists of the hall from the menu: opened, worked through, a time limit, given up."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from hallterm.clock import ManualClock
from hallterm.domain.checklist.words import RunEnd
from hallterm.screens.checklist import ChecklistScreen
from tests.screens.desk_room import Room, opened_room, pass_time, press, queue, said, settled, shown
from tests.screens.reception_room import checklists_screen
from tests.support.rulebook import CLERK


@pytest.fixture
def room(store: Path, clock: ManualClock) -> Iterator[Room]:
    with opened_room(store, clock, CLERK) as room:
        room.people()
        queue(room)
        yield room


def line_of(text: str, title: str) -> str:
    """The number in front of a title."""
    row = next(line for line in text.splitlines() if f"  {title}" in line or f" {title} " in line)
    return next(sign for sign in row if sign.isdigit())


async def test_a_fault_with_its_time_limit(room: Room) -> None:
    app = room.app(lambda: checklists_screen(room))
    async with app.run_test() as pilot:
        await settled(pilot)
        assert "开门" in shown(pilot), "at nine the opening is offered"
        await press(pilot, line_of(shown(pilot), "设备故障报修"), "enter")
        assert isinstance(app.screen, ChecklistScreen)
        await press(pilot, "enter", "2", "enter", "enter", "1")
        assert "限 11:04  还有 2:00:00" in shown(pilot)
        await press(pilot, "f9")
        assert said(pilot) == "还有 3 步没做，先做「告诉值班经理」或写明为什么跳过"
        await press(pilot, "escape")
        assert "还有 2:00:00" in shown(pilot)
        await pass_time(room, pilot, 7300)
        assert "已超 01:40" in shown(pilot)
        await press(pilot, "1", "enter")
        await press(pilot, "enter", "enter", "2", "f4", "5")
        await press(pilot, "f9")
        assert said(pilot) == "这份步骤单做完了。"
        (run,) = (r for r in room.desk.hall.runs.values() if r.template_id == "equipment_fault")
        assert run.end is RunEnd.FINISHED


async def test_begun_by_mistake(room: Room) -> None:
    app = room.app(lambda: checklists_screen(room))
    async with app.run_test() as pilot:
        await settled(pilot)
        await press(pilot, line_of(shown(pilot), "开门"), "enter", "enter", "f8", "1")
        assert said(pilot) == "已撤销：到岗、仪容、工牌。"
        await press(pilot, "f11")
        await pass_time(room, pilot, 1)
        await press(pilot, "f9")
        assert said(pilot) == "已作罢。"
        (run,) = (r for r in room.desk.hall.runs.values() if r.template_id == "hall_opening")
        assert run.end is RunEnd.WITHDRAWN
        await press(pilot, "f9")
        assert said(pilot) == "已经结束，不能再改。"
