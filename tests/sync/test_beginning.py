"""A new terminal fetches its snapshot in pieces, and goes on where it was cut off."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import pytest
import sqlalchemy as sa

from hallterm.desk.desk import Desk
from hallterm.joining import SnapshotMade
from hallterm.store.connection import close_connection, open_connection, reading
from hallterm.store.log import heads
from hallterm.store.migrations import migrate
from hallterm.store.snapshot import Snapshot, make_snapshot
from hallterm.sync import beginning
from hallterm.sync.beginning import OnStore, begin, begin_if_blank
from hallterm.sync.half_fetched import HalfFetched
from hallterm.sync.ports import UnreachableError
from hallterm.wire import Problem
from tests.support.hall import KEY, take
from tests.support.rulebook import PROFILE

T = TypeVar("T")

STREAMS = ("company", f"hall:{PROFILE.id}")
PIECE = 16_384
SECRET = "the device's own"  # noqa: S105 - made up


class Hub:
    """Makes snapshots, gives so many pieces, and is gone then."""

    def __init__(self, store: Path, name: str) -> None:
        self._store, self._name = store, name
        self._made: Snapshot | None = None
        self.patience = 10**6
        self.asked: list[int] = []

    async def snapshot(self) -> SnapshotMade | Problem:
        target = self._store.parent / f"{self._name}.snapshot"
        self._made = made = make_snapshot(self._store, KEY, STREAMS, target)
        return SnapshotMade(
            id=self._name, epoch=1, heads=made.heads, bytes=made.bytes, sha256=made.sha256,
            piece_bytes=PIECE, key=made.key,
        )  # fmt: skip

    async def piece(self, name: str) -> bytes | Problem:
        which, _, number = name.partition("/")
        if self._made is None or which != self._name:
            return Problem(code="no_such_thing")
        if len(self.asked) >= self.patience:
            raise UnreachableError("gone")
        self.asked.append(int(number))
        begin = int(number) * PIECE
        return self._made.path.read_bytes()[begin : begin + PIECE]


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Don't wait between tries."""
    monkeypatch.setattr(beginning, "PAUSE_S", 0.0)


@pytest.fixture
def blank(tmp_path: Path) -> Iterator[sa.Connection]:
    """Give the empty store of a new terminal."""
    connection = open_connection(tmp_path / "terminal.db", KEY)
    migrate(connection)
    yield connection
    close_connection(connection)


def on(connection: sa.Connection) -> OnStore:
    """Return what does work on the store."""

    async def done(work: Callable[[sa.Connection], T]) -> T:
        return work(connection)

    return done


def left(folder: Path) -> list[Path]:
    """Return the files of a fetch that is under way."""
    return list(folder.glob(".hallterm-snapshot*"))


def half(folder: Path) -> HalfFetched:
    """Return what a process that has just begun finds."""
    return HalfFetched(folder, SECRET)


def known(connection: sa.Connection) -> dict[str, int]:
    with reading(connection):
        return heads(connection)


async def cut_off(hub: Hub, blank: sa.Connection, folder: Path, pieces: int) -> None:
    """Let a fetch end after so many pieces."""
    hub.patience = pieces
    with pytest.raises(UnreachableError):
        await begin(hub, half(folder), on(blank))
    hub.patience = 10**6
    assert not any(known(blank).values())


async def test_a_terminal_that_was_restarted_fetches_only_what_it_lacks(
    desk: Desk, store: Path, blank: sa.Connection, tmp_path: Path
) -> None:
    take(desk)
    hub = Hub(store, "first")
    await cut_off(hub, blank, tmp_path, 3)
    with half(tmp_path).path.open("ab") as file:
        file.write(b"a part of a piece")
    facts = await begin(hub, half(tmp_path), on(blank))
    assert hub.asked == list(range(len(hub.asked)))
    assert len(hub.asked) > 4
    assert facts == sum(known(desk.connection).values()) == sum(known(blank).values())
    assert left(tmp_path) == []


async def test_a_snapshot_that_is_gone_is_made_anew(
    desk: Desk, store: Path, blank: sa.Connection, tmp_path: Path
) -> None:
    await cut_off(Hub(store, "first"), blank, tmp_path, 3)
    take(desk)
    restarted = Hub(store, "second")
    offline: list[str] = []
    facts = await begin_if_blank(
        restarted, half(tmp_path), on(blank), lambda: offline.append("told")
    )
    assert restarted.asked[0] == 0
    assert facts == sum(known(blank).values()) == sum(known(desk.connection).values())
    again = await begin_if_blank(restarted, half(tmp_path), on(blank), lambda: None)
    assert (again, offline) == (0, [])


async def test_the_key_of_what_is_half_there_does_not_lie_beside_it(
    store: Path, blank: sa.Connection, tmp_path: Path
) -> None:
    hub = Hub(store, "first")
    await cut_off(hub, blank, tmp_path, 2)
    made = half(tmp_path).made()
    assert made is not None
    for path in left(tmp_path):
        assert made.key.encode() not in path.read_bytes()
        assert path.stat().st_mode & 0o077 == 0
    assert HalfFetched(tmp_path, "another device's").made() is None


async def test_damaged_pieces_are_not_taken_and_not_kept(
    store: Path, blank: sa.Connection, tmp_path: Path
) -> None:
    hub = Hub(store, "first")
    await cut_off(hub, blank, tmp_path, 2)
    whole = half(tmp_path).path
    whole.write_bytes(b"x" + whole.read_bytes()[1:])
    assert await begin_if_blank(hub, half(tmp_path), on(blank), lambda: None) == 0
    assert not any(known(blank).values())
    assert left(tmp_path) == []
