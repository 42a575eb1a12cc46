"""A hub over a home in memory, asked without a network."""

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
import pytest_asyncio
from fastapi import FastAPI

from hallterm.hub.app import create_app
from hallterm.hub.services import Services
from tests.hub.fakes import MemoryHome
from tests.hub.terminals import Terminal, make_code

NOW = 1_800_000_000_000


class Clock:
    """Milliseconds that stand still."""

    def __init__(self) -> None:
        self.ms = NOW

    def __call__(self) -> int:
        return self.ms


@pytest.fixture
def home() -> MemoryHome:
    return MemoryHome()


@pytest.fixture
def hub_clock() -> Clock:
    return Clock()


@pytest_asyncio.fixture
async def app(home: MemoryHome, hub_clock: Clock, tmp_path: Path) -> AsyncIterator[FastAPI]:
    services = Services(home.opening(tmp_path / "hub.db"), "PEM", tmp_path / "made", hub_clock)
    made = create_app(services)
    async with made.router.lifespan_context(made):
        yield made


@pytest.fixture
def hub(app: FastAPI) -> Services:
    services: Services = app.state.services
    return services


@pytest_asyncio.fixture
async def client(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://hub") as client:
        yield client


@pytest_asyncio.fixture
async def terminal(hub: Services, client: httpx.AsyncClient) -> Terminal:
    made = Terminal(client)
    await made.join(await make_code(hub))
    return made
