"""`hallterm sync status`: is this terminal in step with its hub?"""

from datetime import UTC, datetime, timedelta
from typing import Annotated

import typer

from hallterm.commands.hub_link import Linked, linked
from hallterm.commands.lazy import SpokenCommand
from hallterm.commands.opening import settings
from hallterm.commands.output import emit, say, warn
from hallterm.commands.shapes import Shape
from hallterm.sync.offset import WARN_MS
from hallterm.sync.one_only import StandingFile, SyncLock
from hallterm.sync.standing import SyncStanding
from hallterm.words import _
from hallterm.words.durations import clock
from hallterm.words.hub_faults import explain_hub_fault

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command(cls=SpokenCommand, help=_("本终端与中心的联系：连没连上，还有多少没传。"))
def status(
    *, as_json: Annotated[bool, typer.Option("--json", help=_("输出 JSON"))] = False
) -> None:
    """Tell how sync stands; the network is not asked."""
    store = settings().store
    with linked() as link:
        view = link.follower.view()
        unsent, oldest, cursors = view.unsent, view.oldest_ms, dict(view.cursors)
        told = StandingFile(store).read() or SyncStanding()
        running = _running(SyncLock(store))
        shape = _shape(link, told, unsent, oldest, cursors)
    shape["running"] = running
    shape["online"] = running and told.online
    if as_json:
        emit(shape)
    else:
        _say(link, told, unsent, oldest, running=running)
    if told.trouble:
        warn(explain_hub_fault(told.trouble, link.account.url))


def _running(lock: SyncLock) -> bool:
    """Say whether some process syncs now."""
    free = lock.acquire()
    lock.release()
    return not free


def _shape(
    link: Linked, told: SyncStanding, unsent: int, oldest: int | None, cursors: dict[str, int]
) -> Shape:
    """Describe the standing as JSON; see docs/command-line.md."""
    return {
        "hub": link.account.url,
        "device": link.account.device,
        "trouble": told.trouble,
        "unsent": unsent,
        "oldest": _iso(oldest),
        "contact": _iso(told.contact_ms),
        "skew_ms": told.skew_ms,
        "cursors": dict(cursors),
    }


def _iso(milliseconds: int | None) -> str | None:
    return None if milliseconds is None else _moment(milliseconds).isoformat()


def _moment(milliseconds: int) -> datetime:
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=milliseconds)


def _say(
    link: Linked, told: SyncStanding, unsent: int, oldest: int | None, *, running: bool
) -> None:
    say(
        _("中心 {url}，本终端叫“{device}”").format(url=link.account.url, device=link.account.device)
    )
    if not running:
        say(_("现在没有上传：界面没开，也没有运行 hallterm sync run"))
    else:
        say(_("在线") if told.online else _("断线，照常工作，恢复后自动上传"))
    if told.contact_ms is not None:
        say(_("上次联系 {time}").format(time=clock(_moment(told.contact_ms))))
    if unsent and oldest is not None:
        text = _("还有 {count} 条没传，最早的是 {time} 的")
        say(text.format(count=unsent, time=clock(_moment(oldest))))
    else:
        say(_("都传完了"))
    if told.skew_ms is not None and abs(told.skew_ms) > WARN_MS:
        seconds = round(abs(told.skew_ms) / 1000)
        fast = told.skew_ms > 0
        text = _("本机的钟快 {count} 秒，已校正") if fast else _("本机的钟慢 {count} 秒，已校正")
        say(text.format(count=seconds))
