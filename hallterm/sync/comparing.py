"""Comparing this terminal's tables with its hub's, where both stand at the same place."""

import asyncio
from dataclasses import dataclass

import sqlalchemy as sa

from hallterm.joining import Digests
from hallterm.store import outbox
from hallterm.store.account import HubAccount, write_account
from hallterm.store.connection import reading, writing
from hallterm.store.digests import digests
from hallterm.store.log import heads
from hallterm.sync.http import HubTransport
from hallterm.sync.ports import BusyError, ShutOutError, UnreachableError
from hallterm.wire import Problem

TRIES = 4
"""As long as the hub has just gone on, or something is still to be sent."""
PAUSE_S = 1.0
PATIENCE_S = 300.0
"""For one answer: the hub reads through all its tables for it."""


@dataclass(frozen=True, slots=True)
class Compared:
    """How a comparison ended."""

    why_not: str = ""
    """Why there was none, as a code of `hallterm.words.hub_faults`; empty: there was one."""
    detail: str = ""
    unlike: tuple[str, ...] = ()
    """Tables that differ."""


async def compare(connection: sa.Connection, account: HubAccount, *, alone: bool) -> Compared:
    """Compare the tables with the hub's; nobody has to wait for it, nothing is changed.

    alone: whether no other process of this terminal syncs meanwhile. Only then may tokens that
    have run out be exchanged: those of the other process would be worth nothing after that.

    Raises:
        StoreFaultError: the store can't be read.
    """

    async def keep(new: HubAccount) -> None:
        with writing(connection):
            write_account(connection, new)

    transport = HubTransport(account, keep if alone else None)
    try:
        async with asyncio.timeout(PATIENCE_S):
            return await _until_at_one_place(connection, transport)
    except ShutOutError as shut_out:
        return Compared(shut_out.code)
    except (UnreachableError, TimeoutError):
        return Compared("unreachable", account.url)
    except BusyError:
        return Compared("busy")
    finally:
        await transport.close()


async def _until_at_one_place(connection: sa.Connection, transport: HubTransport) -> Compared:
    told = Compared("behind")
    for left in reversed(range(TRIES)):
        answer = (await transport.digests()).value
        if isinstance(answer, Problem):
            return Compared(answer.code)
        told = _held_against(connection, answer)
        if told.why_not not in ("behind", "not_in_step"):
            break
        if left:
            await asyncio.sleep(PAUSE_S)
    return told


def _held_against(connection: sa.Connection, theirs: Digests) -> Compared:
    """Compare with what the hub says, if this store is where the hub was."""
    with reading(connection):
        link = outbox.read_link(connection)
        unsent, _ = outbox.count(connection)
        known = heads(connection)
        if link is None or link.epoch != theirs.epoch:
            return Compared("epoch")
        if unsent:
            return Compared("not_in_step", str(unsent))
        if any(known.get(stream, 0) != seq for stream, seq in theirs.heads.items()):
            return Compared("behind")
        ours = digests(connection)
    tables = sorted(ours.keys() | theirs.tables.keys())
    return Compared(unlike=tuple(t for t in tables if ours.get(t) != theirs.tables.get(t)))
