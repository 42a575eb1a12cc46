"""The end of day: settle, close, and read earlier days."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from textual.pilot import Pilot

from hallterm.clock import ManualClock
from hallterm.desk import calling, days
from hallterm.domain.ticket.commands import RateService
from hallterm.domain.ticket.words import OutOfOrderReason, Rating, SettleReason, TicketState
from hallterm.screens.end_of_day_figures import share_words
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
    ticket_id,
)
from tests.support.hall import done, sit, take
from tests.support.rulebook import CLERK, KIOSK, STORE_MANAGER


@pytest.fixture
def room(store: Path, clock: ManualClock) -> Iterator[Room]:
    with opened_room(store, clock, STORE_MANAGER) as room:
        room.people()
        yield room


async def settle_the_morning(room: Room, pilot: Pilot[None]) -> None:
    """Settle the three of the morning; the first is at a counter, which is asked about."""
    await press(pilot, "1")
    await pass_time(room, pilot, 1)
    await press(pilot, "f9", "1", "1")


async def test_a_ticket_at_a_counter_is_settled_only_after_a_question(room: Room) -> None:
    morning(room)
    app = room.app(room.end_of_day)
    async with app.run_test() as pilot:
        await settled(pilot)
        await press(pilot, "enter", "1")
        assert "A002 正在 3 号窗口（办理中），仍要结掉？" in shown(pilot)
        await press(pilot, "escape")
        assert ticket(room, "A002").state is TicketState.SERVING
        await press(pilot, "1")
        assert "A002 正在 3 号窗口" in shown(pilot), "the reason's digit asks as well"
        await pass_time(room, pilot, 1)
        await press(pilot, "f9")
        assert said(pilot) == "A002 已结：客户已离开。"


async def test_a_ticket_called_under_the_open_question_is_asked_about(room: Room) -> None:
    queue(room)
    app = room.app(room.end_of_day)
    async with app.run_test() as pilot:
        await settled(pilot)
        await press(pilot, "f4", "1")
        sit(room.twin)
        done(
            calling.call_given(
                room.twin, CLERK, ticket_id(room, "A002"), OutOfOrderReason.QUICK_MATTER
            )
        )
        await pass_time(room, pilot, 1)
        await press(pilot, "f9")
        assert "A002 正在 3 号窗口（已叫号），仍要结掉？" in shown(pilot)
        await press(pilot, "escape")
        assert "没办完 4 张" in shown(pilot)


async def test_the_cursor_and_the_question_stay_on_their_ticket(room: Room) -> None:
    queue(room)
    app = room.app(room.end_of_day)
    async with app.run_test() as pilot:
        await settled(pilot)
        await press(pilot, "down", "enter")
        assert "G001 没办完，为什么？" in shown(pilot)
        sit(room.twin)
        done(
            calling.call_given(
                room.twin, CLERK, ticket_id(room, "A002"), OutOfOrderReason.QUICK_MATTER
            )
        )
        await pass_time(room, pilot, 1)
        await press(pilot, "escape")
        assert "> G001" in shown(pilot).replace(">G001", "> G001"), "A002 went to the top"
        await press(pilot, "enter", "2")
        assert said(pilot) == "G001 已结：已约时间再办。"


async def test_each_open_ticket_gets_a_reason_by_one_digit(room: Room) -> None:
    morning(room)
    app = room.app(room.end_of_day)
    async with app.run_test() as pilot:
        await settled(pilot)
        assert "没办完 3 张" in shown(pilot)
        await press(pilot, "down", "2")
        assert said(pilot) == "G001 已结：已约时间再办。"
        assert ticket(room, "G001").reason == "appointment_made"
        await press(pilot, "9", "0")
        assert "没办完 2 张" in shown(pilot), "digits without a reason do nothing"
        await press(pilot, "enter", "3")
        assert "没办完 1 张" in shown(pilot)
        await press(pilot, "f8", "1")
        assert "没办完 2 张" in shown(pilot)


async def test_all_of_a_state_after_a_question(room: Room) -> None:
    queue(room)
    app = room.app(room.end_of_day)
    async with app.run_test() as pilot:
        await settled(pilot)
        await press(pilot, "f4", "1")
        assert "「等候」的 4 张都按「客户已离开」结掉？" in shown(pilot)
        await press(pilot, "escape")
        assert "没办完 4 张" in shown(pilot)
        await press(pilot, "f4", "1")
        await pass_time(room, pilot, 1)
        await press(pilot, "f9")
        assert said(pilot) == "已结 4 张：客户已离开。"
        states = {t.state for t in room.desk.hall.tickets.values()}
        assert states == {TicketState.SETTLED}


async def test_the_day_closes_once_nothing_is_open(room: Room) -> None:
    morning(room)
    app = room.app(room.end_of_day)
    async with app.run_test() as pilot:
        await settled(pilot)
        await press(pilot, "f10")
        assert "还有 3 张号票没办完" in said(pilot)
        await settle_the_morning(room, pilot)
        await press(pilot, "f10")
        await pass_time(room, pilot, 1)
        await press(pilot, "f9")
        assert "已经日结" in said(pilot)
        assert room.desk.hall.day is None
        await press(pilot, "f10")
        assert said(pilot) == "今天已经日结。"


async def test_closing_early_warns_and_a_manager_opens_the_day_again(room: Room) -> None:
    queue(room)
    app = room.app(room.end_of_day)
    async with app.run_test() as pilot:
        await settled(pilot)
        await press(pilot, "f7")
        assert said(pilot) == "今天还没有日结。"
        await press(pilot, "1", "1", "1", "1", "f10")
        assert "现在 09:04，营业到 18:00" in shown(pilot)
        await pass_time(room, pilot, 1)
        await press(pilot, "f9")
        assert "今天已经日结，可以按 F7 重开" in shown(pilot)
        await press(pilot, "f7")
        await pass_time(room, pilot, 1)
        await press(pilot, "f9")
        assert said(pilot) == "今天重新营业。"
        assert room.desk.hall.day is not None
        assert "可以按 F10 日结" in shown(pilot)


async def test_a_manager_leaves_a_day_that_a_wrong_clock_opened(room: Room) -> None:
    queue(room)
    room.clock.advance(10 * 86400)
    take(room.desk)
    room.clock.advance(-10 * 86400)
    app = room.app(room.end_of_day)
    async with app.run_test() as pilot:
        await settled(pilot)
        await press(pilot, "1")
        await press(pilot, "f10")
        await pass_time(room, pilot, 1)
        await press(pilot, "f9")
        assert "! 比今天（2026-03-02）晚，时钟错过：按 F7 开今天" in shown(pilot)
        await press(pilot, "f7")
        assert "最近的营业日 2026-03-12 比今天晚" in shown(pilot)
        await pass_time(room, pilot, 1)
        await press(pilot, "f9")
        assert said(pilot) == "今天重新营业。"
    assert room.desk.hall.day == date(2026, 3, 2)


async def test_a_day_long_after_the_last_is_opened_by_a_manager(room: Room) -> None:
    queue(room)
    for one in list(room.desk.hall.tickets):
        done(days.settle(room.desk, STORE_MANAGER, one, SettleReason.HANDED_OVER))
    done(days.close_day(room.desk, STORE_MANAGER))
    room.clock.advance(40 * 86400)
    app = room.app(room.end_of_day)
    async with app.run_test() as pilot:
        await settled(pilot)
        assert "! 今天是 2026-04-11，隔得久：核对时钟后按 F7 开今天" in shown(pilot)
        await press(pilot, "f7")
        assert "上个营业日是 2026-03-02，隔了 40 天" in shown(pilot)
        await pass_time(room, pilot, 1)
        await press(pilot, "f9")
    assert room.desk.hall.day == date(2026, 4, 11)


async def test_closing_after_hours_does_not_warn(room: Room) -> None:
    morning(room)
    room.clock.advance(10 * 3600)
    app = room.app(room.end_of_day)
    async with app.run_test() as pilot:
        await settled(pilot)
        await settle_the_morning(room, pilot)
        await press(pilot, "f10")
        assert "日结 2026-03-02？" in shown(pilot)
        assert "营业到" not in shown(pilot)


async def test_figures_against_targets(room: Room) -> None:
    morning(room)
    rating = RateService(ticket_id=ticket_id(room, "V001"), rating=Rating.DISSATISFIED)
    done(room.desk.act(KIOSK, rating))
    app = room.app(room.end_of_day)
    async with app.run_test() as pilot:
        await settled(pilot)
        rows = {line.split()[0]: line.split() for line in shown(pilot).splitlines() if line.strip()}
        assert rows["VIP"] == ["VIP", "1", "100%", *["04:30"] * 3, "-", "-", "✗", "0%/90%"]
        assert rows["全球通"][1:6] == ["1", "-", "-", "-", "-"]
        assert rows["全球通"][6:] == ["1", "-", "未评价/85%"]
        assert rows["合计"][1] == "4"


async def test_an_earlier_day_stays_readable(room: Room) -> None:
    morning(room)
    app = room.app(room.end_of_day)
    async with app.run_test() as pilot:
        await settled(pilot)
        await settle_the_morning(room, pilot)
        await press(pilot, "f10")
        await pass_time(room, pilot, 1)
        await press(pilot, "f9")
        room.clock.advance(86_400)
        queue(room)
        await press(pilot, "f6")
        text = shown(pilot)
        assert text.index("2026-03-03") < text.index("2026-03-02")
        await press(pilot, "down")
        assert "04:30" in shown(pilot), "figures of the day under the cursor"
        await press(pilot, "enter")
        text = shown(pilot)
        assert "2026-03-02   周一   4 张号票" in text
        assert "V001   VIP钻    09:00    04:30" in text
        assert "过号" in text
        assert "客户已离开" in text, "the reason, not 日结"
        await press(pilot, "escape", "escape")
        assert "没办完 4 张" in shown(pilot), "the new day's tickets are seen on the way back"


async def test_only_managers(store: Path, clock: ManualClock) -> None:
    with opened_room(store, clock, CLERK) as room:
        room.people()
        queue(room)
        app = room.app(room.end_of_day)
        async with app.run_test() as pilot:
            await settled(pilot)
            await press(pilot, "1")
            assert "V001 不能结：您的岗位不能做这件事" in said(pilot)
            assert ticket(room, "V001").state is TicketState.WAITING


async def test_a_hall_without_a_day(room: Room) -> None:
    app = room.app(room.end_of_day)
    async with app.run_test() as pilot:
        await settled(pilot)
        assert "还没有数" in shown(pilot)
        await press(pilot, "enter", "1", "f4", "f10", "f6", "enter")
        assert "还没有营业日" in shown(pilot)


@pytest.mark.parametrize(("share", "words"), [(None, "-"), (0.899, "89%"), (1.0, "100%")])
def test_a_share_never_looks_better_than_it_is(share: float | None, words: str) -> None:
    assert share_words(share) == words
