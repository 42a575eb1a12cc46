"""A hub, a proxy of ours, and terminals: set up once from nothing, copied for each site."""

import asyncio
import json
import shutil
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from hallterm.store.account import read_account, write_account
from hallterm.store.connection import close_connection, open_connection, writing
from hallterm.store.keys import read_key
from hallterm.store.log import heads
from tests.commands.terminal import CLERK, CLERK_PIN, OTHER_CLERK
from tests.reliability.looking import Story, opened, standing, story
from tests.reliability.machine import Machine
from tests.reliability.proxy import Proxy

CLERKS = (CLERK, OTHER_CLERK, "0233")
IN_STEP_S = 90.0
QUIET_S = 0.3

SETUP = "\n".join(
    [
        '[hall]\nid = "jianshe-road"\nname = "建设路营业厅"',
        '[[staff]]\nid = "0001"\nname = "王芳"\nroles = ["administrator"]\npin = "208317"',
        *(
            f'[[staff]]\nid = "{one}"\nname = "李敏"\nroles = ["clerk"]\npin = "{CLERK_PIN}"'
            for one in CLERKS
        ),
        *(f'[[counter]]\nnumber = {n}\nname = "{n}号"' for n in range(1, 1 + len(CLERKS))),
    ]
)


async def make_template(folder: Path) -> None:
    """Set a hub and as many terminals as there are clerks up from nothing."""
    hub = Machine(folder / "hub", "hub")
    hub.key_file.parent.mkdir(parents=True)
    setup = folder / "setup.toml"
    setup.write_text(SETUP, "utf-8")
    await hub.command("setup", "--from", str(setup))
    await hub.command("hub", "certs", "--name", "127.0.0.1")
    port = await serve(hub, 0)
    for number in range(1, 1 + len(CLERKS)):
        one = Machine(folder / f"t{number}", "terminal")
        one.key_file.parent.mkdir(parents=True)
        code = json.loads(await hub.command("hub", "code", "--json"))["code"]
        await one.command("sync", "enrol", f"https://127.0.0.1:{port}", code)
        await one.command("sync", "now")
    await hub.kill()
    await hub.close()


async def serve(hub: Machine, port: int) -> int:
    """Let a hub begin to serve; return its port once it listens."""
    await hub.begin("hub", "serve", "--listen", f"127.0.0.1:{port}")
    _, address = await hub.heard("listening")
    return int(address.rpartition(":")[2])


class Site:
    """A hub and terminals with a proxy between them, from a template; ends with `close`."""

    def __init__(self, template: Path, folder: Path, terminals: int) -> None:
        self.folder = folder
        self.hub = Machine(folder / "hub", "hub")
        self.terminals = [Machine(folder / f"t{n}", "terminal") for n in range(1, 1 + terminals)]
        for one in self.machines:
            shutil.copytree(template / one.folder.name, one.folder, dirs_exist_ok=True)
        self._port = 0
        self._proxy: Proxy | None = None

    @property
    def machines(self) -> Sequence[Machine]:
        """All of them."""
        return (self.hub, *self.terminals)

    @property
    def proxy(self) -> Proxy:
        """What stands between terminals and the hub."""
        assert self._proxy is not None
        return self._proxy

    async def open(self, pause_s: float) -> None:
        """Let the hub serve and the terminals work.

        pause_s: between two things that a terminal's people do.
        """
        await self.serve()
        self._proxy = Proxy(self._port)
        await self._proxy.start()
        for one in self.terminals:
            self._point_at(one, f"https://127.0.0.1:{self._proxy.port}")
        for one in self.terminals:
            await self.work(one, pause_s)

    async def serve(self) -> None:
        """Start the hub, on its port of before if it had one."""
        self._port = await serve(self.hub, self._port)

    async def begin(self, machine: Machine, pause_s: float) -> str:
        """Start a machine's process again; return the word that tells when it is ready."""
        if machine is self.hub:
            await machine.begin("hub", "serve", "--listen", f"127.0.0.1:{self._port}")
            return "listening"
        await self.work(machine, pause_s)
        return "ready"

    async def work(self, terminal: Machine, pause_s: float) -> None:
        """Start a terminal's work."""
        number = self.terminals.index(terminal)
        await terminal.begin(str(pause_s), CLERKS[number], f"c{number + 1:02}")

    def _point_at(self, terminal: Machine, url: str) -> None:
        """Let a terminal find its hub behind the proxy."""
        connection = open_connection(terminal.store, read_key(terminal.key_file))
        try:
            with writing(connection):
                account = read_account(connection)
                assert account is not None
                write_account(connection, replace(account, url=url))
        finally:
            close_connection(connection)

    # Quiet, and work again

    async def stop(self) -> None:
        """Let nobody do anything more; what is confirmed by now must come to be facts."""
        for one in self.terminals:
            one.tell("stop")
        for one in self.terminals:
            await one.heard("stopped")

    async def go(self) -> None:
        """Let people work again."""
        for one in self.terminals:
            one.tell("go")
        for one in self.terminals:
            await one.heard("going")

    async def in_step(self) -> tuple[float | None, int]:
        """Wait until all has been sent and taken in, and every table is equal.

        Returns the seconds, None for never, and at how many terminals tables differ although they
        are where the hub is.
        """
        began, unequal = time.monotonic(), 0
        while time.monotonic() - began < IN_STEP_S:
            if await asyncio.to_thread(self._is_in_step):
                # A terminal may ask for numbers by itself meanwhile: then it is looked at again.
                home, others = await asyncio.to_thread(self.stories)
                if all(one.heads == home.heads for one in others):
                    unequal = sum(one.tables != home.tables for one in others)
                    if not unequal:
                        return time.monotonic() - began, 0
            await asyncio.sleep(QUIET_S)
        return None, unequal

    def _is_in_step(self) -> bool:
        looks = [standing(one.store, one.key_file) for one in self.terminals]
        if any(one.unsent for one in looks):
            return False
        with opened(self.hub.store, self.hub.key_file) as connection:
            home = heads(connection)
        return all(one.heads == home for one in looks)

    def stories(self) -> tuple[Story, list[Story]]:
        """Return what the hub's store and the terminals' stores say."""
        told = [story(one.store, one.key_file) for one in self.machines]
        return told[0], told[1:]

    async def close(self) -> None:
        """End every process."""
        for one in self.machines:
            await one.close()
        if self._proxy is not None:
            await self._proxy.stop()
