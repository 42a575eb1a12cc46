"""One run: terminals at work, a cut or a kill, quiet, and then what must hold."""

import asyncio
import json
import os
import signal
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

from hallterm.store.connection import close_connection, open_connection, reading
from hallterm.store.digests import digests
from hallterm.store.keys import read_key
from tests.commands.terminal import SETUP
from tests.reliability.proxy import Cut, Proxy

IN_STEP_S = 60.0
QUIET_S = 0.5


@dataclass
class Machine:
    """One machine with its folder and environment."""

    folder: Path
    process: asyncio.subprocess.Process | None = None
    confirmed: set[str] = field(default_factory=set)
    listening: asyncio.Task[None] | None = None

    @property
    def environment(self) -> dict[str, str]:
        """Settings of this machine."""
        return {
            "PATH": os.environ["PATH"],
            "HOME": str(self.folder),
            "HALLTERM_CONFIG": str(self.folder / "config"),
            "HALLTERM_STORE": str(self.store),
            "HALLTERM_KEY": str(self.folder / "config" / "hall.key"),
            "HALLTERM_DEVICE": self.folder.name,
            "HALLTERM_PRINTER": f"file:{self.folder / 'slips.bin'}",
        }

    @property
    def store(self) -> Path:
        """The store file."""
        return self.folder / "hall.db"

    async def start(self, *arguments: str) -> asyncio.subprocess.Process:
        """Start a Python process of this machine."""
        return await asyncio.create_subprocess_exec(
            sys.executable, "-m", *arguments, env=self.environment,
            stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
        )  # fmt: skip

    async def run(self, *arguments: str) -> str:
        """Run a command to its end and return what it wrote."""
        process = await self.start("hallterm", *arguments)
        out, _ = await process.communicate()
        assert process.returncode == 0, (arguments, out)
        return out.decode()

    async def work(self, pause_s: float) -> None:
        """Begin to give out tickets."""
        self.process = await self.start("tests.reliability.worker", str(pause_s))
        self.listening = asyncio.ensure_future(self._listen(self.process))

    async def _listen(self, process: asyncio.subprocess.Process) -> None:
        assert process.stdout is not None
        async for line in process.stdout:
            words = line.decode().split()
            if words[0] == "done":
                self.confirmed.add(words[1])

    def quiet(self) -> None:
        """Let no more tickets be given out."""
        if self.process is not None and self.process.stdin is not None:
            self.process.stdin.write(b"stop\n")

    async def kill(self) -> None:
        """Pull the plug."""
        if self.process is not None:
            self.process.send_signal(signal.SIGKILL)
            await self.process.wait()

    def look(self) -> tuple[int, dict[str, str], set[str]]:
        """Return how much is unsent, the digests, and the tickets in the log."""
        connection = open_connection(self.store, read_key(self.folder / "config" / "hall.key"))
        try:
            with reading(connection):
                unsent = connection.exec_driver_sql("SELECT count(*) FROM outbox").scalar()
                asked = "SELECT aggregate_id FROM event WHERE type = 'ticket_issued'"
                tickets = set(connection.exec_driver_sql(asked).scalars())
                return int(unsent or 0), digests(connection), tickets
        finally:
            close_connection(connection)


@dataclass(frozen=True, slots=True)
class Result:
    """How one run went."""

    fault: str
    seconds: float
    actions: int
    lost: int
    """Confirmed tickets that the hub's log does not hold."""
    unequal: int
    """Terminals whose tables differ from the hub's when all is in step."""
    in_step_s: float | None
    """Seconds from the end of the fault until all were in step; None: never."""


class Site:
    """A hub, a proxy and terminals, for any number of runs."""

    def __init__(self, folder: Path, terminals: int = 2) -> None:
        self.hub = Machine(folder / "hub")
        self.terminals = [Machine(folder / f"t{n}") for n in range(1, terminals + 1)]
        self.proxy: Proxy | None = None
        self._port = 0

    async def set_up(self) -> None:
        """Set everything up from nothing."""
        for one in (self.hub, *self.terminals):
            (one.folder / "config").mkdir(parents=True)
        setup = self.hub.folder / "setup.toml"
        setup.write_text(SETUP, "utf-8")
        await self.hub.run("setup", "--from", str(setup))
        await self.hub.run("hub", "certs", "--name", "127.0.0.1")
        await self.serve()
        self.proxy = Proxy(self._port)
        await self.proxy.start()
        for one in self.terminals:
            code = json.loads(await self.hub.run("hub", "code", "--json"))["code"]
            await one.run("sync", "enrol", f"https://127.0.0.1:{self.proxy.port}", code)
            await one.run("sync", "now")

    async def serve(self) -> None:
        """Start the hub, on its port of before if it had one."""
        listen = f"127.0.0.1:{self._port}"
        self.hub.process = await self.hub.start("hallterm", "hub", "serve", "--listen", listen)
        assert self.hub.process.stdout is not None
        first = (await self.hub.process.stdout.readline()).decode()
        self._port = int(first.rpartition(":")[2])

    async def run(self, fault: str, seconds: float, pause_s: float) -> Result:
        """Let terminals work through a fault, and see what holds afterwards."""
        assert self.proxy is not None
        before = sum(len(one.confirmed) for one in self.terminals)
        for one in self.terminals:
            await one.work(pause_s)
        await self._all_at_work()
        match fault:
            case "kill terminal":
                victim = self.terminals[0]
                await victim.kill()
                await asyncio.sleep(seconds)
                await victim.work(pause_s)
            case "kill hub":
                await self.hub.kill()
                await asyncio.sleep(seconds)
                await self.serve()
            case _:
                self.proxy.set(Cut(fault))
                await asyncio.sleep(seconds)
                self.proxy.set(Cut.NONE)
        await asyncio.sleep(1.0)
        for one in self.terminals:
            one.quiet()
        in_step = await self._in_step()
        for one in self.terminals:
            if one.process is not None and one.process.stdin is not None:
                one.process.stdin.close()
                await asyncio.wait_for(one.process.wait(), 30)
        return self._judged(fault, seconds, before, in_step)

    async def _all_at_work(self) -> None:
        """Wait until every terminal has given out a ticket of this run, and some more."""
        known = [len(one.confirmed) for one in self.terminals]
        async with asyncio.timeout(60):
            for one, before in zip(self.terminals, known, strict=True):
                while len(one.confirmed) == before:  # noqa: ASYNC110 - another process tells it
                    await asyncio.sleep(0.05)
        await asyncio.sleep(0.5)

    async def _in_step(self) -> float | None:
        began = time.monotonic()
        await asyncio.sleep(QUIET_S)
        while time.monotonic() - began < IN_STEP_S:
            theirs = self.hub.look()[1]
            looks = [one.look() for one in self.terminals]
            if all(unsent == 0 and told == theirs for unsent, told, _ in looks):
                return time.monotonic() - began
            await asyncio.sleep(QUIET_S)
        return None

    def _judged(self, fault: str, seconds: float, before: int, in_step: float | None) -> Result:
        _, theirs, tickets = self.hub.look()
        confirmed = set[str]().union(*(one.confirmed for one in self.terminals))
        return Result(
            fault=fault,
            seconds=seconds,
            actions=len(confirmed) - before,
            lost=len(confirmed - tickets),
            unequal=sum(one.look()[1] != theirs for one in self.terminals),
            in_step_s=in_step,
        )

    async def close(self) -> None:
        """End every process."""
        for one in (*self.terminals, self.hub):
            if one.process is not None and one.process.returncode is None:
                await one.kill()
        if self.proxy is not None:
            await self.proxy.stop()
