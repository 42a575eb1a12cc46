"""From the counter and the board to the customer, and to a card shown late."""

from pathlib import Path

from hallterm.clock import ManualClock
from hallterm.domain.tiers import Grade
from hallterm.screens.board import BoardScreen
from hallterm.screens.counter import CounterScreen
from tests.screens.desk_room import (
    opened_room,
    pass_time,
    press,
    queue,
    said,
    settled,
    shown,
    ticket,
)
from tests.support.hall import sit
from tests.support.rulebook import CLERK, FIRST


async def test_the_counter_shows_its_customer(store: Path, clock: ManualClock) -> None:
    with opened_room(store, clock, CLERK) as room:
        room.people()
        queue(room)
        sit(room.desk, CLERK, FIRST)
        app = room.app(lambda: CounterScreen(room.hall_work().hall))
        async with app.run_test() as pilot:
            await settled(pilot)
            await press(pilot, "ctrl+k")
            assert "没有客户" in said(pilot)
            await press(pilot, "f2", "ctrl+k")
            assert "VIP 钻石卡" in shown(pilot)
            await press(pilot, "escape")
            assert "下一位" in shown(pilot)


async def test_the_board_upgrades_a_ticket(store: Path, clock: ManualClock) -> None:
    with opened_room(store, clock) as room:
        room.people()
        queue(room)
        app = room.app(lambda: BoardScreen(room.hall_work().hall))
        async with app.run_test() as pilot:
            await settled(pilot)
            await press(pilot, "end", "enter")
            assert "A002" in shown(pilot)
            await press(pilot, "2", *"zw", "enter")
            await pass_time(room, pilot, 1)
            await press(pilot, "f9")
            assert ticket(room, "A002").grade is Grade.GOLD
            await press(pilot, "home", "enter")
            assert "客户资料" in shown(pilot)
