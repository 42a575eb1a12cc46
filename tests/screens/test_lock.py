"""The lock: by key and after idle minutes, opened by the same person, or by a manager."""

from pathlib import Path

from textual.widgets import Static

from hallterm.clock import ManualClock
from hallterm.desk.accounts import sign_in as show_pin
from hallterm.domain.counter.commands import TakeCounter
from hallterm.domain.day import CloseDay
from hallterm.domain.refusal import Refusal
from hallterm.screens.board import BoardScreen
from hallterm.screens.counter import CounterScreen
from hallterm.screens.form import Form
from hallterm.screens.hall_app import HallApp
from hallterm.screens.lock import Locked
from hallterm.screens.seat import SeatScreen
from hallterm.screens.sign_in import SignIn
from hallterm.screens.widgets.picker import Picker
from hallterm.screens.widgets.text_field import TextField
from tests.screens.entrance_room import (
    entrance,
    pass_time,
    press,
    said,
    settled,
    sign_in,
    top,
    type_in,
)
from tests.screens.piled import pile_up
from tests.support.hall import done, take
from tests.support.rulebook import CLERK, COLLEAGUE, FIRST, PIN, STORE_MANAGER

IDLE = 10 * 60
"""Seconds after which the test hall's terminals lock themselves."""


def answer(app: HallApp) -> str:
    return str(app.screen.query_one("#answer", Static).content)


def everything(app: HallApp) -> str:
    return " ".join(str(line.content) for line in app.screen.query(Static))


async def test_a_locked_terminal_comes_back_as_it_was(store: Path, clock: ManualClock) -> None:
    with entrance(store, clock) as room:
        take(room.desk)
        app = room.app()
        async with app.run_test() as pilot:
            await sign_in(pilot, CLERK)
            await press(pilot, "3", "enter", "f2", "ctrl+l")
            assert top(app) is Locked
            await press(pilot, "escape", "ctrl+l", "ctrl+b", "ctrl+n", "f2")
            assert top(app) is Locked
            await type_in(pilot, "999999")
            assert answer(app) == "工号或密码不对，还可以试 4 次。"
            await type_in(pilot, PIN)
            assert top(app) is CounterScreen
            assert room.desk.hall.ticket_at(FIRST) is not None


async def test_a_terminal_is_locked_in_the_middle_of_a_question(
    store: Path, clock: ManualClock
) -> None:
    with entrance(store, clock) as room:
        app = room.app()
        async with app.run_test() as pilot:
            await sign_in(pilot, CLERK)
            await press(pilot, "3", "enter", "ctrl+n")
            assert top(app) is Picker
            await press(pilot, "ctrl+l")
            assert top(app) is Locked
            await press(pilot, "ctrl+q", "ctrl+l", "escape")
            assert top(app) is Locked
            await type_in(pilot, PIN)
            assert top(app) is Picker
            await press(pilot, "escape")
            assert top(app) is CounterScreen


async def test_an_answer_leaves_a_question_once_and_never_the_lock_above_it(
    store: Path, clock: ManualClock
) -> None:
    with entrance(store, clock) as room:
        app = room.app()
        async with app.run_test() as pilot:
            await sign_in(pilot, CLERK)
            await press(pilot, "3", "enter", "ctrl+n")
            pile_up(app, "3", "3", "3")
            await settled(pilot)
            assert app.screen_stack[1:] != []
            assert top(app) is BoardScreen
            await press(pilot, "ctrl+n")
            question = app.screen
            await press(pilot, "ctrl+l")
            question.dismiss(None)
            await settled(pilot)
            assert top(app) is Locked


async def test_leaving_a_locked_terminal_says_what_becomes_of_the_counter(
    store: Path, clock: ManualClock
) -> None:
    with entrance(store, clock) as room:
        app = room.app()
        async with app.run_test() as pilot:
            await sign_in(pilot, CLERK)
            await press(pilot, "ctrl+l", "ctrl+q")
            assert "仍留着" not in everything(app), "there is no counter"
            await press(pilot, "escape")
            await type_in(pilot, PIN)
            await press(pilot, "3", "enter", "ctrl+l", "ctrl+q")
            assert "3号 综合仍留着" in everything(app)
            assert "重新打开、登录以后接着办" in everything(app)


async def test_idle_minutes_lock_and_a_key_puts_it_off(store: Path, clock: ManualClock) -> None:
    with entrance(store, clock) as room:
        app = room.app()
        async with app.run_test() as pilot:
            await pass_time(pilot, clock, IDLE)
            assert top(app) is SignIn, "there is nobody to lock out"
            await sign_in(pilot, CLERK)
            await press(pilot, "3", "enter")
            await pass_time(pilot, clock, IDLE - 1)
            assert top(app) is CounterScreen
            await press(pilot, "down")
            await pass_time(pilot, clock, IDLE - 1)
            assert top(app) is CounterScreen
            await pass_time(pilot, clock, 1)
            assert top(app) is Locked
            assert room.desk.hall.duty(FIRST).staff_id == CLERK.staff_id


async def test_a_question_is_hidden_by_the_lock_and_still_asked_after_it(
    store: Path, clock: ManualClock
) -> None:
    with entrance(store, clock) as room:
        app = room.app()
        async with app.run_test() as pilot:
            await sign_in(pilot, CLERK)
            await press(pilot, "3", "enter", "ctrl+p")
            assert top(app) is Picker
            await pass_time(pilot, clock, IDLE)
            assert top(app) is Locked
            await type_in(pilot, PIN)
            assert top(app) is Picker
            await press(pilot, "1")
            assert room.desk.hall.duty(FIRST).paused is not None


async def test_a_manager_signs_out_whoever_has_gone_and_nobody_else_does(
    store: Path, clock: ManualClock
) -> None:
    with entrance(store, clock) as room:
        app = room.app()
        async with app.run_test() as pilot:
            await sign_in(pilot, CLERK)
            await press(pilot, "3", "enter", "ctrl+l", "f9")
            await type_in(pilot, COLLEAGUE.staff_id)
            await type_in(pilot, PIN)
            assert top(app) is Form
            assert said(app) == "您的岗位不能做这件事。"
            await press(pilot, "escape", "f9")
            await type_in(pilot, STORE_MANAGER.staff_id)
            await type_in(pilot, PIN)
            assert top(app) is SignIn
            assert said(app) == "员工1001 已由 1004 签退。"
            assert room.desk.hall.duty(FIRST).staff_id is None


async def test_nobody_signs_behind_the_lock(store: Path, clock: ManualClock) -> None:
    with entrance(store, clock) as room:
        keys = room.desk.keyring
        keys.needed = True
        app = room.app()
        async with app.run_test() as pilot:
            await sign_in(pilot, CLERK)
            assert keys.key_of(CLERK.staff_id)
            await press(pilot, "ctrl+l")
            assert not keys.key_of(CLERK.staff_id)
            await type_in(pilot, "999999")
            assert not keys.key_of(CLERK.staff_id)
            await type_in(pilot, PIN)
            assert keys.key_of(CLERK.staff_id)
            await press(pilot, "ctrl+l", "f9")
            await type_in(pilot, STORE_MANAGER.staff_id)
            await type_in(pilot, PIN)
            assert top(app) is SignIn
            assert not keys.key_of(STORE_MANAGER.staff_id)


async def test_a_pin_typed_right_after_the_staff_id_stays_out_of_sight(
    store: Path, clock: ManualClock
) -> None:
    with entrance(store, clock) as room:
        app = room.app()
        async with app.run_test() as pilot:
            await sign_in(pilot, CLERK)
            await press(pilot, "ctrl+l", "f9")
            pile_up(app, *STORE_MANAGER.staff_id, "enter", *PIN)
            await pilot.pause()
            fields = [field.value for field in app.screen.query(TextField)]
            assert fields == [STORE_MANAGER.staff_id, PIN]
            pile_up(app, "enter")
            await settled(pilot)
            assert top(app) is SignIn


async def test_a_manager_does_not_sign_out_over_a_customer(store: Path, clock: ManualClock) -> None:
    with entrance(store, clock) as room:
        take(room.desk)
        app = room.app()
        async with app.run_test() as pilot:
            await sign_in(pilot, CLERK)
            await press(pilot, "3", "enter", "f2", "ctrl+l", "f9")
            await type_in(pilot, STORE_MANAGER.staff_id)
            await type_in(pilot, PIN)
            assert top(app) is Form
            assert "A001 还没有办完" in said(app)


async def test_ones_own_pin_is_changed(store: Path, clock: ManualClock) -> None:
    with entrance(store, clock) as room:
        app = room.app()
        async with app.run_test() as pilot:
            await sign_in(pilot, CLERK)
            await press(pilot, "ctrl+g")
            for text in (PIN, "123456"):
                await type_in(pilot, text)
            assert said(app) == "密码太容易猜到，换一个不连续、不重复的。", "before it is repeated"
            for text in ("975310", "975311"):
                await type_in(pilot, text)
            assert said(app) == "两遍不一样，请重新输入"
            await type_in(pilot, "975310")
            assert said(app) == "密码已改，下次登录用新密码。"
            assert isinstance(show_pin(room.desk, CLERK.staff_id, PIN), Refusal)
            assert not isinstance(show_pin(room.desk, CLERK.staff_id, "975310"), Refusal)


async def test_a_counter_lost_behind_the_lock_does_not_open_it(
    store: Path, clock: ManualClock
) -> None:
    with entrance(store, clock) as room, entrance(store, clock, "two") as other:
        app = room.app()
        async with app.run_test() as pilot:
            await sign_in(pilot, CLERK)
            await press(pilot, "3", "enter", "ctrl+l")
            other.desk.refresh()
            over = TakeCounter(counter_id=FIRST, session_id="elsewhere", take_over=True)
            done(other.desk.act(CLERK, over))
            await pass_time(pilot, clock, 1)
            await pass_time(pilot, clock, 1)
            assert top(app) is Locked
            await type_in(pilot, PIN)
            assert top(app) is SeatScreen
            assert "接管" in said(app)


async def test_closing_the_day_opens_no_lock(store: Path, clock: ManualClock) -> None:
    with entrance(store, clock) as room, entrance(store, clock, "two") as other:
        app = room.app()
        async with app.run_test() as pilot:
            await sign_in(pilot, CLERK)
            await press(pilot, "3", "enter", "ctrl+l")
            other.desk.refresh()
            done(other.desk.act(STORE_MANAGER, CloseDay()))
            await pass_time(pilot, clock, 1)
            assert top(app) is Locked
