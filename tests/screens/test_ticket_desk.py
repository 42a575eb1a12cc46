"""The ticket desk: from a customer to a number, counted in keys."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from hallterm.clock import ManualClock
from hallterm.desk.tickets import Issued
from hallterm.domain.ticket.words import HelpFlag, TicketState
from hallterm.domain.tiers import Grade, Tier
from hallterm.screens.shell import Bars
from hallterm.words.durations import likely_minutes
from tests.screens.desk_room import (
    Room,
    burst,
    opened_room,
    pass_time,
    press,
    queue,
    said,
    settled,
    shown,
    typing,
)


@pytest.fixture
def room(store: Path, clock: ManualClock) -> Iterator[Room]:
    with opened_room(store, clock) as room:
        room.people()
        yield room


def only(room: Room) -> Issued:
    assert len(room.slips) == 1
    return room.slips[0]


async def test_a_walk_in_takes_four_keys(room: Room) -> None:
    app = room.app(room.tickets_screen)
    async with app.run_test() as pilot:
        await settled(pilot)
        keys = ("f2", "0", "2", "enter")
        await press(pilot, *keys)
        issued = only(room)
        assert len(keys) <= 5
        assert (issued.ticket.number, issued.ticket.tier) == ("A001", Tier.STANDARD)
        assert [line.business_id for line in issued.ticket.businesses] == ["payment"]
        assert "已取号 A001" in said(pilot)


async def test_a_known_number_takes_the_number_and_four_keys(room: Room) -> None:
    app = room.app(room.tickets_screen)
    async with app.run_test() as pilot:
        await settled(pilot)
        await press(pilot, *"5678", "enter", "0", "3", "enter")
        ticket = only(room).ticket
        assert (ticket.tier, ticket.grade) == (Tier.VIP, Grade.DIAMOND)
        assert ticket.person_id == room.ids["单雄信"]


async def test_fast_hands_lose_nothing(room: Room) -> None:
    """All keys arrive before the desk has answered any of them."""
    app = room.app(room.tickets_screen)
    async with app.run_test() as pilot:
        await settled(pilot)
        await burst(pilot, *"13900135678", "enter", "0", "3", "0", "2", "enter")
        await burst(pilot, *"1234")
        await burst(pilot, "down", "enter", "0", "2", "enter")
        assert room.slips.pop().ticket.person_id == room.ids["王芳"], "the arrow came before Enter"
        await burst(pilot, "f2", "0", "2", "enter")
        await burst(pilot, "f2", "x", "0", "6", "enter")
        await burst(pilot, *"00000", "enter", "z", "w")
        assert "没有这位客户" in said(pilot)
        assert "00000zw" in shown(pilot)
        known, first, second = room.slips
        assert known.ticket.person_id == room.ids["单雄信"]
        assert [b.business_id for b in known.ticket.businesses] == ["replace_sim", "payment"]
        assert [first.ticket.number, second.ticket.number] == ["A001", "A002"]


async def test_the_clock_starts_when_identity_is_shown(room: Room) -> None:
    app = room.app(room.tickets_screen)
    async with app.run_test() as pilot:
        await settled(pilot)
        await press(pilot, *"1234")
        await pass_time(room, pilot, 20)
        shown_at = room.clock.now()
        await press(pilot, "enter")
        assert "V I P   金 卡" in shown(pilot)
        await pass_time(room, pilot, 45)
        assert "已等 00:45" in shown(pilot)
        await press(pilot, "0", "2", "enter")
        ticket = only(room).ticket
        assert ticket.shown_at == ticket.leg.clock_from == shown_at


async def test_a_walk_in_who_shows_a_number_keeps_arrival_and_businesses(room: Room) -> None:
    app = room.app(room.tickets_screen)
    async with app.run_test() as pilot:
        await settled(pilot)
        arrived = room.clock.now()
        await press(pilot, "f2", "0", "3")
        await pass_time(room, pilot, 60)
        await press(pilot, "f3", *"zw", "enter", "enter")
        ticket = only(room).ticket
        assert (ticket.number, ticket.grade) == ("V001", Grade.GOLD)
        assert (ticket.arrived_at, ticket.shown_at) == (arrived, room.clock.now())
        assert ticket.group


async def test_documents_care_and_agent(room: Room) -> None:
    app = room.app(room.tickets_screen)
    async with app.run_test() as pilot:
        await settled(pilot)
        await press(pilot, *typing("宏达"), "enter")
        assert "请按 F7 登记经办人" in shown(pilot)
        await press(pilot, "0", "1", "0", "3")
        assert "盖公章" not in shown(pilot)
        await press(pilot, "f7", *"zw", "enter")
        assert "盖公章" in shown(pilot)
        await press(pilot, "f5", "2")
        assert "缺 1 样" in shown(pilot)
        await press(pilot, "f6", "1", "6", "2", "2", "enter")
        issued = only(room)
        ticket = issued.ticket
        assert ticket.agent_id == room.ids["张伟"]
        assert ticket.person_id == room.ids["宏达商贸有限公司"]
        assert ticket.flags == (HelpFlag.OLD,)
        assert ticket.special
        assert issued.documents_missing == ("经办人身份证原件",)


async def test_a_company_without_an_agent_is_asked_about(room: Room) -> None:
    app = room.app(room.tickets_screen)
    async with app.run_test() as pilot:
        await settled(pilot)
        await press(pilot, *typing("宏达"), "enter", "0", "2", "enter")
        assert "没有登记经办人" in said(pilot)
        assert not room.slips
        await press(pilot, "enter")
        assert only(room).ticket.agent_id is None


async def test_codes_are_two_digits_and_taken_back(room: Room) -> None:
    app = room.app(room.tickets_screen)
    async with app.run_test() as pilot:
        await settled(pilot)
        await press(pilot, "f2", "9", "9")
        assert said(pilot) == "没有业务码 99。"
        await press(pilot, "0", "enter")
        assert said(pilot) == "业务码要两位数字。"
        await press(pilot, "2")
        assert not said(pilot), "the code is whole now"
        await press(pilot, "０", "３", "0", "2", "enter")
        assert [b.business_id for b in only(room).ticket.businesses] == ["replace_sim"]
        await press(pilot, "f2", "0", "2", "0", "backspace", "backspace", "enter")
        assert said(pilot) == "至少选一项业务"
        for code in ("01", "02", "03", "04", "05", "06", "07", "08", "09"):
            await press(pilot, *code)
        await press(pilot, "1", "0")
        assert said(pilot) == "一张号票最多 9 项业务。"


async def test_escape_backs_out_step_by_step(room: Room) -> None:
    app = room.app(room.tickets_screen)
    async with app.run_test() as pilot:
        await settled(pilot)
        await press(pilot, *"1234", "enter", "f5", "f6", "0")
        await press(pilot, "escape")
        assert "已等" in shown(pilot)
        await press(pilot, "escape")
        assert "这张没有取" in said(pilot)
        assert "找到 2 位" in shown(pilot)
        await press(pilot, "escape")
        assert "没有号码的客户按 F2" in shown(pilot)
        assert not room.desk.hall.tickets


async def test_people_ahead_and_wait_are_large(room: Room) -> None:
    queue(room)
    app = room.app(room.tickets_screen, bars=Bars.ASCII)
    async with app.run_test() as pilot:
        await settled(pilot)
        await press(pilot, "f2", "0", "2", "enter")
        issued = only(room)
        assert issued.ahead == 4
        text = shown(pilot)
        assert "前面几位" in text
        assert "预计等几分钟" in text
        assert likely_minutes(issued.expected_low, issued.expected_high) in text
        assert "######" in text
        await press(pilot, "1")
        assert "前面几位" not in shown(pilot), "the next customer is typed over it at once"


async def test_a_printer_that_fails_is_news_and_the_ticket_stands(room: Room) -> None:
    room.printer_says = "号票没有打印出来（lp0：没有纸），请告诉客户号码"
    app = room.app(room.tickets_screen)
    async with app.run_test() as pilot:
        await settled(pilot)
        await press(pilot, "f2", "0", "2", "enter")
        assert "没有打印出来" in said(pilot)
        assert [t.state for t in room.desk.hall.tickets.values()] == [TicketState.WAITING]
        room.printer_says = ""
        await press(pilot, "f11")
        assert [slip.ticket.number for slip in room.slips] == ["A001", "A001"]


async def test_a_ticket_taken_by_mistake_is_undone(room: Room) -> None:
    app = room.app(room.tickets_screen)
    async with app.run_test() as pilot:
        await settled(pilot)
        await press(pilot, "f2", "0", "2", "enter", "f8", "1")
        assert "已撤销" in said(pilot)
        assert [t.state for t in room.desk.hall.tickets.values()] == [TicketState.VOID]


async def test_a_new_customer_is_entered_on_the_spot(room: Room) -> None:
    app = room.app(room.tickets_screen)
    async with app.run_test() as pilot:
        await settled(pilot)
        await press(pilot, *"15599990000", "f4", *typing("赵敏"), "f9")
        assert "还没有客户的同意" in said(pilot)
        await press(pilot, "1", "f9", "0", "2", "enter")
        ticket = only(room).ticket
        view = room.work.person(ticket.person_id or "")
        assert getattr(view, "name", None) == "赵敏"
        assert getattr(view, "phone", None) == "155****0000"
