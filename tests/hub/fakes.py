"""A home in memory: every command becomes a fact. Lets the HTTP side be tested by itself."""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from hallterm.hub.core import Opening, Reading, Writing
from hallterm.store.connection import close_connection, open_connection
from hallterm.store.log import hall_stream
from hallterm.store.migrations import migrate
from hallterm.store.snapshot import Snapshot, make_snapshot
from hallterm.wire import Facts, Problem, Push, Pushed, WireFact
from tests.support.hall import KEY

HALL = "east"


@dataclass
class MemoryHome:
    """Streams in memory, shared by all threads."""

    epoch: int = 1
    streams: dict[str, list[WireFact]] = field(default_factory=dict)
    chains: dict[str, int] = field(default_factory=dict)
    rounds: list[int] = field(default_factory=list)
    """Pushes of each transaction."""
    before: Callable[[], None] = lambda: None
    """Called before each transaction; may raise or wait."""
    lock: threading.Lock = field(default_factory=threading.Lock)

    def receive(self, pushes: Sequence[tuple[str, Push]]) -> list[Pushed | Problem]:
        self.before()
        with self.lock:
            self.rounds.append(len(pushes))
            return [self._receive(device, push) for device, push in pushes]

    def _receive(self, device: str, push: Push) -> Pushed | Problem:
        if push.epoch != self.epoch:
            return Problem(code="epoch", expected={"epoch": self.epoch})
        for one in push.commands:
            last = self.chains.get(device, 0)
            if one.device_seq <= last:
                continue
            if one.device_seq > last + 1:
                return Problem(code="gap", expected={"device_seq": last + 1})
            stream = hall_stream(HALL) if one.stream == "hall" else "company"
            self._append(stream, one.id, device, one.device_seq, one.payload)
            self.chains[device] = one.device_seq
        return Pushed(device_seq=self.chains.get(device, 0), heads=self._heads())

    def _append(
        self, stream: str, command: str, device: str, seq: int, payload: dict[str, object]
    ) -> None:
        facts = self.streams.setdefault(stream, [])
        fact = WireFact(
            seq=len(facts) + 1,
            id=f"f{len(facts)}",
            type="thing_done",
            payload=payload,
            actor=device,
            device=device,
            at_ms=0,
            command_id=command,
            device_seq=seq,
        )
        facts.append(fact)

    def facts(self, stream: str, after: int, most: int) -> Facts | Problem:
        with self.lock:
            if stream not in self.streams:
                return Problem(code="stream_unknown")
            facts = self.streams[stream]
            if after > len(facts):
                return Problem(code="gap", expected={"after": len(facts)})
            piece = facts[after : after + most]
            return Facts(stream=stream, epoch=self.epoch, after=after, head=len(facts), facts=piece)

    def heads(self) -> dict[str, int]:
        with self.lock:
            return self._heads()

    def _heads(self) -> dict[str, int]:
        return {stream: len(facts) for stream, facts in self.streams.items()}

    def opening(self, path: Path) -> Opening:
        """Return how a hub opens this home and a store for its own tables."""

        def write() -> Writing:
            connection = open_connection(path, KEY, durability="OFF")
            migrate(connection)
            return Writing(self, connection, lambda: close_connection(connection))

        def read() -> Reading:
            connection = open_connection(path, KEY, durability="OFF")
            return Reading(self, connection, lambda: close_connection(connection))

        def snapshot(streams: Sequence[str], target: Path) -> Snapshot:
            return make_snapshot(path, KEY, streams, target)

        return Opening(write, read, snapshot)
