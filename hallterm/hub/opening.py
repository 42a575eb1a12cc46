"""The hub over a real store: the same domain, the same desk, the same tables as a terminal's."""

from collections.abc import Sequence
from pathlib import Path

from hallterm.clock import Clock
from hallterm.configuration import Configuration
from hallterm.desk.desk import open_desk
from hallterm.desk.home import HubHome
from hallterm.desk.publishing import publish
from hallterm.desk.verifying import Verifier
from hallterm.hub.core import Opening, Reading, Writing
from hallterm.store.connection import Durability
from hallterm.store.log import to_ms
from hallterm.store.persons.erasing import scrub
from hallterm.store.snapshot import Snapshot, make_snapshot


def open_store(
    path: Path,
    key: str,
    clock: Clock,
    configuration: Configuration,
    device: str,
    *,
    durability: Durability = "FULL",
) -> Opening:
    """Return how the hub opens a store that was set up.

    What the operator's files say here is published to all terminals when the hub starts to write.
    """

    def write() -> Writing:
        desk = open_desk(path, key, clock, configuration, device, durability=durability)
        publish(desk)
        verify = Verifier(desk.connection, lambda: to_ms(clock.now()))
        home = HubHome(desk, verify)
        return Writing(home, desk.connection, desk.close, lambda: scrub(desk.connection))

    def read() -> Reading:
        desk = open_desk(path, key, clock, configuration, device)
        return Reading(HubHome(desk), desk.connection, desk.close)

    def snapshot(streams: Sequence[str], target: Path) -> Snapshot:
        return make_snapshot(path, key, streams, target)

    return Opening(write, read, snapshot)
