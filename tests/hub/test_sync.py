"""Push, pull, news and events over HTTP."""

import asyncio
import json
import threading
from collections.abc import Callable

import httpx
import pytest
from fastapi import FastAPI

from hallterm.hub.services import Services
from hallterm.hub.writer import MOST_WAITING
from hallterm.joining import PROTOCOL_HEADER, TIME_HEADER, News
from hallterm.store.faults import StoreFaultError
from hallterm.wire import MOST_COMMANDS, Facts, Problem, Push, Pushed
from tests.hub.conftest import NOW
from tests.hub.fakes import HALL, MemoryHome
from tests.hub.terminals import Terminal, make_code

STREAM = f"hall:{HALL}"


class Held:
    """A home whose next transactions wait until they are let go."""

    def __init__(self, home: MemoryHome) -> None:
        self.entered, self.go = asyncio.Event(), threading.Event()
        loop = asyncio.get_running_loop()

        def hold() -> None:
            loop.call_soon_threadsafe(self.entered.set)
            self.go.wait(10)

        home.before = hold


async def until(holds: Callable[[], bool]) -> None:
    """Let the others go on until something holds."""
    async with asyncio.timeout(10):
        while not holds():  # noqa: ASYNC110 - nobody tells
            await asyncio.sleep(0.001)


def listening(hub: Services) -> int:
    """Return how many wait for news."""
    found = hub.metrics.text().decode().partition("\nhallterm_listening ")[2]
    return int(float(found.splitlines()[0]))


def problem(answer: httpx.Response, status: int) -> Problem:
    assert answer.status_code == status, answer.text
    return Problem.model_validate_json(answer.content)


@pytest.mark.parametrize("zipped", [False, True])
async def test_what_is_pushed_is_pulled(terminal: Terminal, zipped: bool) -> None:  # noqa: FBT001
    answer = await terminal.push(terminal.envelopes(3, payload={"n": 1}), zipped=zipped)
    assert Pushed.model_validate_json(answer.content) == Pushed(device_seq=3, heads={STREAM: 3})
    assert answer.headers[TIME_HEADER] == str(NOW)
    pulled = await terminal.get(f"/v1/pull?stream={STREAM}&after=1")
    facts = Facts.model_validate_json(pulled.content)
    assert [fact.seq for fact in facts.facts] == [2, 3]
    assert (facts.head, facts.after) == (3, 1)
    assert facts.facts[0].payload == {"n": 1}
    one = await terminal.get(f"/v1/pull?stream={STREAM}&after=0&most=1")
    assert [fact.seq for fact in Facts.model_validate_json(one.content).facts] == [1]


async def test_a_push_that_comes_twice_is_taken_once(terminal: Terminal, home: MemoryHome) -> None:
    commands = terminal.envelopes(2)
    first = await terminal.push(commands)
    assert (await terminal.push(commands)).content == first.content
    assert home.heads() == {STREAM: 2}


async def test_what_does_not_follow_is_told_what_would(
    terminal: Terminal, home: MemoryHome
) -> None:
    terminal.seq = 7
    gap = problem(await terminal.push(terminal.envelopes()), 409)
    assert (gap.code, gap.expected) == ("gap", {"device_seq": 1})
    terminal.seq = 0
    epoch = problem(await terminal.push(terminal.envelopes(), epoch=2), 409)
    assert (epoch.code, epoch.expected) == ("epoch", {"epoch": 1})
    ahead = problem(await terminal.get(f"/v1/pull?stream={STREAM}&after=9"), 409)
    assert (ahead.code, ahead.expected) == ("gap", {"after": 0})
    assert home.heads() == {}


async def test_pushes_that_wait_are_written_together(
    terminal: Terminal, hub: Services, home: MemoryHome
) -> None:
    others = [Terminal(terminal.client) for _ in range(8)]
    for place, one in enumerate(others):
        await one.join(await make_code(hub), f"t{place}")
        await one.get("/v1/news")
    await terminal.get("/v1/news")
    await hub.write(lambda _: None)  # what the first use of their tokens left to write is written
    held = Held(home)
    first = asyncio.create_task(terminal.push(terminal.envelopes()))
    await held.entered.wait()
    rest = [asyncio.create_task(one.push(one.envelopes())) for one in others]
    await until(lambda: hub.writer.waiting == len(others))
    held.go.set()
    answers = await asyncio.gather(first, *rest)
    assert all(answer.status_code == 200 for answer in answers)
    assert home.rounds == [1, len(others)]


async def test_one_bad_push_leaves_the_others_alone(
    terminal: Terminal, hub: Services, home: MemoryHome, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken = home._receive

    def poisoned(device: str, push: Push) -> Pushed | Problem:
        if any(one.type == "Poison" for one in push.commands):
            raise RuntimeError
        return taken(device, push)

    monkeypatch.setattr(home, "_receive", poisoned)
    other = Terminal(terminal.client)
    await other.join(await make_code(hub), "other")
    queued = [
        hub.writer.push(one.device, push_of(one, kind))
        for one, kind in ((terminal, "Poison"), (other, "TakeTicket"))
    ]
    wrapped = map(asyncio.wrap_future, queued)
    bad, good = await asyncio.gather(*wrapped, return_exceptions=True)
    assert isinstance(bad, RuntimeError)
    assert good == Pushed(device_seq=1, heads={STREAM: 1})


def push_of(terminal: Terminal, kind: str) -> Push:
    return Push(epoch=1, commands=terminal.envelopes(type=kind))


async def test_no_more_may_wait_than_there_is_room_for(
    terminal: Terminal, hub: Services, home: MemoryHome
) -> None:
    held = Held(home)
    commands = terminal.envelopes()
    tasks = [asyncio.create_task(terminal.push(commands))]
    await held.entered.wait()
    futures = [hub.writer.do(lambda _: None) for _ in range(MOST_WAITING)]
    turned_away = await terminal.push(commands)
    assert problem(turned_away, 503).code == "busy"
    assert int(turned_away.headers["Retry-After"]) > 0
    held.go.set()
    assert [task.status_code for task in await asyncio.gather(*tasks)] == [200]
    await asyncio.gather(*map(asyncio.wrap_future, futures))


async def test_a_store_that_fails_is_no_ack(
    terminal: Terminal, home: MemoryHome, client: httpx.AsyncClient
) -> None:
    def full() -> None:
        raise StoreFaultError("store_full")

    home.before = full
    commands = terminal.envelopes()
    answer = await terminal.push(commands)
    assert problem(answer, 503).code == "store_full"
    assert "Retry-After" in answer.headers
    assert (await client.get("/v1/health")).status_code == 503
    home.before = lambda: None
    assert (await terminal.push(commands)).status_code == 200
    health = (await client.get("/v1/health")).json()
    told = {"status": "ok", "protocol": 1, "epoch": 1, "time_ms": NOW}
    assert health.items() >= told.items()


async def test_a_pull_waits_for_news(terminal: Terminal, hub: Services) -> None:
    waiting = asyncio.create_task(terminal.get(f"/v1/pull?stream={STREAM}&after=0&wait=20"))
    news = asyncio.create_task(terminal.get(f"/v1/news?seen={STREAM}@0&seen=company@0"))
    await until(lambda: listening(hub) == 2)
    assert not waiting.done()
    assert not news.done()
    await terminal.push(terminal.envelopes())
    facts = Facts.model_validate_json((await waiting).content)
    assert [fact.seq for fact in facts.facts] == [1]
    heads = News.model_validate_json((await news).content)
    assert heads == News(epoch=1, heads={"company": 0, STREAM: 1})
    at_once = await terminal.get("/v1/news")
    assert at_once.content == (await news).content
    nothing = await terminal.get(f"/v1/pull?stream={STREAM}&after=1&wait=0.01")
    assert Facts.model_validate_json(nothing.content).facts == []


async def test_news_bring_the_facts_along(terminal: Terminal, hub: Services) -> None:
    asked = f"/v1/news?seen={STREAM}@0&seen=company@0&most=5"
    waiting = asyncio.create_task(terminal.get(asked))
    await until(lambda: listening(hub) == 1)
    await terminal.push(terminal.envelopes())
    news = News.model_validate_json((await waiting).content)
    pulled = await terminal.get(f"/v1/pull?stream={STREAM}&after=0")
    assert news.facts == [Facts.model_validate_json(pulled.content)]
    ahead = await terminal.get(f"/v1/news?seen={STREAM}@9&most=5&wait=0")
    assert News.model_validate_json(ahead.content).facts == []


async def test_a_hub_that_goes_down_lets_everybody_go(terminal: Terminal, hub: Services) -> None:
    waiting = asyncio.create_task(terminal.get(f"/v1/pull?stream={STREAM}&after=0&wait=20"))
    events = asyncio.create_task(terminal.get("/v1/events"))
    await until(lambda: listening(hub) == 2)
    hub.board.close()
    assert (await waiting).status_code == 200
    told = await events
    assert told.headers["content-type"].startswith("text/event-stream")
    assert "event: heads\n" in told.text


async def test_events_tell_each_change_of_the_heads(terminal: Terminal, hub: Services) -> None:
    events = asyncio.create_task(terminal.get("/v1/events"))
    await until(lambda: listening(hub) == 1)
    for seq in (1, 2):
        await terminal.push(terminal.envelopes())
        await until(lambda: hub.board.heads.get(STREAM) == seq)  # noqa: B023 - awaited here
    hub.board.close()
    lines = [line for line in (await events).text.splitlines() if line.startswith("data: ")]
    said = [json.loads(line.removeprefix("data: "))["heads"][STREAM] for line in lines]
    assert (said[0], said[-1]) == (0, 2)
    assert said == sorted(set(said)), "never back, never twice"


async def test_another_protocol_is_told_which_one(terminal: Terminal) -> None:
    request = terminal.request("GET", f"/v1/pull?stream={STREAM}&after=0")
    request.headers[PROTOCOL_HEADER] = "99"
    answer = problem(await terminal.client.send(request), 426)
    assert (answer.code, answer.expected) == ("protocol", {"protocol": 1})


async def test_a_thousand_commands_and_not_one_more(terminal: Terminal, home: MemoryHome) -> None:
    commands = terminal.envelopes(MOST_COMMANDS + 1)
    too_many = await terminal.push(commands)
    assert problem(too_many, 413).expected == {"most_commands": MOST_COMMANDS}
    assert home.heads() == {}
    assert (await terminal.push(commands[:-1], zipped=True)).status_code == 200


async def test_metrics_count_and_name_nobody(terminal: Terminal, client: httpx.AsyncClient) -> None:
    await terminal.push(terminal.envelopes(3))
    text = (await client.get("/metrics")).text
    assert "hallterm_commands_total 3.0" in text
    assert 'hallterm_requests_total{path="/v1/push",status="200"} 1.0' in text
    assert terminal.device not in text
    assert HALL not in text


async def test_metrics_are_for_this_machine(app: FastAPI) -> None:
    transport = httpx.ASGITransport(app, client=("192.0.2.7", 1))
    async with httpx.AsyncClient(transport=transport, base_url="http://hub") as client:
        assert problem(await client.get("/metrics"), 403).code == "only_from_here"
        assert (await client.get("/v1/health")).status_code == 200
