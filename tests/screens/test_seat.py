"""Taking a counter, one's own from before, somebody else's, and losing it to another terminal."""

import asyncio
import threading
from pathlib import Path

from hallterm.clock import ManualClock
from hallterm.desk import days
from hallterm.domain.day import CloseDay
from hallterm.domain.refusal import Refusal
from hallterm.screens.counter import CounterScreen
from hallterm.screens.hall_app import HallApp
from hallterm.screens.seat import SeatScreen
from hallterm.screens.sign_in import SignIn
from hallterm.screens.widgets.confirm import Confirm
from hallterm.screens.widgets.header import Header
from tests.screens.entrance_room import entrance, pass_time, press, said, settled, sign_in, top
from tests.screens.piled import pile_up
from tests.support.hall import done, sit, take
from tests.support.rulebook import CLERK, COLLEAGUE, DUTY_MANAGER, FIRST, SECOND


async def test_a_free_counter_is_taken_by_its_number(store: Path, clock: ManualClock) -> None:
    with entrance(store, clock) as room:
        app = room.app()
        async with app.run_test() as pilot:
            await sign_in(pilot, CLERK)
            await press(pilot, "3", "enter")
            assert top(app) is CounterScreen
            session = app.shell.session
            assert session is not None
            assert room.desk.hall.duty(FIRST).session_id == session.session_id
            assert app.shell.standing.counter == "3号 综合"


async def test_keys_typed_before_the_counters_are_known_take_one(
    store: Path, clock: ManualClock
) -> None:
    with entrance(store, clock) as room:
        app = room.app()
        async with app.run_test() as pilot:
            await sign_in(pilot, CLERK)
            busy = threading.Event()
            waiting = asyncio.create_task(app.runner.run(busy.wait))
            await app.push_screen(SeatScreen())
            pile_up(app, "3", "enter")
            await pilot.pause()
            assert top(app) is SeatScreen
            busy.set()
            await waiting
            await settled(pilot)
            assert top(app) is CounterScreen
            assert app.shell.standing.counter == "3号 综合"


async def test_a_screen_that_was_left_takes_nothing_in(store: Path, clock: ManualClock) -> None:
    with entrance(store, clock) as room:
        app = room.app()
        async with app.run_test() as pilot:
            await sign_in(pilot, CLERK)
            busy = threading.Event()
            waiting = asyncio.create_task(app.runner.run(busy.wait))
            await app.push_screen(SeatScreen())
            app.passage.home()
            busy.set()
            await waiting
            await settled(pilot)
            assert top(app) is SeatScreen
            assert app.is_running


async def test_a_taken_counter_is_not(store: Path, clock: ManualClock) -> None:
    with entrance(store, clock) as room:
        sit(room.desk, COLLEAGUE, FIRST)
        app = room.app()
        async with app.run_test() as pilot:
            await sign_in(pilot, CLERK)
            await press(pilot, "3", "enter")
            assert top(app) is SeatScreen
            assert said(app) == "3 号窗口由 员工1002 使用。"
            await press(pilot, "9")
            assert "没有 9 号窗口" in said(app)


async def test_enter_takes_no_counter_after_a_number_that_none_has(
    store: Path, clock: ManualClock
) -> None:
    with entrance(store, clock) as room:
        app = room.app()
        async with app.run_test() as pilot:
            await sign_in(pilot, CLERK)
            await press(pilot, "9", "enter")
            assert top(app) is SeatScreen
            assert "没有 9 号窗口" in said(app)
            assert room.desk.hall.counter_of(CLERK.staff_id) is None
            await pass_time(pilot, clock, 1)
            await press(pilot, "enter")
            assert top(app) is SeatScreen, "time chooses no counter"
            await press(pilot, "down", "enter")
            assert top(app) is CounterScreen


async def test_ones_own_counter_is_offered_after_a_restart_and_taken_over_on_purpose(
    store: Path, clock: ManualClock
) -> None:
    with entrance(store, clock) as room:
        sit(room.desk, CLERK, SECOND, "before the restart")
        app = room.app()
        async with app.run_test() as pilot:
            await sign_in(pilot, CLERK)
            assert "4 号窗口还登记着您（终端 test）" in said(app)
            await press(pilot, "3", "enter")
            assert said(app) == "您还占着另一个窗口，先按 F9 接管。"
            await press(pilot, "f9")
            assert top(app) is Confirm
            await press(pilot, "f9")
            assert top(app) is Confirm, "a key meant for the screen below answers nothing"
            clock.advance(1)
            await press(pilot, "f9")
            assert top(app) is CounterScreen
            assert room.desk.hall.duty(SECOND).session_id != "before the restart"


async def test_a_terminal_whose_counter_was_taken_over_says_so_and_calls_nobody(
    store: Path, clock: ManualClock
) -> None:
    with entrance(store, clock, "here") as here, entrance(store, clock, "there") as there:
        app = here.app()
        async with app.run_test() as pilot:
            await sign_in(pilot, CLERK)
            await press(pilot, "3", "enter")
            other = there.door.sign_in(CLERK.staff_id, "246810")
            there.door.take(other, FIRST, take_over=True)  # type: ignore[arg-type]  # a refusal would fail here
            await pass_time(pilot, clock, 1)
            assert top(app) is SeatScreen
            assert "已在另一台终端被接管" in said(app)
            assert app.shell.standing.counter == ""


async def test_a_counter_with_a_customer_is_not_left(store: Path, clock: ManualClock) -> None:
    with entrance(store, clock) as room:
        take(room.desk)
        app = room.app()
        async with app.run_test() as pilot:
            await sign_in(pilot, CLERK)
            await press(pilot, "3", "enter", "f2")
            await press(pilot, "ctrl+b")
            assert top(app) is CounterScreen
            assert said(app) == "A001 还没有办完，先办结、挂起或转出"
            await press(pilot, "ctrl+y", "f4")
            assert said(app) == "A001 还没有办完，先办结、挂起或转出"
            await press(pilot, "escape", "f4", "f9", "ctrl+b")
            assert top(app) is SignIn
            assert room.desk.hall.duty(FIRST).staff_id is None


async def test_another_counter_is_taken_after_leaving_the_first(
    store: Path, clock: ManualClock
) -> None:
    with entrance(store, clock) as room:
        app = room.app()
        async with app.run_test() as pilot:
            await sign_in(pilot, CLERK)
            await press(pilot, "3", "enter", "ctrl+y", "4", "enter")
            assert top(app) is CounterScreen
            assert room.desk.hall.duty(FIRST).staff_id is None
            assert room.desk.hall.duty(SECOND).staff_id == CLERK.staff_id


def header(app: HallApp) -> str:
    """The first line of the screen on top."""
    return str(app.screen.query_one(Header).render())


async def test_a_closed_day_is_told_before_anybody_chooses_a_counter(
    store: Path, clock: ManualClock
) -> None:
    with entrance(store, clock) as room:
        sit(room.desk, COLLEAGUE, FIRST)
        done(room.desk.act(DUTY_MANAGER, CloseDay()))
        app = room.app()
        async with app.run_test() as pilot:
            await sign_in(pilot, CLERK)
            assert "今天已经日结" in said(app)
            await press(pilot, "3", "enter")
            assert top(app) is SeatScreen
            assert "今天已经日结" in said(app)
            await pass_time(pilot, clock, 1)
            await pass_time(pilot, clock, 1)
            assert "今天已经日结" in header(app)
            assert not isinstance(days.open_today(room.desk, DUTY_MANAGER), Refusal)
            await pass_time(pilot, clock, 1)
            await pass_time(pilot, clock, 1)
            assert "今天已经日结" not in header(app)
            await press(pilot, "3", "enter")
            assert top(app) is CounterScreen
            done(room.desk.act(DUTY_MANAGER, CloseDay()))
            await pass_time(pilot, clock, 1)
            await pass_time(pilot, clock, 1)
            assert top(app) is SeatScreen
            assert "今天已经日结" in said(app), "not that somebody took the counter over"
            assert "今天已经日结" in header(app)
