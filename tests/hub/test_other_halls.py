"""A hub orders one hall: whoever is of another gets nothing of it and puts nothing in."""

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest_asyncio

from hallterm.clock import ManualClock
from hallterm.hub.app import create_app
from hallterm.hub.opening import open_store
from hallterm.hub.services import Services
from hallterm.store.connection import close_connection, open_connection
from hallterm.store.doctor import examine
from hallterm.store.log import heads
from hallterm.wire import Problem
from tests.hub.terminals import Terminal, make_code
from tests.support.hall import KEY
from tests.support.rulebook import MORNING, PROFILE, configuration

OTHER = "west"


@pytest_asyncio.fixture
async def real_hub(store: Path, tmp_path: Path) -> AsyncIterator[Services]:
    """Give a hub with a hall that was set up."""
    clock = ManualClock(MORNING)
    opening = open_store(store, KEY, clock, configuration(), "hub", durability="OFF")
    services = Services(opening, "PEM", tmp_path / "made")
    await services.start()
    yield services
    await services.stop()


async def test_a_terminal_of_another_hall_is_kept_out(real_hub: Services, store: Path) -> None:
    transport = httpx.ASGITransport(create_app(real_hub))
    async with httpx.AsyncClient(transport=transport, base_url="http://hub") as client:
        own, stranger = Terminal(client), Terminal(client)
        await own.join(await make_code(real_hub, PROFILE.id), "own")
        await stranger.join(await make_code(real_hub, OTHER), "stranger")
        before = (await own.get("/v1/news")).content
        asked = [
            await stranger.push(stranger.envelopes()),
            await stranger.get("/v1/pull?stream=company"),
            await stranger.get(f"/v1/pull?stream=hall:{OTHER}"),
            await stranger.get(f"/v1/pull?stream=hall:{PROFILE.id}"),
            await stranger.get("/v1/news"),
            await stranger.get("/v1/snapshot"),
            await stranger.get("/v1/digests"),
        ]
        assert {answer.status_code for answer in asked} == {403}
        assert {Problem.model_validate_json(one.content).code for one in asked} == {
            "stream_unknown"
        }
        assert (await own.get("/v1/news")).content == before
        assert (await own.get("/v1/pull?stream=company")).status_code == 200
    connection = open_connection(store, KEY)
    assert set(heads(connection)) <= {"company", f"hall:{PROFILE.id}"}
    connection.rollback()
    assert examine(connection).sound
    close_connection(connection)
