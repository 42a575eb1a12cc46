"""Eight processes at work on one store, and a hand that kills them."""

import os
import selectors
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from hallterm.domain.company.commands import DefineCounter, HireStaff
from hallterm.domain.counter.state import CounterSetup
from hallterm.domain.refusal import Refusal
from hallterm.domain.roles import Role
from hallterm.domain.ticket.commands import TakeTicket
from hallterm.domain.ticket.state import BusinessLine
from hallterm.domain.tiers import Tier
from hallterm.store.ids import new_id
from tests.support.hall import done, enter
from tests.support.rulebook import ADMINISTRATOR, KIOSK

ROOT = Path(__file__).parents[2]
CLERKS = {f"20{n:02d}": f"d{n}" for n in range(1, 9)}
"""工号 → counter of the eight."""
PATIENCE = 60
"""Seconds without a word from any process after which something is stuck."""


def people_come(store: Path, count: int) -> set[str]:
    """Hire the eight, and let customers of every tier wait; return the tickets' ids."""
    desk = enter(store)
    clerk = frozenset({Role.CLERK})
    for place, (staff_id, counter_id) in enumerate(CLERKS.items()):
        done(desk.act(ADMINISTRATOR, HireStaff(staff_id=staff_id, roles=clerk)))
        setup = CounterSetup(id=counter_id, number=20 + place, name="综合", tiers=tuple(Tier))
        done(desk.act(ADMINISTRATOR, DefineCounter(counter=setup)))
    now = desk.clock.now()
    ids = [new_id(now) for _ in range(count)]
    with desk.transaction(KIOSK) as transaction:
        for place, ticket_id in enumerate(ids):
            taken = transaction.perform(
                TakeTicket(
                    ticket_id=ticket_id,
                    tier=Tier.GOTONE if place % 4 == 0 else Tier.STANDARD,
                    businesses=(BusinessLine(business_id="payment"),),
                    arrived_at=now,
                    shown_at=now,
                )
            )
            assert not isinstance(taken, Refusal), taken
    desk.close()
    return set(ids)


class Crowd:
    """The eight processes. Use as a context: whatever still runs at the end is killed."""

    def __init__(self, store: Path) -> None:
        self._store = store
        self._running: dict[str, subprocess.Popen[bytes]] = {}
        self._reader, self._writer = os.pipe()
        self._rest = b""

    def __enter__(self) -> "Crowd":
        for staff_id in CLERKS:
            self.start(staff_id)
        return self

    def __exit__(self, *_: object) -> None:
        for staff_id in list(self._running):
            self.kill(staff_id)
        os.close(self._reader)
        os.close(self._writer)

    def start(self, staff_id: str) -> None:
        """Start one clerk's process."""
        module = [sys.executable, "-m", "tests.support.caller"]
        self._running[staff_id] = subprocess.Popen(  # noqa: S603 - our own module
            [*module, str(self._store), staff_id, CLERKS[staff_id]],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=self._writer,
        )

    def go(self, staff_id: str) -> None:
        """Let a process that is ready begin."""
        pipe = self._running[staff_id].stdin
        assert pipe is not None
        pipe.write(b"go\n")
        pipe.close()

    def kill(self, staff_id: str) -> None:
        """Kill a process with SIGKILL; it has no chance to tidy up."""
        process = self._running.pop(staff_id)
        process.kill()
        process.wait()
        if process.stdin:
            process.stdin.close()

    @property
    def running(self) -> list[str]:
        """工号 of the processes that have neither ended nor been killed."""
        return sorted(self._running)

    def heard(self) -> Iterator[list[str]]:
        """Yield what the processes say, word by word, until all have ended."""
        with selectors.DefaultSelector() as selector:
            selector.register(self._reader, selectors.EVENT_READ)
            while self._running or self._rest:
                assert selector.select(PATIENCE), f"silent: {self.running}"
                *lines, self._rest = (self._rest + os.read(self._reader, 65536)).split(b"\n")
                for line in lines:
                    words = line.decode().split()
                    yield words
                    if words[1] == "end" and self.is_alive(words[0], words[2]):
                        process = self._running.pop(words[0])
                        assert process.wait(PATIENCE) == 0

    def is_alive(self, staff_id: str, pid: str) -> bool:
        """Say whether a word came from a process that has not been killed since."""
        process = self._running.get(staff_id)
        return process is not None and str(process.pid) == pid
