"""A hub as a process of its own over TLS, with terminals that ask it from this process."""

import asyncio
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from hallterm.clock import SystemClock
from hallterm.hub import registry
from hallterm.hub.certificates import certificates_beside, make_certificates
from hallterm.store.connection import writing
from hallterm.store.log import to_ms
from hallterm.wire import Envelope
from tests.bench.figure import Figure, absolute, percentile
from tests.bench.halls import KEY, STORE, open_hall
from tests.bench.hub_terminals import Chain, Enrolled, enrol_many, trusted

BUSY, EACH, ROUNDS = 64, 5, 15
"""Terminals, commands of a push, pushes of each terminal."""
IDLE, IDLE_SECONDS = 200, 20.0
_STAT_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Served:
    """A hub under way."""

    url: str
    pid: int
    terminals: list[Enrolled]
    authority: Path
    business: str

    def client(self, connections: int) -> httpx.AsyncClient:
        """Return a client that keeps so many connections."""
        limits = httpx.Limits(max_connections=connections, max_keepalive_connections=connections)
        return httpx.AsyncClient(
            base_url=self.url, verify=trusted(self.authority), limits=limits, timeout=60
        )

    def seconds_used(self) -> float:
        """Return how long the hub has computed."""
        fields = Path(f"/proc/{self.pid}/stat").read_text(encoding="ascii").rsplit(")", 1)[1]
        user, system = fields.split()[11:13]
        return (int(user) + int(system)) / _STAT_TICKS


@contextmanager
def served(folder: Path, terminals: int) -> Iterator[Served]:
    """Run a hub with so many terminals."""
    desk = open_hall(folder)
    business = next(iter(desk.rules.businesses))
    with writing(desk.connection) as connection:
        secret = registry.token_secret(connection)
    enrolled = enrol_many(desk, secret, terminals, to_ms(desk.clock.now()))
    desk.close()
    with serving(folder) as (process, url):
        authority = certificates_beside(folder / KEY).authority
        yield Served(url, process.pid, enrolled, authority, business)


@contextmanager
def serving(folder: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Run the hub of a hall's folder; give the process and its URL."""
    make_certificates(certificates_beside(folder / KEY), ["127.0.0.1"], SystemClock().now())
    process = subprocess.Popen(
        [sys.executable, "-m", "hallterm", "hub", "serve", "--listen", "127.0.0.1:0"],
        env=environment(folder),
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        yield process, process.stdout.readline().rpartition("，")[2].strip()
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)
        process.communicate()


def environment(folder: Path) -> dict[str, str]:
    """Return what tells a process of hallterm to work in a folder."""
    return {
        "PATH": os.environ["PATH"],
        "HALLTERM_CONFIG": str(folder),
        "HALLTERM_STORE": str(folder / STORE),
        "HALLTERM_KEY": str(folder / KEY),
    }


def measure_served(folder: Path) -> list[Figure]:
    """Measure pushes of many busy terminals, and the cost of many idle ones."""
    for name in ("busy", "idle"):
        (folder / name).mkdir()
    with served(folder / "busy", BUSY) as hub:
        busy = asyncio.run(_busy(hub))
    with served(folder / "idle", IDLE) as hub:
        idle = asyncio.run(_idle(hub))
    return [
        absolute("push_busy", percentile(busy, 0.99), "ms", 150),
        absolute("idle", idle, "% of a core", 5),
    ]


async def _busy(hub: Served) -> list[float]:
    """Return how many ms each push took."""
    # Made beforehand, as bytes: what is measured is the hub, not who asks it.
    ready = [_pushes(hub, one) for one in hub.terminals]
    pushed = await asyncio.gather(*(_push_all(hub, requests) for requests in ready))
    return [took for one in pushed for took in one]


def _pushes(hub: Served, one: Enrolled) -> list[bytes]:
    """Return the pushes of a terminal as they go over the wire."""
    chain = Chain(one.device, "", int(time.time() * 1000))
    made, client = [], httpx.Client(base_url=hub.url, verify=trusted(hub.authority))
    for _ in range(ROUNDS):
        request = one.push_request(client, _tickets(chain, hub.business))
        head = b"".join(name + b": " + value + b"\r\n" for name, value in request.headers.raw)
        made.append(b"POST /v1/push HTTP/1.1\r\n" + head + b"\r\n" + request.content)
    return made


def _tickets(chain: Chain, business: str) -> list[Envelope]:
    return [chain.ticket(business) for _ in range(EACH)]


async def _push_all(hub: Served, requests: list[bytes]) -> list[float]:
    address = httpx.URL(hub.url)
    reader, writer = await asyncio.open_connection(
        address.host, address.port, ssl=trusted(hub.authority), server_hostname=address.host
    )
    took = []
    for request in requests:
        began = time.perf_counter()
        writer.write(request)
        head = await reader.readuntil(b"\r\n\r\n")
        length = re.search(rb"content-length: (\d+)", head)
        assert length is not None, head
        body = await reader.readexactly(int(length[1]))
        assert head.startswith(b"HTTP/1.1 200"), body
        took.append((time.perf_counter() - began) * 1000)
    writer.close()
    return took[1:]  # with the first one everybody comes at once


async def push_for(hub: Served, one: Enrolled, pause: float) -> None:
    """Push a few commands every so many seconds, until cancelled."""
    chain = Chain(one.device, "", int(time.time() * 1000))
    async with hub.client(1) as client:
        while True:
            request = one.push_request(client, _tickets(chain, hub.business))
            (await client.send(request)).raise_for_status()
            await asyncio.sleep(pause)


async def _idle(hub: Served) -> float:
    """Return what share of a core the hub needs while everybody only listens, in percent."""
    async with hub.client(IDLE + 1) as client:
        listening = [asyncio.create_task(_listen(client, one)) for one in hub.terminals]
        await asyncio.sleep(8)  # all have connected
        before, began = hub.seconds_used(), time.perf_counter()
        await asyncio.sleep(IDLE_SECONDS)
        used = (hub.seconds_used() - before) / (time.perf_counter() - began)
        assert not any(task.done() for task in listening)
        for task in listening:
            task.cancel()
        await asyncio.gather(*listening, return_exceptions=True)
    return used * 100


async def _listen(client: httpx.AsyncClient, one: Enrolled) -> None:
    while True:
        asked = one.request(client, "GET", "/v1/news?seen=company@99999999&most=500")
        (await client.send(asked)).raise_for_status()
