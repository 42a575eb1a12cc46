"""`hallterm sync now`: send and take in until this terminal is in step."""

import asyncio
import time
from typing import Annotated

import typer

from hallterm.commands.hub_link import linked
from hallterm.commands.lazy import SpokenCommand
from hallterm.commands.opening import settings
from hallterm.commands.output import emit, say
from hallterm.desk.sync_ports import Follower
from hallterm.sync.faults import HubFaultError
from hallterm.sync.once import Came, sync_once
from hallterm.sync.one_only import SyncLock
from hallterm.words import _, ngettext

app = typer.Typer(add_completion=False, rich_markup_mode=None)

LOOK_S = 0.2


@app.command(cls=SpokenCommand, help=_("现在就与中心同步，传完、收完为止。"))
def now(
    *,
    seconds: Annotated[float, typer.Option(help=_("最多等多少秒"), min=1, max=86400)] = 60.0,
    as_json: Annotated[bool, typer.Option("--json", help=_("输出 JSON"))] = False,
) -> None:
    """Sync once."""
    store = settings().store
    lock = SyncLock(store)
    with linked() as link:
        if lock.acquire():
            try:
                came = asyncio.run(
                    sync_once(store, link.desk, link.follower, link.account, seconds)
                )
            finally:
                lock.release()
        else:
            came = _while_another_does(link.follower, seconds)
    if as_json:
        emit({"sent": came.sent, "facts": came.facts, "lost": came.lost})
        return
    sent = ngettext("传了 {count} 条", "传了 {count} 条", came.sent).format(count=came.sent)
    say(_("{sent}，收了 {facts} 条，与中心一致").format(sent=sent, facts=came.facts))


def _while_another_does(follower: Follower, seconds: float) -> Came:
    """Wait while another process of this terminal sends what there is."""
    before, end = follower.view().unsent, time.monotonic() + seconds
    while left := follower.view().unsent:
        if time.monotonic() > end:
            raise HubFaultError("not_in_step", str(left))
        time.sleep(LOOK_S)
    return Came(before, 0, 0)
