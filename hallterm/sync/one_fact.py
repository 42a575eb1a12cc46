"""Asking the hub for single facts while joining, before there is a loop."""

import asyncio

from hallterm.store.account import HubAccount
from hallterm.sync.adopting import FactAt
from hallterm.sync.faults import HubFaultError
from hallterm.sync.http import HubTransport
from hallterm.sync.ports import BusyError, ShutOutError, UnreachableError
from hallterm.wire import Facts, Problem

PATIENCE_S = 15.0


def asking(account: HubAccount) -> FactAt:
    """Return a question for the fact at a place of a stream.

    It raises HubFaultError when the hub does not answer.
    """

    def ask(stream: str, seq: int) -> Facts | Problem:
        try:
            return asyncio.run(_one(account, stream, seq))
        except ShutOutError as shut_out:
            raise HubFaultError(shut_out.code, account.url) from shut_out
        except (UnreachableError, TimeoutError) as error:
            raise HubFaultError("unreachable", account.url) from error
        except BusyError as busy:
            raise HubFaultError("busy", account.url) from busy

    return ask


async def _one(account: HubAccount, stream: str, seq: int) -> Facts | Problem:
    async def keep(_: HubAccount) -> None:
        """Tokens a minute old are not exchanged."""

    transport = HubTransport(account, keep)
    try:
        async with asyncio.timeout(PATIENCE_S):
            return (await transport.pull(stream, seq - 1, 1)).value
    finally:
        await transport.close()
