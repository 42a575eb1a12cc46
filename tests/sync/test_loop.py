"""The sync loop: what it does about every answer, and about none."""

import asyncio
from collections.abc import Callable, Coroutine

import pytest

from hallterm.store.faults import StoreFaultError
from hallterm.sync.pace import Pace
from hallterm.sync.ports import BusyError, ShutOutError, UnreachableError
from hallterm.wire import Problem, Push
from tests.simulation.virtual_time import run_virtually
from tests.sync.fakes import FakeFollower, FakeHome, Pair


def times(kind: str, count: int, error: BaseException) -> Callable[[str, object], None]:
    """Fail the first requests of a kind."""
    left = [count]

    def answer(asked: str, _: object) -> None:
        if asked == kind and left[0] > 0:
            left[0] -= 1
            raise error

    return answer


def run(pair: Pair, seconds: float = 10.0) -> Pair:
    run_virtually(pair.run_for(seconds))
    return pair


def test_commands_go_up_and_facts_come_down() -> None:
    pair = run(Pair(FakeFollower(given=5)))
    assert pair.in_step
    assert pair.follower.acknowledged == 5
    assert pair.syncer.standing.online
    assert pair.syncer.standing.unsent == 0


def test_many_commands_go_in_pieces() -> None:
    pair = run(Pair(FakeFollower(given=25), pace=Pace(most_commands=10, most_facts=7)))
    assert pair.in_step
    assert pair.home.requests.count("push") == 3
    assert pair.follower.absorbed == [7, 7, 7, 4]


def test_a_command_given_later_goes_at_once() -> None:
    pair = Pair(pace=Pace(peek=1000.0))

    async def later() -> None:
        running = asyncio.ensure_future(pair.run_for(20.0))
        await asyncio.sleep(5.0)
        pair.follower.given = 1
        pair.syncer.wanted()
        await asyncio.sleep(0.01)
        assert pair.home.has == 1
        await running

    run_virtually(later())


def test_a_command_of_another_process_is_found_by_looking() -> None:
    pair = Pair(pace=Pace(peek=0.5))

    async def later() -> None:
        running = asyncio.ensure_future(pair.run_for(20.0))
        await asyncio.sleep(5.0)
        pair.follower.given = 1
        await asyncio.sleep(0.6)
        assert pair.home.has == 1
        await running

    run_virtually(later())


@pytest.mark.parametrize("brings", [True, False])
def test_facts_of_others_come_with_the_news(*, brings: bool) -> None:
    pair = Pair(home=FakeHome(brings=brings), pace=Pace(peek=1000.0, refresh=1000.0))

    async def later() -> None:
        running = asyncio.ensure_future(pair.run_for(20.0))
        await asyncio.sleep(5.0)
        pair.home.requests.clear()
        pair.home.facts = 3
        await asyncio.sleep(0.3)
        assert pair.follower.seen == 3
        assert ("pull" in pair.home.requests) is not brings
        await running

    run_virtually(later())


def test_what_can_not_be_taken_in_is_not_asked_for_without_a_pause() -> None:
    pair = Pair(pace=Pace(peek=5.0))

    async def later() -> None:
        running = asyncio.ensure_future(pair.run_for(60.0))
        await asyncio.sleep(1.0)
        pair.follower.problem = Problem(code="epoch")
        pair.home.facts = 3
        await asyncio.sleep(50.0)
        assert pair.follower.seen == 0
        assert pair.home.requests.count("news") < 30
        pair.follower.problem = None
        await running
        assert pair.follower.seen == 3

    run_virtually(later())


def test_facts_come_without_news_too() -> None:
    home = FakeHome(answer=times("news", 10**6, UnreachableError("no news")))
    pair = Pair(home=home, pace=Pace(refresh=10.0))

    async def later() -> None:
        running = asyncio.ensure_future(pair.run_for(20.0))
        await asyncio.sleep(5.0)
        pair.home.facts = 3
        await asyncio.sleep(11.0)
        assert pair.follower.seen == 3
        await running

    run_virtually(later())


@pytest.mark.parametrize(
    ("kind", "error"),
    [
        ("push", UnreachableError("cut")),
        ("pull", UnreachableError("cut")),
        ("news", UnreachableError("cut")),
        ("push", BusyError(1.0)),
        ("pull", BusyError(1.0)),
        ("news", BusyError(1.0)),
        ("push", StoreFaultError("store_busy")),
        ("pull", StoreFaultError("store_busy")),
    ],
)
def test_what_fails_is_tried_again(kind: str, error: Exception) -> None:
    pair = run(Pair(FakeFollower(given=2), FakeHome(answer=times(kind, 3, error))), 60.0)
    assert pair.in_step
    assert pair.syncer.standing.online


def test_an_answer_that_never_comes_is_given_up() -> None:
    async def never() -> None:
        await asyncio.sleep(1e9)

    home = FakeHome()
    silent = [2]

    def answer(kind: str, _: object) -> Coroutine[None, None, None] | None:
        if kind == "push" and silent[0]:
            silent[0] -= 1
            return never()
        return None

    home.answer = answer
    pair = run(Pair(FakeFollower(given=1), home), 25.0)
    assert pair.in_step
    assert any(not standing.online for standing in pair.told[1:])


def test_a_lost_answer_does_not_send_a_command_twice() -> None:
    home = FakeHome()
    lost = [1]

    def answer(kind: str, what: object) -> None:
        if kind == "push" and lost[0]:
            lost[0] -= 1
            assert isinstance(what, Push)
            home.has = home.facts = len(what.commands)
            raise UnreachableError("the answer was cut off")

    home.answer = answer
    pair = run(Pair(FakeFollower(given=3), home), 60.0)
    assert (pair.home.has, pair.home.facts, pair.follower.seen) == (3, 3, 3)


def test_a_gap_that_tells_of_a_lost_answer_is_passed() -> None:
    home = FakeHome(has=3, facts=3)

    def answer(kind: str, what: object) -> object:
        if kind == "push" and isinstance(what, Push) and what.commands[0].device_seq <= 3:
            return Problem(code="gap", expected={"device_seq": 4})
        return None

    home.answer = answer
    pair = run(Pair(FakeFollower(given=5), home), 60.0)
    assert (pair.home.has, pair.follower.acknowledged) == (5, 5)
    assert pair.syncer.standing.trouble == ""


def test_what_is_too_large_is_halved() -> None:
    def answer(kind: str, what: object) -> object:
        if kind == "push" and isinstance(what, Push) and len(what.commands) > 4:
            return Problem(code="too_large")
        return None

    pair = run(Pair(FakeFollower(given=30), FakeHome(answer=answer)), 60.0)
    assert pair.in_step


@pytest.mark.parametrize("code", ["fork", "epoch", "gap"])
def test_what_only_a_person_can_settle_is_told_and_does_not_stop_the_facts(code: str) -> None:
    home = FakeHome(facts=4)
    home.answer = lambda kind, _: (
        Problem(code=code, expected={"device_seq": -5}) if kind == "push" else None
    )
    pair = run(Pair(FakeFollower(given=2), home), 60.0)
    assert pair.syncer.standing.trouble == code
    assert pair.follower.seen == 4
    assert 5 < home.requests.count("push") < 130


@pytest.mark.parametrize("code", ["too_old", "device_revoked"])
def test_a_terminal_shut_out_tells_why_and_asks_seldom_until_it_is_let_in(code: str) -> None:
    home = FakeHome(answer=lambda _kind, _what: (_ for _ in ()).throw(ShutOutError(code)))
    pair = Pair(FakeFollower(given=2), home)

    async def later() -> None:
        running = asyncio.ensure_future(pair.run_for(400.0))
        await asyncio.sleep(300.0)
        assert pair.syncer.standing.trouble == code
        assert not pair.syncer.standing.online
        assert len(home.requests) < 30
        home.answer = None
        await asyncio.sleep(40.0)
        assert pair.in_step
        assert pair.syncer.standing.trouble == ""
        await running

    run_virtually(later())


def test_pauses_grow_and_are_spread() -> None:
    home = FakeHome(answer=times("push", 10**6, UnreachableError("down")))
    home.answer = lambda _kind, _what: (_ for _ in ()).throw(UnreachableError("down"))
    pair = Pair(FakeFollower(given=1), home)
    run(pair, 600.0)
    pushes = home.requests.count("push")
    assert 600 / 30 < pushes < 600 / 5


def test_the_home_says_when_to_come_again() -> None:
    moments: list[float] = []

    def answer(kind: str, _: object) -> None:
        if kind == "push":
            moments.append(asyncio.get_running_loop().time())
            if len(moments) == 1:
                raise BusyError(7.0)

    run(Pair(FakeFollower(given=1), FakeHome(answer=answer)), 60.0)
    assert moments[1] - moments[0] >= 7.0


def test_a_non_empty_outbox_is_tried_for_ever() -> None:
    home = FakeHome(answer=lambda _kind, _what: (_ for _ in ()).throw(UnreachableError("down")))
    pair = Pair(FakeFollower(given=1), home)

    async def later() -> None:
        running = asyncio.ensure_future(pair.run_for(90_000.0))
        await asyncio.sleep(86_400.0)
        home.answer = None
        await asyncio.sleep(31.0)
        assert pair.in_step
        await running

    run_virtually(later())


def test_a_person_who_asks_does_not_wait_for_the_pause() -> None:
    home = FakeHome(answer=lambda _kind, _what: (_ for _ in ()).throw(UnreachableError("down")))
    pair = Pair(FakeFollower(given=1), home)

    async def later() -> None:
        running = asyncio.ensure_future(pair.run_for(200.0))
        await asyncio.sleep(150.0)
        home.answer = None
        pair.syncer.sync_now()
        await asyncio.sleep(0.05)
        assert pair.home.has == 1
        await running

    run_virtually(later())


def test_facts_that_do_not_follow_are_asked_for_again() -> None:
    pair = Pair(FakeFollower(), FakeHome(facts=3))
    pair.follower.problem = Problem(code="gap")

    async def later() -> None:
        running = asyncio.ensure_future(pair.run_for(20.0))
        await asyncio.sleep(5.0)
        assert pair.follower.seen == 0
        pair.follower.problem = None
        await asyncio.sleep(2.0)
        assert pair.follower.seen == 3
        await running

    run_virtually(later())


def test_the_oldest_unsent_command_is_told() -> None:
    home = FakeHome(answer=lambda _kind, _what: (_ for _ in ()).throw(UnreachableError("down")))
    pair = run(Pair(FakeFollower(given=3), home))
    standing = pair.syncer.standing
    assert (standing.unsent, standing.online) == (3, False)
    assert standing.oldest_ms is not None
