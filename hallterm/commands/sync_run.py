"""`hallterm sync run`: sync until ended, for a terminal without a screen."""

import asyncio
import signal
from contextlib import suppress

import typer

from hallterm.commands.hub_link import linked, open_linked_desk
from hallterm.commands.lazy import SpokenCommand
from hallterm.commands.opening import settings
from hallterm.commands.output import say
from hallterm.desk.follower import TerminalFollower
from hallterm.sync.machine import terminal_clock
from hallterm.sync.terminal import Doors, TerminalSync
from hallterm.words import _

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command(
    cls=SpokenCommand,
    help=_("一直与中心同步，直到收到 SIGTERM 或按 Ctrl+C。给取号机等没有界面的终端。"),
)
def run() -> None:
    """Sync until ended."""
    with linked() as link:
        url = link.account.url
    say(_("与中心 {url} 同步，Ctrl+C 结束").format(url=url))
    store = settings().store
    doors = Doors(open_linked_desk, TerminalFollower)
    sync = TerminalSync(store, doors, terminal_clock(store))
    with suppress(asyncio.CancelledError):
        asyncio.run(_until_told(sync))


async def _until_told(sync: TerminalSync) -> None:
    task = asyncio.ensure_future(sync.run())
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)
    await task
