"""The counter's keys: what they send, when they refuse, and what the key bar says."""

import re
from dataclasses import replace

import pytest
from textual.widgets import Static

from hallterm.desk.views import CounterView
from hallterm.domain.refusal import refuse
from hallterm.domain.ticket.words import (
    LeaveReason,
    Outcome,
    OutOfOrderReason,
    ParkReason,
    PauseReason,
    Rating,
    TicketState,
    UndoReason,
)
from hallterm.screens.counter import CounterScreen
from hallterm.screens.satisfaction import PATIENCE, THANKS, Satisfaction
from hallterm.screens.widgets.choice_list import ChoiceList
from hallterm.screens.widgets.confirm import Confirm
from hallterm.screens.widgets.news import Tone
from hallterm.screens.widgets.picker import Picker
from hallterm.screens.widgets.text_field import TextField
from hallterm.screens.widgets.ticket_card import TicketCard
from tests.screens import sample
from tests.screens.desks import SampleDesk
from tests.screens.driving import driving

SERVED = "tG007"


def serving() -> CounterView:
    return sample.counter_view(current=sample.serving())


def called() -> CounterView:
    return sample.counter_view(current=replace(sample.serving(), state=TicketState.CALLED))


def free() -> CounterView:
    return sample.counter_view(parked=False)


@pytest.mark.parametrize(
    ("view", "keys", "asked"),
    [
        (free(), ["f2"], ("call_next",)),
        (free(), ["enter"], ("call_given", "tV003", None)),
        (free(), ["down", "enter", "1"], ("call_given", "tV004", OutOfOrderReason.HELP_NEEDED)),
        (
            free(), ["0", "1", "1", "enter", "2"],
            ("call_given", "tG011", OutOfOrderReason.COMES_BACK),
        ),
        (called(), ["f3"], ("recall", SERVED)),
        (called(), ["f4"], ("start", SERVED)),
        (called(), ["f6"], ("pass_over", SERVED)),
        (called(), ["f11", "5"], ("left", SERVED, LeaveReason.NO_SHOW)),
        (serving(), ["f5", "2"], ("park", SERVED, ParkReason.FORM)),
        (serving(), ["f7", "2"], ("transfer", SERVED, "c2", None)),
        (serving(), ["f7", "4"], ("transfer", SERVED, "c4", None)),
        (serving(), ["f7", "0", "3"], ("transfer", SERVED, None, "transfer")),
        (serving(), ["f8", "1"], ("undo", UndoReason.WRONG_KEY)),
        (serving(), ["f9"], ("finish", SERVED, Outcome.COMPLETED)),
        (serving(), ["f10"], ("finish_and_call_next", SERVED)),
        (serving(), ["ctrl+o", "2"], ("finish", SERVED, Outcome.DOCUMENTS_MISSING)),
        (serving(), ["f11", "1"], ("left", SERVED, LeaveReason.WAITED_TOO_LONG)),
        (sample.counter_view(), ["f5"], ("resume", "tG005")),
        (free(), ["ctrl+p", "2"], ("pause", PauseReason.LUNCH)),
        (sample.counter_view(paused=True), ["ctrl+p"], ("reopen",)),
    ],
)  # fmt: skip
async def test_key_sends_its_command(
    view: CounterView, keys: list[str], asked: tuple[object, ...]
) -> None:
    desk = SampleDesk(view)
    async with driving(lambda: CounterScreen(desk)) as driver:
        await driver.press(*keys)
        assert desk.asked == [asked]
        assert driver.tone is Tone.DONE or asked[0] in {"call_next", "call_given"}


async def test_transfer_goes_by_the_number_of_the_counter_and_says_where() -> None:
    desk = SampleDesk(serving())
    async with driving(lambda: CounterScreen(desk)) as driver:
        await driver.press("f7", "3")
        assert driver.at(Picker)
        assert driver.news == "没有 3 号。"
        await driver.press("4")
        assert driver.news == "G007 已转到 4 号窗口。"
        await driver.press("f7", "0", "3")
        assert driver.news == "G007 加办 过户。"


async def test_a_counter_with_two_digits_is_chosen_by_both() -> None:
    view = serving()
    tenth = replace(view.hall.counters[0], counter_id="c10", number=10)
    view = replace(view, hall=replace(view.hall, counters=(*view.hall.counters, tenth)))
    desk = SampleDesk(view)
    async with driving(lambda: CounterScreen(desk)) as driver:
        await driver.press("f7", "1")
        assert driver.at(Picker)
        await driver.press("0")
        await driver.press("f7", "1", "enter")
        assert [call[2] for call in desk.asked] == ["c10", "c1"]


async def test_the_cost_is_told_before_the_reason_is_asked() -> None:
    desk = SampleDesk(free())
    async with driving(lambda: CounterScreen(desk)) as driver:
        await driver.press("down", "enter")
        note = driver.app.screen.query_one("#note", Static)
        assert str(note.render()) == "改叫这一位，tV004 以外的人要多等"
        assert desk.asked == []


@pytest.mark.parametrize(
    ("view", "key", "why"),
    [
        (serving(), "f2", "G007 正在办理：按 F9 办结或 F5 挂起。"),
        (serving(), "enter", "G007 正在办理：按 F9 办结或 F5 挂起。"),
        (called(), "f2", "G007 还没开始办理：按 F4 开始或 F6 过号。"),
        (called(), "ctrl+p", "G007 还没开始办理：按 F4 开始或 F6 过号。"),
        (serving(), "f4", "G007 已经在办理：按 F9 办结或 F5 挂起。"),
        (called(), "f9", "G007 还没开始办理，先按 F4 开始。"),
        (free(), "f9", "本窗口没有客户，先按 F2 叫号。"),
        (free(), "f8", "没有可以撤销的操作。"),
        (sample.counter_view(count=0), "f2", "没有可叫的客户。"),
        (sample.counter_view(paused=True), "f2", "窗口暂停中，先按 Ctrl+P 恢复。"),
        (replace(free(), counter=None), "f2", "还没有坐到窗口，先按 Ctrl+Y 选一个窗口。"),
        (free(), "ctrl+r", "按 F9 办结之后才能请客户评价。"),
    ],
)
async def test_key_that_does_not_work_says_why(view: CounterView, key: str, why: str) -> None:
    desk = SampleDesk(view)
    async with driving(lambda: CounterScreen(desk)) as driver:
        await driver.press(key)
        assert (driver.news, driver.tone) == (why, Tone.REFUSED)
        assert desk.asked == []


async def test_key_bar_shows_only_what_works() -> None:
    async with driving(lambda: CounterScreen(SampleDesk(called()))) as driver:
        assert [keys.split()[0] for keys in driver.keys if "F" in keys] == [
            "F1", "F3", "F4", "F6", "F7", "F8", "F11", "F12",
        ]  # fmt: skip
        assert driver.hints["数字"] == "票号"


async def test_the_key_that_ends_a_pause_is_told_while_it_lasts() -> None:
    desk = SampleDesk(sample.counter_view(paused=True))
    async with driving(lambda: CounterScreen(desk)) as driver:
        assert driver.hints["Ctrl+P"] == "恢复"
    async with driving(lambda: CounterScreen(SampleDesk(free()))) as driver:
        assert "Ctrl+P" not in driver.hints


async def test_escape_out_of_a_question_sends_nothing() -> None:
    desk = SampleDesk(serving())
    async with driving(lambda: CounterScreen(desk)) as driver:
        for key in ("f5", "f7", "f8", "f11", "ctrl+o", "ctrl+p", "f12", "f1", "ctrl+q"):
            await driver.press(key, "escape")
            assert driver.at(CounterScreen)
        assert desk.asked == []


async def test_second_press_waits_for_the_first() -> None:
    desk = SampleDesk(free())
    desk.answers["call_next"] = called()
    async with driving(lambda: CounterScreen(desk)) as driver:
        await driver.press("f2", "f2")
        assert desk.asked == [("call_next",)]
        assert "G007" in driver.news


async def test_refusal_and_fault_become_sentences() -> None:
    desk = SampleDesk(free())
    desk.answers["call_next"] = refuse("nobody_waiting")
    async with driving(lambda: CounterScreen(desk)) as driver:
        await driver.press("f2")
        assert (driver.news, driver.tone) == ("没有人在等候", Tone.REFUSED)
        desk.answers["call_next"] = RuntimeError("boom")
        await driver.press("f2")
        assert driver.tone is Tone.FAULT
        assert "boom" not in driver.news


async def test_news_goes_away_but_a_fault_stays() -> None:
    desk = SampleDesk(free())
    async with driving(lambda: CounterScreen(desk)) as driver:
        await driver.press("f9")
        await driver.pass_time(1)
        await driver.pass_time(30)
        assert driver.news == ""
        desk.answers["call_next"] = RuntimeError()
        await driver.press("f2")
        await driver.pass_time(1)
        await driver.pass_time(30)
        assert driver.tone is Tone.FAULT
        assert driver.news != ""


async def test_customer_rates_and_the_screen_turns_back() -> None:
    desk = SampleDesk(serving())
    async with driving(lambda: CounterScreen(desk)) as driver:
        await driver.press("f9", "ctrl+r")
        assert driver.at(Satisfaction)
        await driver.press("f2", "f9", "enter", "f12", "9", "0")
        assert driver.at(Satisfaction)
        await driver.press("2", "1")
        await driver.pass_time(THANKS)
        assert driver.at(CounterScreen)
        assert desk.asked[1:] == [("rate", SERVED, Rating.SATISFIED)]


@pytest.mark.parametrize(("key", "asked"), [("f2", ["call_next"]), ("4", []), ("escape", [])])
async def test_any_key_ends_the_thanks_and_a_function_key_acts(key: str, asked: list[str]) -> None:
    desk = SampleDesk(serving())
    desk.answers["finish"] = free()
    async with driving(lambda: CounterScreen(desk)) as driver:
        await driver.press("f9", "ctrl+r", "2")
        assert driver.at(Satisfaction)
        await driver.press(key)
        assert driver.at(CounterScreen)
        assert [call[0] for call in desk.asked] == ["finish", "rate", *asked]


async def test_rating_without_an_answer_is_not_asked() -> None:
    desk = SampleDesk(serving())
    async with driving(lambda: CounterScreen(desk)) as driver:
        await driver.press("f9", "ctrl+r", "escape")
        assert driver.at(CounterScreen)
        await driver.press("ctrl+r")
        await driver.pass_time(PATIENCE)
        assert driver.at(CounterScreen)
        assert [call[0] for call in desk.asked] == ["finish"]


async def test_menu_finds_by_initials_and_carries_out() -> None:
    desk = SampleDesk(serving())
    async with driving(lambda: CounterScreen(desk)) as driver:
        await driver.press("f12", "b", "j", "enter")
        assert desk.asked == [("finish", SERVED, Outcome.COMPLETED)]


async def test_the_example_of_the_menu_finds_something_and_nonsense_says_so() -> None:
    async with driving(lambda: CounterScreen(SampleDesk(serving()))) as driver:
        await driver.press("f12")
        hint = driver.app.screen.query_one(TextField).placeholder
        for example in re.split("、", hint.partition("如 ")[2]):
            await driver.press(*example)
            assert driver.app.screen.query_one(ChoiceList).choices != ()
            await driver.press(*["backspace"] * len(example))
        await driver.press(*"qqqq")
        choices = driver.app.screen.query_one(ChoiceList)
        assert choices.choices == ()
        assert choices.render_line(0).text.strip() == "没有找到"


async def test_the_cards_say_in_words_what_their_clocks_mean() -> None:
    async with driving(lambda: CounterScreen(SampleDesk(free()))) as driver:
        own, following = driver.app.screen.query(TicketCard)
        assert str(own.render()).strip().startswith("本窗口")
        said = str(following.render())
        for words in ("已等 02:40", "还剩 07:20", "接待还剩 02:20"):
            assert words in said


async def test_clock_and_customer_stay_apart_where_room_is_short() -> None:
    view = free()
    assert view.next_up is not None
    long = replace(view.next_up.row, customer="欧阳震华 195****6833")
    view = replace(view, next_up=replace(view.next_up, row=long))
    async with driving(lambda: CounterScreen(SampleDesk(view)), size=(120, 36)) as driver:
        following = driver.app.screen.query_one("#next", TicketCard)
        assert "欧阳震华 *6833 " in str(following.render())


async def test_service_time_runs_on_after_parking() -> None:
    now = sample.NOW.timestamp()
    resumed = replace(sample.serving(), state_since=now, service=sample.clock(600, 900, 252))
    view = sample.counter_view(current=resumed)
    async with driving(lambda: CounterScreen(SampleDesk(view))) as driver:
        card = driver.app.screen.query_one("#current", TicketCard)
        assert "已办 04:12" in str(card.render())


async def test_full_width_digits_count() -> None:
    async with driving(lambda: CounterScreen(SampleDesk(serving()))) as driver:
        await driver.press("f5")
        assert driver.at(Picker)
        await driver.press("２")
        assert driver.at(CounterScreen)


async def test_quitting_is_asked_and_not_taken_from_a_hasty_key() -> None:
    async with driving(lambda: CounterScreen(SampleDesk(serving()))) as driver:
        await driver.press("ctrl+q")
        assert driver.keys == ["F9 退出"]
        await driver.press("f9")
        assert driver.at(Confirm)
        driver.clock.advance(0.5)
        await driver.press("f9")
        assert not driver.app.is_running or driver.app._exit


async def test_desk_stays_usable_after_any_keys() -> None:
    desk = SampleDesk(serving())
    keys = ["f5", "9", "0", "enter", "f7", "pagedown", "end", "3", "f8", "4", "f1", "end", "escape"]
    async with driving(lambda: CounterScreen(desk)) as driver:
        await driver.press(*keys, "f11", "up", "escape", "f12", "x", "q", "enter", "escape")
        assert driver.at(CounterScreen)
        await driver.press("f9")
        assert desk.asked[-1] == ("finish", SERVED, Outcome.COMPLETED)
