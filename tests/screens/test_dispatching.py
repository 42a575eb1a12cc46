"""Dispatch (调度): the policy, another choice, advice and the plan, for managers only."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from hallterm.clock import ManualClock
from hallterm.desk.queueing import dispatch_rules
from hallterm.domain.actor import Actor
from hallterm.domain.dispatching import PolicyName
from hallterm.domain.roles import Role
from hallterm.domain.tiers import Tier
from hallterm.screens.dispatching import EVERY
from hallterm.screens.places import places_for
from hallterm.screens.session import Session
from hallterm.words.policies import policies, policy_name, policy_sentence
from tests.screens.desk_room import Room, opened_room, pass_time, press, said, settled, shown
from tests.screens.test_desk_snapshots import SIZES
from tests.screens.test_snapshots import Compare
from tests.support.hall import done, sit, take
from tests.support.rulebook import CLERK, STORE_MANAGER


@pytest.fixture
def room(store: Path, clock: ManualClock) -> Iterator[Room]:
    with opened_room(store, clock, STORE_MANAGER) as room:
        yield room


def policy_of(room: Room) -> PolicyName:
    room.desk.refresh()
    return dispatch_rules(room.desk.rules).policy


def crowd(room: Room, count: int = 12) -> None:
    """One counter, and promises about to break."""
    sit(room.desk)
    for place in range(count):
        take(room.desk, Tier.GOTONE if place % 4 == 0 else Tier.STANDARD)
    room.clock.advance(12 * 60)


def yesterday(room: Room) -> None:
    """A day to learn from: many at nine, few later."""
    for hour in range(8):
        for _ in range(18 if hour == 1 else 6):
            take(room.desk)
            room.clock.advance(20)
        room.clock.advance(2400)
    room.clock.advance(24 * 3600 - 8 * 2400 - 60 * 20)
    take(room.desk)


async def test_a_policy_is_chosen_by_digit_and_recorded(room: Room) -> None:
    async with room.app(room.dispatching).run_test() as pilot:
        await settled(pilot)
        assert "守承诺" in shown(pilot)
        assert "还没有人另选" in shown(pilot)
        await press(pilot, "f2")
        assert policy_sentence("strict") in shown(pilot)
        await press(pilot, "2")
        assert said(pilot) == "从现在起按「按标准」叫号。"
        assert policy_of(room) == "strict"
        assert "员工1004 2026-03-02 09:00 起" in shown(pilot)
        await press(pilot, "f4")
        assert said(pilot) == "只有「守承诺」有这个限度。"


async def test_backing_out_changes_nothing(room: Room) -> None:
    async with room.app(room.dispatching).run_test() as pilot:
        await settled(pilot)
        await press(pilot, "f2", "escape", "f4", "escape")
        assert room.desk.rules.company.dispatch is None


async def test_the_cap_is_chosen_by_digit(room: Room) -> None:
    async with room.app(room.dispatching).run_test() as pilot:
        await settled(pilot)
        await press(pilot, "f4", "6")
        assert said(pilot) == "超时的最多放到 3 倍时限。"
        assert "放到 3 倍时限" in shown(pilot)
        chosen = room.desk.rules.company.dispatch
        assert chosen is not None
        assert (chosen.rules.policy, chosen.rules.late_cap) == ("promise", 3.0)


async def test_advice_is_worked_out_again_after_a_while(room: Room) -> None:
    async with room.app(room.dispatching).run_test() as pilot:
        await settled(pilot)
        assert "等候 0 位" in shown(pilot)
        crowd(room)
        await pass_time(room, pilot, EVERY)
        assert "等候 12 位，开着 1 个窗口" in shown(pilot)
        assert "现在多开一个窗口：半小时内多守住" in shown(pilot)
        assert "去自助办理" in shown(pilot)


async def test_a_calm_hall_needs_nothing_and_without_history_it_says_so(room: Room) -> None:
    async with room.app(room.dispatching).run_test() as pilot:
        await settled(pilot)
        assert "没有要做的" in shown(pilot)
        assert "没有以往的日子可参考" in shown(pilot)
        assert "开过一天之后再看" in shown(pilot)


async def test_the_plan_follows_yesterday(room: Room) -> None:
    yesterday(room)
    async with room.app(room.dispatching).run_test(size=(80, 30)) as pilot:
        await settled(pilot)
        assert "没有以往的日子" not in shown(pilot)
        line = next(text for text in shown(pilot).split("\n") if "现在" in text and ":" in text)
        assert line.split()[-1] == "现在"


async def test_another_terminals_choice_shows(room: Room) -> None:
    async with room.app(room.dispatching).run_test() as pilot:
        await settled(pilot)
        from hallterm.desk.dispatching import choose_policy  # noqa: PLC0415 - a second terminal
        from hallterm.domain.dispatching import Rules  # noqa: PLC0415 - as above

        done(choose_policy(room.twin, STORE_MANAGER, Rules(policy="fifo")))
        await pass_time(room, pilot, EVERY)
        assert "先到先办" in shown(pilot)


async def test_a_clerk_is_refused_by_the_domain(store: Path, clock: ManualClock) -> None:
    with opened_room(store, clock, CLERK) as room:
        async with room.app(room.dispatching).run_test() as pilot:
            await settled(pilot)
            await press(pilot, "f2", "2")
            assert policy_of(room) == "promise"
            assert "起按" not in said(pilot)


@pytest.mark.parametrize("role", list(Role))
def test_only_managers_find_the_place(room: Room, role: Role) -> None:
    session = Session(Actor("55", frozenset({role})), "某人", "s")
    offered = "dispatch" in places_for(session, room.hall_work())
    assert offered == (role in {Role.STORE_MANAGER, Role.DUTY_MANAGER})


def test_every_policy_has_its_words() -> None:
    assert len({policy_name(one) for one in policies()}) == len(policies()) == 6
    assert all(policy_sentence(one).endswith("。") for one in policies())


@SIZES
@pytest.mark.parametrize("name", ["empty", "busy", "picker", "caps"])
def test_pictures(room: Room, snap_compare: Compare, name: str, size: tuple[int, int]) -> None:
    if name != "empty":
        yesterday(room)
        crowd(room)
    keys = {"picker": ["f2"], "caps": ["f4"]}.get(name, [])

    async def run(pilot: object) -> None:
        await settled(pilot)  # type: ignore[arg-type]  # the plugin passes a pilot of our app
        await press(pilot, *keys)  # type: ignore[arg-type]  # as above

    assert snap_compare(room.app(room.dispatching), terminal_size=size, run_before=run)
