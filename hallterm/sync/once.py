"""Bringing a terminal into step once, for a command that waits for it."""

import asyncio
import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

import sqlalchemy as sa

from hallterm.desk.desk import Desk
from hallterm.desk.sync_ports import Absorbed, Follower
from hallterm.store.account import HubAccount, write_account
from hallterm.store.connection import writing
from hallterm.sync.adjusted import MachineClock
from hallterm.sync.beginning import OnStore, begin_if_blank
from hallterm.sync.faults import HubFaultError
from hallterm.sync.half_fetched import HalfFetched
from hallterm.sync.http import HubTransport
from hallterm.sync.loop import Syncer
from hallterm.sync.one_only import StandingFile
from hallterm.sync.pace import Pace
from hallterm.sync.ports import ShutOutError
from hallterm.sync.store_work import InPlace

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Came:
    """What a sync came to."""

    sent: int
    facts: int
    lost: int
    """Commands that the home decided otherwise."""


async def sync_once(
    store: Path, desk: Desk, follower: Follower, account: HubAccount, seconds: float
) -> Came:
    """Send and take in until nothing is left.

    Raises:
        HubFaultError: unreachable, a trouble that a person must settle, or not_in_step in time.
    """

    async def keep(new: HubAccount) -> None:
        with writing(desk.connection):
            write_account(desk.connection, new)

    news: list[Absorbed] = []
    before = follower.view().unsent
    transport = HubTransport(account, keep)
    syncer = Syncer(
        InPlace(follower),
        transport,
        MachineClock(),
        chance=random.Random(),  # noqa: S311 - spreads pauses, no secret
        pace=Pace(shortest=0.2, longest=2.0),
        absorbed=news.append,
        told=StandingFile(store).write,
    )
    half = HalfFetched(store.parent, account.private_key)
    try:
        async with asyncio.timeout(seconds):
            begun = await begin_if_blank(transport, half, _in_place(desk), lambda: None)
            await _until_in_step(syncer, follower)
    except ShutOutError as shut_out:
        raise HubFaultError(shut_out.code, account.url) from shut_out
    except TimeoutError:
        standing = syncer.standing
        if not standing.online:
            raise HubFaultError("unreachable", account.url) from None
        if standing.unsent:
            raise HubFaultError("not_in_step", str(standing.unsent)) from None
        raise HubFaultError("behind") from None
    finally:
        await transport.close()
        StandingFile(store).write(replace(syncer.standing, online=False))
    facts, lost = begun + sum(one.facts for one in news), sum(len(one.lost) for one in news)
    return Came(before, facts, lost)


def _in_place(desk: Desk) -> OnStore:
    async def on_store(work: Callable[[sa.Connection], T]) -> T:
        return work(desk.connection)

    return on_store


async def _until_in_step(syncer: Syncer, follower: Follower) -> None:
    while True:
        rest, _ = await syncer.turn()
        standing = syncer.standing
        if standing.trouble:
            raise HubFaultError(standing.trouble)
        if standing.online and syncer.in_step(follower.view().cursors) and not standing.unsent:
            return
        await asyncio.sleep(min(rest, 1.0))
