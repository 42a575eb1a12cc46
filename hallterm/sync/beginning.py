"""What an empty terminal begins with: the hub's snapshot, fetched in pieces.

It spares it folding years of facts. What fails here loses nothing: the facts can be pulled. What
has come of it when the process ends or the line is cut is not fetched again.
"""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Protocol, TypeVar

import httpx
import sqlalchemy as sa

from hallterm.joining import SnapshotMade
from hallterm.store.account import HubAccount, write_account
from hallterm.store.connection import reading, writing
from hallterm.store.faults import StoreFaultError
from hallterm.store.log import heads
from hallterm.store.snapshot import take_snapshot
from hallterm.sync.faults import HubFaultError
from hallterm.sync.half_fetched import HalfFetched
from hallterm.sync.http import HubTransport
from hallterm.sync.ports import BusyError, ShutOutError, UnreachableError
from hallterm.wire import Problem

T = TypeVar("T")

PIECE_S = 30.0
"""Patience for one piece."""
MAKING_S = 300.0
"""Patience while the hub makes the snapshot."""
TRIES = 5
"""For a piece, before it is left to a later time."""
PAUSE_S = 0.5


class OnStore(Protocol):
    """Does something with the store's connection, on the thread that owns it."""

    def __call__(self, work: Callable[[sa.Connection], T]) -> Awaitable[T]:
        """Return what the work returns."""


def is_blank(connection: sa.Connection) -> bool:
    """Say whether a store holds no fact yet."""
    with reading(connection):
        return not any(heads(connection).values())


def begin_with_snapshot(connection: sa.Connection, account: HubAccount, folder: Path) -> int:
    """Fill an empty store from the hub; return how many facts it holds then.

    folder: where the pieces are put together.

    Raises:
        HubFaultError: unreachable, device_revoked …; the store has not changed.
        StoreFaultError: the hub is of another version, the disk is full …; nothing has changed.
        OSError: a piece can't be written.
    """

    async def on_store(work: Callable[[sa.Connection], T]) -> T:
        return work(connection)

    async def keep(new: HubAccount) -> None:
        with writing(connection):
            write_account(connection, new)

    async def begun() -> int:
        transport = HubTransport(account, keep)
        try:
            return await begin(transport, HalfFetched(folder, account.private_key), on_store)
        finally:
            await transport.close()

    try:
        return asyncio.run(begun())
    except ShutOutError as shut_out:
        raise HubFaultError(shut_out.code, account.url) from shut_out
    except (UnreachableError, BusyError) as error:
        raise HubFaultError("unreachable", account.url) from error


class Source(Protocol):
    """Gives snapshots; see `HubTransport`."""

    async def snapshot(self) -> SnapshotMade | Problem:
        """Have one made."""

    async def piece(self, name: str) -> bytes | Problem:
        """Return a piece."""


async def begin(transport: Source, half: HalfFetched, on_store: OnStore) -> int:
    """Fill an empty store from the hub, going on where an earlier try was cut off.

    Raises:
        UnreachableError, BusyError, ShutOutError: see `Transport`; what has come is kept.
        HubFaultError: the hub makes none.
        StoreFaultError, OSError: see `begin_with_snapshot`.
    """
    made = half.made()
    if made is None or not await _rest(transport, half, made):
        made = await _made(transport)
        half.begin(made)
        if not await _rest(transport, half, made):
            raise UnreachableError("snapshot gone")
    found = made
    try:
        await on_store(lambda c: take_snapshot(c, half.path, found.key, found.sha256))
    finally:
        # Whether it was taken or is not what it should be: it is of no more use.
        half.forget()
    return sum(made.heads.values())


async def _made(transport: Source) -> SnapshotMade:
    answer = await _answered(transport.snapshot(), MAKING_S)
    if isinstance(answer, Problem):
        raise HubFaultError(answer.code)
    return answer


async def _rest(transport: Source, half: HalfFetched, made: SnapshotMade) -> bool:
    """Fetch the pieces that are still lacking; say whether the hub still has them."""
    for number in range(half.pieces(made), -(-made.bytes // made.piece_bytes)):
        piece = await _piece(transport, f"{made.id}/{number}")
        if piece is None:
            return False
        half.add(piece)
    return True


async def _piece(transport: Source, name: str) -> bytes | None:
    """Fetch a piece; one that was cut off is fetched again. None: the hub has it no more."""
    for left in reversed(range(TRIES)):
        try:
            answer = await _answered(transport.piece(name), PIECE_S)
        except (UnreachableError, BusyError):
            if not left:
                raise
            await asyncio.sleep(PAUSE_S)
        else:
            return None if isinstance(answer, Problem) else answer
    return None


async def _answered(call: Awaitable[T], patience: float) -> T:
    try:
        async with asyncio.timeout(patience):
            return await call
    except (TimeoutError, httpx.HTTPError) as late:
        raise UnreachableError("deadline") from late


async def begin_if_blank(
    transport: Source, half: HalfFetched, on_store: OnStore, offline: Callable[[], None]
) -> int:
    """Fill the store from the hub if it holds nothing yet, however long the hub is out of reach.

    Returns how many facts came so.

    offline: called whenever it can't be reached. When a snapshot can't be had for another reason,
    the facts are pulled, which takes longer.

    Raises:
        ShutOutError: the hub does not let this terminal in.
    """
    pause = PAUSE_S
    while await on_store(is_blank):
        try:
            return await begin(transport, half, on_store)
        except (UnreachableError, BusyError):
            offline()
            await asyncio.sleep(pause)
            pause = min(pause * 2, PIECE_S)
        except (HubFaultError, StoreFaultError, OSError):
            break
    return 0
