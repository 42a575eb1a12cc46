"""Special requests on the screen: inbox, story, decisions with grace, PIN of somebody else."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from hallterm.clock import ManualClock
from hallterm.desk import requests
from hallterm.domain.actor import Actor
from hallterm.domain.request.state import Request
from hallterm.domain.request.words import RequestState
from hallterm.screens.form import Form
from hallterm.screens.reading import read
from hallterm.screens.request import RequestScreen
from hallterm.screens.request_words import left_told
from hallterm.screens.requests import RequestsScreen
from hallterm.screens.widgets.act_grid import ActGrid
from hallterm.screens.widgets.picker import Picker
from hallterm.screens.widgets.story_pane import StoryPane
from tests.screens import sample
from tests.screens.desk_room import (
    Room,
    opened_room,
    pass_time,
    press,
    said,
    settled,
    shown,
    typing,
)
from tests.screens.request_room import (
    asked,
    at_account_manager,
    at_hall,
    at_store_manager,
    chain,
    inbox,
    several,
    story,
)
from tests.support.hall import quick_pins
from tests.support.requests import ACCOUNT_MANAGER
from tests.support.rulebook import CLERK, PIN, STORE_MANAGER

S = RequestState


def room_of(store: Path, clock: ManualClock, actor: Actor) -> Iterator[Room]:
    with quick_pins(), opened_room(store, clock, actor) as room:
        room.people()
        chain(room)
        yield room


@pytest.fixture
def clerk(store: Path, clock: ManualClock) -> Iterator[Room]:
    yield from room_of(store, clock, CLERK)


@pytest.fixture
def manager(store: Path, clock: ManualClock) -> Iterator[Room]:
    yield from room_of(store, clock, STORE_MANAGER)


@pytest.fixture
def keeper(store: Path, clock: ManualClock) -> Iterator[Room]:
    yield from room_of(store, clock, ACCOUNT_MANAGER)


def now(room: Room, request_id: str) -> Request:
    found = requests.get(room.desk, request_id)
    assert found is not None
    return found


def test_what_is_left_is_not_taken_for_a_time_of_day() -> None:
    running, over = (sample.clock(age, 900) for age in (325.0, 960.0))
    assert left_told(read(running, sample.NOW.timestamp())).startswith("还剩 09:35 ")
    assert left_told(read(over, sample.NOW.timestamp())).startswith("+01:00 ")


async def test_a_decision_takes_no_key_for_half_a_second(manager: Room) -> None:
    request_id = at_store_manager(manager)
    async with manager.app(lambda: story(manager, request_id)).run_test() as pilot:
        await settled(pilot)
        await press(pilot, "1", *"abc", "enter", "f9")
        form = pilot.app.screen
        assert isinstance(form, Form)
        assert form.filled == {"words": ""}
        assert "请先看清" in said(pilot)
        await pass_time(manager, pilot, 0.4)
        await press(pilot, "d")
        assert form.filled == {"words": ""}
        await pass_time(manager, pilot, 0.1)
        await press(pilot, *"ok", "enter")
        assert now(manager, request_id).state is S.STORE_REPLY


async def test_a_reason_takes_no_key_for_half_a_second_and_is_needed(manager: Room) -> None:
    request_id = at_store_manager(manager)
    async with manager.app(lambda: story(manager, request_id)).run_test() as pilot:
        await settled(pilot)
        await press(pilot, "2", "3")
        assert isinstance(pilot.app.screen, Picker)
        await pass_time(manager, pilot, 0.5)
        await press(pilot, "3", "f9")
        found = now(manager, request_id)
        assert found.state is S.STORE_REPLY
        assert found.decisions[0].ruling.reason == "against_rules"


async def test_esc_backs_out_of_every_question(manager: Room) -> None:
    request_id = at_store_manager(manager)
    async with manager.app(lambda: story(manager, request_id)).run_test() as pilot:
        await settled(pilot)
        for key in ("1", "2", "3", "4", "5", "f2", "f4"):
            await press(pilot, key, "escape")
            assert isinstance(pilot.app.screen, RequestScreen), key
        assert now(manager, request_id).state is S.STORE_MANAGER


async def test_the_inbox_shows_the_story_before_a_decision(manager: Room) -> None:
    request_id = at_store_manager(manager)
    async with manager.app(lambda: inbox(manager)).run_test() as pilot:
        await settled(pilot)
        await press(pilot, "1")
        assert isinstance(pilot.app.screen, RequestScreen)
        assert "说了" not in said(pilot)
        assert "说明了漫游资费" in pilot.app.screen.query_one(StoryPane).text
        assert now(manager, request_id).state is S.STORE_MANAGER


async def test_what_is_no_decision_is_done_in_the_inbox(clerk: Room) -> None:
    request_id = asked(clerk)
    async with clerk.app(lambda: inbox(clerk)).run_test() as pilot:
        await settled(pilot)
        await press(pilot, "2", "4", "enter", *typing("no"), "f9")
        assert isinstance(pilot.app.screen, RequestsScreen)
        assert "已记：客户不接受" in said(pilot)
        assert now(clerk, request_id).state is S.STORE_MANAGER


async def test_a_manager_decides_here_and_the_clerk_stays(clerk: Room) -> None:
    request_id = at_store_manager(clerk)
    async with clerk.app(lambda: story(clerk, request_id)).run_test() as pilot:
        await settled(pilot)
        await press(pilot, "f2", *STORE_MANAGER.staff_id, "enter", *PIN, "enter")
        await pass_time(clerk, pilot, 1)
        await press(pilot, "1")
        await pass_time(clerk, pilot, 1)
        await press(pilot, *"ok", "enter")
        found = now(clerk, request_id)
        assert found.state is S.STORE_REPLY
        assert found.decisions[0].recorded_by == STORE_MANAGER.staff_id
        await press(pilot, "1", "2", "f9")
        assert now(clerk, request_id).moves[-1].staff_id == CLERK.staff_id


async def test_a_step_for_another_leaves_no_key_behind(clerk: Room) -> None:
    request_id = at_store_manager(clerk)
    keys, manager = clerk.desk.keyring, STORE_MANAGER.staff_id
    keys.needed = True
    async with clerk.app(lambda: story(clerk, request_id)).run_test() as pilot:
        await settled(pilot)
        await press(pilot, "f2", *manager, "enter", *PIN, "enter")
        assert keys.key_of(manager)
        await press(pilot, "escape")
        assert not keys.key_of(manager), "nothing was done"
        await press(pilot, "f2", *manager, "enter", *PIN, "enter")
        await pass_time(clerk, pilot, 1)
        await press(pilot, "1")
        await pass_time(clerk, pilot, 1)
        keys.lock_all()  # as the lock does that comes in between
        await press(pilot, *"ok", "enter")
        assert "不能确认这是工号 1004 本人做的" in said(pilot)
        assert now(clerk, request_id).state is S.STORE_MANAGER
        await press(pilot, "escape", "escape")
        await press(pilot, "f2", *manager, "enter", *PIN, "enter")
        await pass_time(clerk, pilot, 1)
        await press(pilot, "1")
        await pass_time(clerk, pilot, 1)
        await press(pilot, *"ok", "enter")
        assert now(clerk, request_id).state is S.STORE_REPLY
        assert not keys.key_of(manager)


async def test_a_wrong_pin_decides_nothing(clerk: Room) -> None:
    request_id = at_store_manager(clerk)
    async with clerk.app(lambda: story(clerk, request_id)).run_test() as pilot:
        await settled(pilot)
        await press(pilot, "f2", *STORE_MANAGER.staff_id, "enter", *"111222", "enter")
        assert "不对" in said(pilot)
        assert now(clerk, request_id).state is S.STORE_MANAGER


async def test_the_gate_says_what_is_missing(clerk: Room) -> None:
    request_id = at_hall(clerk)
    async with clerk.app(lambda: story(clerk, request_id)).run_test() as pilot:
        await settled(pilot)
        titles = pilot.app.screen.query_one(ActGrid).titles
        await press(pilot, str(titles.index("办理") + 1))
        assert "还缺：传真、电话核实" in said(pilot)


async def test_what_others_do_appears_by_itself(clerk: Room) -> None:
    async with clerk.app(lambda: inbox(clerk)).run_test() as pilot:
        await settled(pilot)
        assert "没有待办" in shown(pilot)
        asked(clerk)
        await pass_time(clerk, pilot, 1)
        assert "2026-0001" in shown(pilot)


async def test_the_holder_is_rung_and_reminded_on_any_screen(keeper: Room) -> None:
    async with keeper.app(lambda: inbox(keeper)).run_test() as pilot:
        await settled(pilot)
        await pass_time(keeper, pilot, 1)
        request_id = at_account_manager(keeper)
        await pass_time(keeper, pilot, 1)
        assert "Ctrl+U 看待办" in said(pilot)
        await pass_time(keeper, pilot, 1800)
        assert now(keeper, request_id).reminded == 1


async def test_a_counter_shows_what_was_promised(clerk: Room) -> None:
    at_store_manager(clerk)
    screen = clerk.customer_screen
    async with clerk.app(lambda: screen(None)).run_test(size=(120, 36)) as pilot:
        await settled(pilot)
        await pass_time(clerk, pilot, 1)
        assert "答应 09:22 前答复" in shown(pilot)
        assert "跟踪 2026-0001" in shown(pilot)


async def test_a_search_finds_closed_ones(clerk: Room) -> None:
    request_id = asked(clerk)
    async with clerk.app(lambda: inbox(clerk)).run_test() as pilot:
        await settled(pilot)
        await press(pilot, "1", "2", "f9")
        assert now(clerk, request_id).state is S.CLOSED
        await press(pilot, "f3", *"0001", "enter")
        assert "找到 1 件" in said(pilot)
        assert "解释后接受" in shown(pilot)
        await press(pilot, "f4")
        assert "没有待办" in shown(pilot)


async def test_typed_markup_stays_text(clerk: Room) -> None:
    several(clerk)
    async with clerk.app(lambda: inbox(clerk)).run_test(size=(120, 36)) as pilot:
        await settled(pilot)
        assert "[b]免押金[/b] #$ ' \" ../../etc $(rm)" in shown(pilot)
        await press(pilot, "enter")
        assert "[b]免押金[/b] #$ ' \" ../../etc $(rm)" in shown(pilot)


async def test_a_request_is_opened_for_the_customer_at_the_counter(clerk: Room) -> None:
    from hallterm.desk.calling import call_next  # noqa: PLC0415 - this test alone
    from hallterm.screens.counter import CounterScreen  # noqa: PLC0415 - as above
    from tests.screens.reception_room import vip  # noqa: PLC0415 - as above
    from tests.support.hall import done, sit  # noqa: PLC0415 - as above

    ticket_id = vip(clerk)
    sit(clerk.desk, CLERK)
    done(call_next(clerk.desk, CLERK))
    async with clerk.app(lambda: CounterScreen(clerk.hall_work().hall)).run_test() as pilot:
        await settled(pilot)
        await pass_time(clerk, pilot, 1)
        await press(pilot, "ctrl+x", "1", *"30", "enter", *"less", "enter", *"told", "enter")
        await press(pilot, "4", "f9")
        assert "2026-0001 已登记" in said(pilot)
        (request,) = clerk.desk.rules.company.requests.values()
        assert (request.ticket_id, request.amount_fen) == (ticket_id, 3000)
