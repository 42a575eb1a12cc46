"""One machine of a site: its folder, and the one process that works there."""

import asyncio
import os
import signal
import sys
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

SECONDS = 300.0
"""Patience for a word of a process."""


@dataclass
class Machine:
    """A machine. Its process is born in a nursery (see there) and dies when told to."""

    folder: Path
    kind: str
    """``hub`` or ``terminal``."""
    place: int = 0
    """Last place of its chain that was confirmed to a person."""
    tickets: set[str] = field(default_factory=set)
    """Given out, and confirmed."""
    actions: int = 0
    faults: Counter[str] = field(default_factory=Counter)
    """Faults of the store that people were told."""
    pid: int = 0
    """Of the process that lives; 0: none does."""
    _nursery: asyncio.subprocess.Process | None = None
    _listening: asyncio.Task[None] | None = None
    _heard: defaultdict[str, asyncio.Queue[Sequence[str]]] = field(
        default_factory=lambda: defaultdict(asyncio.Queue)
    )

    @property
    def store(self) -> Path:
        """The store file."""
        return self.folder / "hall.db"

    @property
    def key_file(self) -> Path:
        """The key of the store."""
        return self.folder / "config" / "hall.key"

    @property
    def environment(self) -> dict[str, str]:
        """Settings of this machine."""
        return {
            "PATH": os.environ["PATH"],
            "HOME": str(self.folder),
            "HALLTERM_CONFIG": str(self.folder / "config"),
            "HALLTERM_STORE": str(self.store),
            "HALLTERM_KEY": str(self.key_file),
            "HALLTERM_DEVICE": self.folder.name,
            "HALLTERM_PRINTER": f"file:{self.folder / 'slips.bin'}",
        }

    async def command(self, *arguments: str) -> str:
        """Run a command line to its end and return what it wrote."""
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "hallterm", *arguments,
            env=self.environment, stdout=asyncio.subprocess.PIPE,
        )  # fmt: skip
        out, _ = await process.communicate()
        assert process.returncode == 0, (arguments, out)
        return out.decode()

    # Its process

    async def begin(self, *arguments: str) -> None:
        """Start the process; it is born when this returns, and may not be ready for long."""
        if self._nursery is None:
            self._nursery = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "tests.reliability.nursery", self.kind,
                env=self.environment,
                stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
            )  # fmt: skip
            self._listening = asyncio.ensure_future(self._listen(self._nursery))
            await self.heard("loaded")
        self._forget()
        self._say("start " + "\t".join(arguments))
        self.pid = int((await self.heard("born"))[0])

    def tell(self, word: str) -> None:
        """Say a word to the process."""
        self._say(f"tell {word}")

    async def kill(self) -> None:
        """Pull the plug."""
        if self.pid:
            os.kill(self.pid, signal.SIGKILL)
            await self.heard("dead")
            self.pid = 0

    async def heard(self, word: str) -> Sequence[str]:
        """Wait for a line that begins with a word; return the rest of it."""
        async with asyncio.timeout(SECONDS):
            return await self._heard[word].get()

    async def close(self) -> None:
        """End the process and its nursery."""
        if self._nursery is not None and self._nursery.stdin is not None:
            self._nursery.stdin.close()
            await self._nursery.wait()
        if self._listening is not None:
            await self._listening

    def _say(self, line: str) -> None:
        assert self._nursery is not None
        assert self._nursery.stdin is not None
        self._nursery.stdin.write(f"{line}\n".encode())

    def _forget(self) -> None:
        """Forget what an earlier process said."""
        self._heard.clear()

    async def _listen(self, process: asyncio.subprocess.Process) -> None:
        assert process.stdout is not None
        async for line in process.stdout:
            word, *rest = line.decode().split()
            before, found, address = line.decode().partition("https://")
            if found:
                # 中心开始运行：建设路营业厅，https://127.0.0.1:8443
                self._heard["listening"].put_nowait([before, address.strip()])
            elif word == "done":
                self._done(int(rest[0]), rest[1])
            elif word == "fault":
                self.faults[rest[0]] += 1
            else:
                self._heard[word].put_nowait(rest)

    def _done(self, place: int, ticket: str) -> None:
        self.place = max(self.place, place)
        self.actions += 1
        if ticket != "-":
            self.tickets.add(ticket)
