"""The ticket desk, later: a card shown late, a tier put right, a customer who comes back."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from hallterm.clock import ManualClock
from hallterm.desk import calling
from hallterm.desk.tickets import Issued
from hallterm.domain.ticket.commands import PassOver
from hallterm.domain.ticket.words import TicketState
from hallterm.domain.tiers import Grade, Tier
from tests.screens.desk_room import (
    Room,
    morning,
    opened_room,
    pass_time,
    press,
    queue,
    said,
    settled,
    shown,
    ticket,
)
from tests.support.hall import done, sit
from tests.support.rulebook import CLERK


@pytest.fixture
def room(store: Path, clock: ManualClock) -> Iterator[Room]:
    with opened_room(store, clock) as room:
        room.people()
        yield room


def only(room: Room) -> Issued:
    assert len(room.slips) == 1
    return room.slips[0]


async def test_a_card_shown_late_upgrades_a_waiting_ticket(room: Room) -> None:
    queue(room)
    app = room.app(room.tickets_screen)
    async with app.run_test() as pilot:
        await settled(pilot)
        await press(pilot, "f10", *"A001", "enter", "1", *"zw", "enter")
        text = shown(pilot)
        assert "A001 从 其他 改为 VIP金？" in text
        assert "从出示的 09:04 起重新计时，时限 10 分钟" in text
        await press(pilot, "f9")
        assert ticket(room, "A001").tier is Tier.STANDARD, "a key meant for the screen below"
        await pass_time(room, pilot, 1)
        await press(pilot, "f9")
        changed = ticket(room, "A001")
        assert (changed.tier, changed.grade) == (Tier.VIP, Grade.GOLD)
        assert changed.arrived_at < changed.leg.clock_from


async def test_the_card_shows_what_holds_now(room: Room) -> None:
    app = room.app(room.tickets_screen)
    async with app.run_test() as pilot:
        await settled(pilot)
        await press(pilot, "f2", "0", "2", "enter")
        assert "A001   其他   散客   缴费" in shown(pilot)
        await press(pilot, "f10", "enter", "1", *"zw", "enter")
        await pass_time(room, pilot, 1)
        await press(pilot, "f9")
        assert "A001   VIP金   张伟   缴费" in shown(pilot)
        await press(pilot, "f10", "enter", "2", "4")
        await pass_time(room, pilot, 1)
        await press(pilot, "f9")
        assert "A001   全球通   张伟   缴费" in shown(pilot)
        sit(room.desk)
        done(calling.call_next(room.desk, CLERK))
        await press(pilot, "f10", "escape")
        assert "A001   全球通   张伟   缴费   已叫号" in shown(pilot)
        assert "前面几位" not in shown(pilot)


async def test_the_card_of_an_undone_ticket_goes(room: Room) -> None:
    app = room.app(room.tickets_screen)
    async with app.run_test() as pilot:
        await settled(pilot)
        await press(pilot, "f2", "0", "2", "enter", "f8", "1")
        assert "已撤销" in said(pilot)
        assert "前面几位" not in shown(pilot)
        await press(pilot, "f11")
        assert said(pilot) == "还没有取过号。"


async def test_a_wrong_tier_is_put_right_downward(room: Room) -> None:
    queue(room)
    app = room.app(room.tickets_screen)
    async with app.run_test() as pilot:
        await settled(pilot)
        await press(pilot, "f10", *"V001", "enter", "2", "5")
        assert "时限 30 分钟，还余 26:00" in shown(pilot)
        await pass_time(room, pilot, 1)
        await press(pilot, "f9")
        assert ticket(room, "V001").tier is Tier.STANDARD
        await press(pilot, "f10", *"V001", "enter", "2", "5")
        assert said(pilot) == "V001 已经是这个级别"


async def test_a_customer_passed_over_comes_back(room: Room) -> None:
    morning(room)
    app = room.app(room.tickets_screen)
    async with app.run_test() as pilot:
        await settled(pilot)
        await press(pilot, "f10", *"G001", "enter")
        assert "回到队里，另起一个时限" in shown(pilot)
        await press(pilot, "1")
        assert ticket(room, "G001").state is TicketState.WAITING
        assert "G001 已回到队里" in said(pilot)


async def test_who_was_called_late_keeps_the_clock(room: Room) -> None:
    queue(room)
    sit(room.desk)
    room.clock.advance(1_800)
    done(calling.call_next(room.desk, CLERK))
    done(room.desk.act(CLERK, PassOver(ticket_id=ticket(room, "V001").id)))
    before = ticket(room, "V001").leg
    app = room.app(room.tickets_screen)
    async with app.run_test() as pilot:
        await settled(pilot)
        await press(pilot, "f10", *"V001", "enter")
        assert "回到队里，时限照原来的算，不另起" in shown(pilot)
        await press(pilot, "1")
        assert ticket(room, "V001").state is TicketState.WAITING
        assert ticket(room, "V001").leg.clock_from == before.clock_from
