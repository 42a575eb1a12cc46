"""What an empty terminal begins with: the hub's snapshot, fetched in pieces.

It spares it folding years of facts. What fails here loses nothing: the facts can be pulled.
"""

import asyncio
import os
from pathlib import Path
from typing import TypeVar

import httpx
import sqlalchemy as sa
from pydantic import BaseModel, ValidationError

from hallterm.joining import SnapshotMade
from hallterm.proofs import PROOF_HEADER, request_message, sign
from hallterm.store.account import HubAccount
from hallterm.store.snapshot import take_snapshot
from hallterm.sync.faults import HubFaultError
from hallterm.sync.http import client_for

Model = TypeVar("Model", bound=BaseModel)

PIECE_S = 30.0
"""Patience for one piece."""
MAKING_S = 120.0
"""Patience while the hub makes the snapshot."""
TRIES = 5
"""For a piece, before the whole is given up."""


def begin_with_snapshot(connection: sa.Connection, account: HubAccount, folder: Path) -> int:
    """Fill an empty store from the hub; return how many facts it holds then.

    folder: where the pieces are put together.

    Raises:
        HubFaultError: unreachable; nothing has changed.
        StoreFaultError: the hub is of another version, the disk is full …; nothing has changed.
    """
    return asyncio.run(_begin(connection, account, folder))


async def _begin(connection: sa.Connection, account: HubAccount, folder: Path) -> int:
    file = folder / f".hallterm-snapshot-{os.getpid()}"
    async with client_for(account.url, account.certificate) as client:
        try:
            made = await _made(client, account)
            with file.open("wb") as whole:
                file.chmod(0o600)
                for number in range(-(-made.bytes // made.piece_bytes)):
                    whole.write(await _piece(client, account, f"{made.id}/{number}"))
            await asyncio.to_thread(take_snapshot, connection, file, made.key, made.sha256)
        finally:
            file.unlink(missing_ok=True)
    return sum(made.heads.values())


async def _made(client: httpx.AsyncClient, account: HubAccount) -> SnapshotMade:
    content = await _asked(client, account, "/v1/snapshot", MAKING_S)
    try:
        return SnapshotMade.model_validate_json(content)
    except ValidationError as error:
        raise HubFaultError("unreachable", account.url) from error


async def _piece(client: httpx.AsyncClient, account: HubAccount, name: str) -> bytes:
    """Fetch a piece; one that was cut off is fetched again."""
    for _try in range(TRIES - 1):
        try:
            return await _asked(client, account, f"/v1/snapshot/{name}", PIECE_S)
        except HubFaultError:
            await asyncio.sleep(0.5)
    return await _asked(client, account, f"/v1/snapshot/{name}", PIECE_S)


async def _asked(
    client: httpx.AsyncClient, account: HubAccount, target: str, patience: float
) -> bytes:
    message = request_message("GET", target, account.access, b"")
    headers = {
        "Authorization": f"Bearer {account.access}",
        PROOF_HEADER: sign(account.private_key, message),
    }
    try:
        async with asyncio.timeout(patience):
            response = await client.get(target, headers=headers)
    except (httpx.HTTPError, TimeoutError) as error:
        raise HubFaultError("unreachable", account.url) from error
    if response.status_code != httpx.codes.OK:
        raise HubFaultError("unreachable", account.url)
    return response.content
