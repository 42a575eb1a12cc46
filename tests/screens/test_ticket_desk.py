"""The ticket desk: from a customer to a number, counted in keys."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from hallterm.clock import ManualClock
from hallterm.desk import calling
from hallterm.desk.tickets import Issued
from hallterm.domain.ticket.commands import PassOver
from hallterm.domain.ticket.words import HelpFlag, TicketState
from hallterm.domain.tiers import Grade, Tier
from hallterm.screens.shell import Bars
from hallterm.screens.ticket_desk import TicketDeskScreen
from hallterm.words.durations import likely_minutes
from tests.screens.desk_room import (
    Room,
    burst,
    morning,
    opened_room,
    pass_time,
    paste,
    press,
    queue,
    said,
    settled,
    shown,
    ticket,
    typing,
)
from tests.support.hall import done, sit
from tests.support.rulebook import CLERK

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
