"""工号 and PIN: right, wrong, locked, and while the store is still opening."""

from pathlib import Path
from threading import Event

import pytest
from textual.widgets import Static

from hallterm.clock import ManualClock
from hallterm.domain.actor import Actor
from hallterm.screens.board import BoardScreen
from hallterm.screens.entrance_port import Entrance
from hallterm.screens.hall_app import HallApp
from hallterm.screens.seat import SeatScreen
from hallterm.screens.session import Opened
from hallterm.screens.setup.office import OfficeScreen
from hallterm.screens.sign_in import SignIn
from hallterm.screens.ticket_desk import TicketDeskScreen
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
from tests.support.rulebook import ADMINISTRATOR, CLERK, DUTY_MANAGER, GREETER, PIN, STORE_MANAGER


def answer(app: HallApp) -> str:
    return str(app.screen.query_one("#answer", Static).content)


@pytest.mark.parametrize(
    ("actor", "screen"),
    [
        (CLERK, SeatScreen),
        (GREETER, TicketDeskScreen),
        (STORE_MANAGER, BoardScreen),
        (DUTY_MANAGER, BoardScreen),
        (ADMINISTRATOR, OfficeScreen),
    ],
    ids=["clerk", "greeter", "store-manager", "duty-manager", "administrator"],
)
async def test_each_role_begins_where_its_work_is(
    store: Path, clock: ManualClock, actor: Actor, screen: type
) -> None:
    with entrance(store, clock) as room:
        app = room.app()
        async with app.run_test() as pilot:
            await sign_in(pilot, actor)
            assert top(app) is screen
            assert app.shell.standing.person == f"员工{actor.staff_id} {actor.staff_id}"


async def test_full_width_digits_are_digits(store: Path, clock: ManualClock) -> None:
    with entrance(store, clock) as room:
        app = room.app()
        async with app.run_test() as pilot:
            await settled(pilot)
            app.screen.query_one("#staff-id", TextField).value = " １００１ "
            await press(pilot, "enter")
            app.screen.query_one("#pin", TextField).value = "２４６８１０"
            await press(pilot, "enter")
            assert top(app) is SeatScreen


async def test_what_is_no_staff_id_is_refused_before_the_pin(
    store: Path, clock: ManualClock
) -> None:
    with entrance(store, clock) as room:
        app = room.app()
        async with app.run_test() as pilot:
            await settled(pilot)
            await press(pilot, "z", "h", "enter")
            assert answer(app) == "工号是数字，请重新输入。"
            assert app.screen.query_one("#staff-id", TextField).has_focus
            await press(pilot, "escape", "enter")
            assert answer(app) == "先输入工号。"
            assert app.screen.query_one("#staff-id", TextField).has_focus


async def test_a_wrong_pin_says_how_many_tries_are_left(store: Path, clock: ManualClock) -> None:
    with entrance(store, clock) as room:
        app = room.app()
        async with app.run_test() as pilot:
            await sign_in(pilot, CLERK, "999999")
            assert answer(app) == "工号或密码不对，还可以试 4 次。"
            assert app.screen.query_one("#pin", TextField).value == ""
            await type_in(pilot, PIN)
            assert top(app) is SeatScreen


async def test_a_locked_account_counts_down_and_a_restart_does_not_help(
    store: Path, clock: ManualClock
) -> None:
    with entrance(store, clock) as room:
        app = room.app()
        async with app.run_test() as pilot:
            await sign_in(pilot, CLERK, "999999")
            for _try in range(4):
                await type_in(pilot, "999999")
            assert answer(app) == "工号 1001 已锁定，还要 05:00。"
            await pass_time(pilot, clock, 61)
            assert answer(app) == "工号 1001 已锁定，还要 03:59。"
    with entrance(store, clock) as room:
        app = room.app()
        async with app.run_test() as pilot:
            await sign_in(pilot, CLERK)
            assert top(app) is SignIn
            assert "已锁定" in answer(app)
            await pass_time(pilot, clock, 240)
            assert answer(app) == "可以再试了。"
            await type_in(pilot, PIN)
            assert top(app) is SeatScreen


@pytest.mark.parametrize("typed", ["abc", "工号", "😀"])
async def test_what_is_no_staff_id_is_told(store: Path, clock: ManualClock, typed: str) -> None:
    with entrance(store, clock) as room:
        app = room.app()
        async with app.run_test() as pilot:
            await settled(pilot)
            app.screen.query_one("#staff-id", TextField).value = typed
            await press(pilot, "enter")
            await type_in(pilot, PIN)
            assert answer(app) == "工号是数字，请重新输入。"


async def test_escape_empties_both_fields(store: Path, clock: ManualClock) -> None:
    with entrance(store, clock) as room:
        app = room.app()
        async with app.run_test() as pilot:
            await settled(pilot)
            await press(pilot, "1", "0", "enter", "2", "escape")
            assert [field.value for field in app.screen.query(TextField)] == ["", ""]
            assert app.focused is app.screen.query_one("#staff-id")


def opening_waits(app: HallApp) -> Event:
    """Let the store open only once the event returned is set."""
    may_open, opener = Event(), app.opener
    assert opener is not None

    def slowly() -> tuple[Entrance, Opened]:
        assert may_open.wait(20)
        return opener()

    app.opener = slowly
    return may_open


async def test_keys_typed_in_a_burst_go_to_the_right_field(store: Path, clock: ManualClock) -> None:
    with entrance(store, clock) as room:
        app = room.app()
        async with app.run_test() as pilot:
            await pilot.press(*CLERK.staff_id, "enter", *PIN, "enter")
            await settled(pilot)
            assert top(app) is SeatScreen


async def test_a_sign_in_typed_before_the_store_is_open_waits_for_it(
    store: Path, clock: ManualClock
) -> None:
    with entrance(store, clock) as room:
        app = room.app()
        may_open = opening_waits(app)
        async with app.run_test() as pilot:
            await pilot.press(*CLERK.staff_id, "enter", *PIN, "enter")
            await pilot.pause()
            assert top(app) is SignIn
            assert answer(app) == "正在核对，请稍候。"
            may_open.set()
            await settled(pilot)
            assert top(app) is SeatScreen


async def test_keys_that_pile_up_while_the_store_opens_are_taken_in_their_order(
    store: Path, clock: ManualClock
) -> None:
    with entrance(store, clock) as room:
        app = room.app()
        may_open = opening_waits(app)
        async with app.run_test() as pilot:
            pile_up(app, *CLERK.staff_id, "enter", *PIN)
            await pilot.pause()
            assert app.screen.query_one("#staff-id", TextField).value == CLERK.staff_id
            assert app.screen.query_one("#pin", TextField).value == PIN
            pile_up(app, "enter")
            may_open.set()
            await settled(pilot)
            assert top(app) is SeatScreen


async def test_a_key_meant_for_the_next_screen_is_no_part_of_the_pin(
    store: Path, clock: ManualClock
) -> None:
    with entrance(store, clock) as room:
        app = room.app()
        async with app.run_test() as pilot:
            pile_up(app, *CLERK.staff_id, "enter", *PIN, "enter", "3", "enter")
            await settled(pilot)
            assert top(app) is SeatScreen


async def test_keys_after_a_wrong_pin_are_no_second_try(store: Path, clock: ManualClock) -> None:
    with entrance(store, clock) as room:
        app = room.app()
        async with app.run_test() as pilot:
            pile_up(app, *CLERK.staff_id, "enter", *"999999", "enter", "3", "enter")
            await settled(pilot)
            assert answer(app) == "工号或密码不对，还可以试 4 次。"
            assert app.screen.query_one("#pin", TextField).value == ""


async def test_a_staff_id_left_out_keeps_what_follows_out_of_the_pin(
    store: Path, clock: ManualClock
) -> None:
    with entrance(store, clock) as room:
        app = room.app()
        async with app.run_test() as pilot:
            pile_up(app, "enter", *CLERK.staff_id, "enter", *PIN, "enter")
            await settled(pilot)
            assert top(app) is SeatScreen


async def test_signing_out_leads_back_and_forgets_the_person(
    store: Path, clock: ManualClock
) -> None:
    with entrance(store, clock) as room:
        app = room.app()
        async with app.run_test() as pilot:
            await sign_in(pilot, GREETER)
            await press(pilot, "ctrl+b")
            assert top(app) is SignIn
            assert said(app) == "员工1003 已签退。"
            assert app.shell.session is None
            assert app.shell.standing.person == ""
            await press(pilot, "ctrl+n", "ctrl+l")
            assert top(app) is SignIn
