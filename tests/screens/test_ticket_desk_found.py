"""The ticket desk: who is found by what is typed, pasted or thrown at it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from hallterm.clock import ManualClock
from hallterm.desk.tickets import Issued
from hallterm.screens.ticket_desk import TicketDeskScreen
from tests.screens.desk_room import (
    Room,
    burst,
    opened_room,
    paste,
    press,
    queue,
    said,
    settled,
    shown,
    typing,
)

HOSTILE = [
    "[/b]",
    "[red]张[/]",
    "😀👨‍👩‍👧",
    "𠮷𪚥",
    "a\x1b[31m\x00\x07b",
    "长" * 10_000,
    "1" * 10_000,
    "\u202e\ufeff",
    "%_'\";--",
]


@pytest.fixture
def room(store: Path, clock: ManualClock) -> Iterator[Room]:
    with opened_room(store, clock) as room:
        room.people()
        yield room


def only(room: Room) -> Issued:
    assert len(room.slips) == 1
    return room.slips[0]


async def test_who_is_found_how(room: Room) -> None:
    app = room.app(room.tickets_screen)
    async with app.run_test() as pilot:
        await settled(pilot)
        for typed, name in (
            ("13700131234", "王芳"),
            ("V8800", "张伟"),
            ("sxx", "单雄信"),
            ("lxh", "李小红"),
            ("单", "单雄信"),
            ("１３９００１３５６７８", "单雄信"),
            ("91110108MA01ABCD2X", "宏达商贸有限公司"),
        ):
            await press(pilot, *typing(typed))
            screen = pilot.app.screen
            assert isinstance(screen, TicketDeskScreen)
            row = screen.under_cursor
            assert row is not None, typed
            assert row.view.person_id == room.ids[name], typed
            await press(pilot, "escape")
        await press(pilot, *"123")
        assert "再输 1 位" in shown(pilot)
        await press(pilot, "4")
        assert "找到 2 位" in shown(pilot)
        assert shown(pilot).index("VIP金") < shown(pilot).index("全球通")
        await press(pilot, "down")
        screen = pilot.app.screen
        assert isinstance(screen, TicketDeskScreen)
        assert screen.under_cursor is not None
        assert screen.under_cursor.view.name == "王芳"


async def test_twenty_are_listed_and_the_rest_is_counted(room: Room) -> None:
    for number in range(25):
        room.person(f"赵{number:02}", phone=f"133000{number:05}")
    app = room.app(room.tickets_screen)
    async with app.run_test() as pilot:
        await settled(pilot)
        await press(pilot, "赵")
        assert "列出前 20 位，还有 5 位" in shown(pilot)


async def test_a_refusal_goes_when_somebody_is_found(room: Room) -> None:
    app = room.app(room.tickets_screen)
    async with app.run_test() as pilot:
        await settled(pilot)
        await press(pilot, *"98765", "enter")
        assert "没有这位客户" in said(pilot)
        await press(pilot, *["backspace"] * 5, *"123")
        assert "没有这位客户" in said(pilot)
        await press(pilot, "4")
        assert not said(pilot)


async def test_a_refusal_goes_when_a_walk_in_begins(room: Room) -> None:
    app = room.app(room.tickets_screen)
    async with app.run_test() as pilot:
        await settled(pilot)
        await press(pilot, "enter")
        assert said(pilot) == "先输入号码或姓名；没有号码按 F2。"
        await press(pilot, "f2")
        assert said(pilot) == ""


async def test_who_waits_already_is_told_the_number(room: Room) -> None:
    queue(room)
    app = room.app(room.tickets_screen)
    async with app.run_test() as pilot:
        await settled(pilot)
        await press(pilot, *"5678")
        assert "已取 V001" in shown(pilot)
        await press(pilot, "enter")
        assert "这位客户已有号票 V001" in shown(pilot)
        await press(pilot, "3")
        assert only(room).ticket.number == "V001"
        assert len(room.desk.hall.tickets) == 4


@pytest.mark.parametrize("keys", [("end",), ("down",), ("pagedown",), ("end", "home", "end")])
async def test_the_row_under_the_cursor_is_opened_however_fast(
    room: Room, keys: tuple[str, ...]
) -> None:
    queue(room)
    app = room.app(room.tickets_screen)
    async with app.run_test() as pilot:
        await settled(pilot)
        await press(pilot, "f10")
        await burst(pilot, "a", *keys, "enter")
        assert "A002  其他" in shown(pilot)


async def test_arrows_wait_for_what_is_being_looked_for(room: Room) -> None:
    app = room.app(room.tickets_screen)
    async with app.run_test() as pilot:
        await settled(pilot)
        await burst(pilot, *"1234", "end", "enter", "0", "2", "enter")
        assert only(room).ticket.person_id == room.ids["王芳"]
        await press(pilot, "f2", "f7")
        await burst(pilot, *"1234", "end", "enter")
        assert "王芳" in shown(pilot)


async def test_the_first_line_of_a_paste_is_looked_for(room: Room) -> None:
    app = room.app(room.tickets_screen)
    async with app.run_test() as pilot:
        await settled(pilot)
        await paste(pilot, "\x1b\n\t １３９００１３５６７８ \r\n13700131234\n")
        assert "13900135678" in shown(pilot)
        assert "单雄信" in shown(pilot)
        await press(pilot, "escape")
        await paste(pilot, "\n\x00\n")
        assert said(pilot) == "粘贴的内容里没有文字。"
        await paste(pilot, "字" * 5_000_000)
        assert said(pilot) == "太长，只留前 100 字。"


@pytest.mark.parametrize("text", HOSTILE)
async def test_hostile_text_is_survived(room: Room, text: str) -> None:
    app = room.app(room.tickets_screen)
    async with app.run_test() as pilot:
        await settled(pilot)
        await paste(pilot, text)
        await press(pilot, "enter", "f9", "escape", "escape")
        await press(pilot, "f10")
        await press(pilot, "escape", "f2", "f3")
        await paste(pilot, text)
        await press(pilot, "enter", "escape", "f7")
        await paste(pilot, text)
        await press(pilot, "enter", "escape", "0", "2", "enter")
        assert only(room).ticket.number == "A001"


async def test_a_hostile_name_is_shown_as_it_is(room: Room) -> None:
    app = room.app(room.tickets_screen)
    async with app.run_test() as pilot:
        await settled(pilot)
        await press(pilot, *"15112340000")
        assert "[/b]𠮷田" in shown(pilot)
        await press(pilot, "enter", "0", "2", "enter")
        assert "[/b]𠮷田" in shown(pilot)
