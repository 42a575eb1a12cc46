"""A new terminal fetches a store in pieces, and is where the hub stands."""

import hashlib
from pathlib import Path

import httpx
import pytest

from hallterm.hub import snapshots
from hallterm.hub.services import Services
from hallterm.hub.snapshots import GOOD_FOR_MS, KEPT_MS
from hallterm.joining import Digests, SnapshotMade
from hallterm.store.connection import close_connection, open_connection
from hallterm.store.migrations import migrate
from hallterm.store.snapshot import take_snapshot
from tests.hub.conftest import Clock
from tests.hub.terminals import Terminal, make_code
from tests.hub.test_sync import problem

KEY = "ef" * 32


async def offered(terminal: Terminal) -> SnapshotMade:
    answer = await terminal.get("/v1/snapshot")
    assert answer.status_code == 200, answer.text
    return SnapshotMade.model_validate_json(answer.content)


async def fetched(terminal: Terminal, made: SnapshotMade) -> bytes:
    whole = b""
    for number in range(-(-made.bytes // made.piece_bytes)):
        answer = await terminal.get(f"/v1/snapshot/{made.id}/{number}")
        assert answer.status_code == 200, answer.text
        whole += answer.content
    return whole


async def test_the_pieces_make_a_store(
    terminal: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(snapshots, "PIECE_BYTES", 1 << 16)
    made = await offered(terminal)
    assert made.bytes > 2 * made.piece_bytes
    whole = await fetched(terminal, made)
    assert len(whole) == made.bytes
    assert hashlib.sha256(whole).hexdigest() == made.sha256
    file = tmp_path / "fetched"
    file.write_bytes(whole)
    connection = open_connection(tmp_path / "terminal.db", KEY)
    migrate(connection)
    take_snapshot(connection, file, made.key, made.sha256)
    assert connection.exec_driver_sql("SELECT count(*) FROM hub_device").scalar() == 0
    close_connection(connection)
    beyond = await terminal.get(f"/v1/snapshot/{made.id}/{made.bytes // made.piece_bytes + 1}")
    assert problem(beyond, 404).code == "no_such_thing"


async def test_terminals_that_come_together_share_one(
    terminal: Terminal, hub_clock: Clock, tmp_path: Path
) -> None:
    first = await offered(terminal)
    assert await offered(terminal) == first
    hub_clock.ms += GOOD_FOR_MS
    await terminal.renew()
    second = await offered(terminal)
    assert second.id != first.id
    assert (await terminal.get(f"/v1/snapshot/{first.id}/0")).status_code == 200
    hub_clock.ms += KEPT_MS - GOOD_FOR_MS + 1
    await terminal.renew()
    await offered(terminal)
    assert problem(await terminal.get(f"/v1/snapshot/{first.id}/0"), 404)
    assert first.id not in str(list((tmp_path / "made").iterdir()))


async def test_another_halls_snapshot_is_not_there(
    terminal: Terminal, hub: Services, client: httpx.AsyncClient
) -> None:
    made = await offered(terminal)
    stranger = Terminal(client)
    await stranger.join(await make_code(hub, "west"), "stranger")
    assert problem(await stranger.get(f"/v1/snapshot/{made.id}/0"), 404)
    assert (await offered(stranger)).id != made.id


@pytest.mark.parametrize("name", ["..", "%2e%2e", "x", "..%2F..%2Fhub.db"])
async def test_names_that_lead_elsewhere(terminal: Terminal, name: str) -> None:
    assert (await terminal.get(f"/v1/snapshot/{name}/0")).status_code == 404


async def test_after_an_erasure_none_is_left(
    terminal: Terminal, hub: Services, tmp_path: Path
) -> None:
    made = await offered(terminal)
    hub.snapshots.forget_all()
    assert problem(await terminal.get(f"/v1/snapshot/{made.id}/0"), 404)
    assert list((tmp_path / "made").iterdir()) == []


async def test_digests_name_where_they_were_taken(terminal: Terminal) -> None:
    answer = await terminal.get("/v1/digests")
    told = Digests.model_validate_json(answer.content)
    assert told.epoch == 1
    assert len(told.tables["ticket"]) == 64
