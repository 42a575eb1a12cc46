"""Snapshots that new terminals fetch in pieces; made when asked for, kept for an hour."""

import asyncio
import secrets
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from hallterm.joining import SnapshotMade
from hallterm.store.snapshot import Snapshot

PIECE_BYTES = 4 << 20
GOOD_FOR_MS = 10 * 60 * 1000
"""How old a snapshot may be that is given to another terminal as well."""
KEPT_MS = 60 * 60 * 1000
"""For how long its pieces can be fetched."""
SUFFIX = ".snapshot"


@dataclass(frozen=True, slots=True)
class _Kept:
    snapshot: Snapshot
    streams: tuple[str, ...]
    made_ms: int


class Snapshots:
    """Files in a folder of the hub's own, and who may have them.

    make: writes a snapshot of some streams to a file.
    """

    def __init__(
        self,
        folder: Path,
        make: Callable[[Sequence[str], Path], Snapshot],
        now_ms: Callable[[], int],
    ) -> None:
        self._folder, self._make, self._now_ms = folder, make, now_ms
        self._kept: dict[str, _Kept] = {}
        self._one = asyncio.Lock()
        self._forgotten = 0
        """How often all were deleted."""

    async def newest(self, streams: tuple[str, ...], epoch: int) -> SnapshotMade:
        """Return a snapshot of these streams that is new enough; it is made if there is none.

        Raises:
            StoreFaultError: it could not be made.
        """
        async with self._one:
            self._forget_old()
            found = [
                name
                for name, kept in self._kept.items()
                if kept.streams == streams and self._now_ms() - kept.made_ms < GOOD_FOR_MS
            ]
            name = found[-1] if found else await self._made(streams)
            snapshot = self._kept[name].snapshot
        return SnapshotMade(
            id=name,
            epoch=epoch,
            heads=snapshot.heads,
            bytes=snapshot.bytes,
            sha256=snapshot.sha256,
            piece_bytes=PIECE_BYTES,
            key=snapshot.key,
        )

    async def _made(self, streams: tuple[str, ...]) -> str:
        name = secrets.token_hex(16)
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        target = self._folder / f"{name}{SUFFIX}"
        while True:
            began, before = self._now_ms(), self._forgotten
            snapshot = await asyncio.to_thread(self._make, streams, target)
            if before == self._forgotten:
                self._kept[name] = _Kept(snapshot, streams, began)
                return name
            target.unlink(missing_ok=True)  # somebody in it was erased while it was made

    def piece(self, name: str, streams: tuple[str, ...], number: int) -> bytes | None:
        """Return a piece of a snapshot; None when there is none, or not for these streams."""
        kept = self._kept.get(name)
        if kept is None or kept.streams != streams:
            return None
        with suppress(OSError), kept.snapshot.path.open("rb") as file:
            file.seek(number * PIECE_BYTES)
            return file.read(PIECE_BYTES) or None
        return None

    def _forget_old(self) -> None:
        for name, kept in list(self._kept.items()):
            if self._now_ms() - kept.made_ms > KEPT_MS:
                kept.snapshot.path.unlink(missing_ok=True)
                del self._kept[name]

    def forget_all(self) -> None:
        """Delete every snapshot, those of an earlier run too: somebody in them was erased."""
        self._forgotten += 1
        self._kept.clear()
        if self._folder.is_dir():
            for path in self._folder.glob(f"*{SUFFIX}"):
                path.unlink(missing_ok=True)
