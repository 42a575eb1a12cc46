"""`hallterm sync enrol`: join a hub."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

import sqlalchemy as sa
import typer

from hallterm.commands.arguments import normal
from hallterm.commands.lazy import SpokenCommand
from hallterm.commands.opening import settings
from hallterm.commands.output import emit, say
from hallterm.store.account import HubAccount
from hallterm.store.connection import close_connection, open_connection
from hallterm.store.faults import StoreFaultError
from hallterm.store.keys import create_key, read_key
from hallterm.store.migrations import migrate
from hallterm.sync.adopting import follow, see_that_histories_agree, standing
from hallterm.sync.beginning import begin_with_snapshot
from hallterm.sync.enrolment import join
from hallterm.sync.faults import HubFaultError
from hallterm.sync.one_fact import asking
from hallterm.sync.one_only import SyncLock
from hallterm.words import _

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command(
    cls=SpokenCommand,
    help=_(
        "加入中心。空的终端接收中心的全部数据；已有营业厅的终端，只有中心是由它的数据建成的"
        "才能加入。两份不同的历史从不合并。"
    ),
)
def enrol(
    url: Annotated[str, typer.Argument(help=_("中心的地址，如 https://10.0.0.5:8443"))],
    code: Annotated[str, typer.Argument(help=_("管理员给的入网码，10 分钟内有效"))],
    *,
    as_json: Annotated[bool, typer.Option("--json", help=_("输出 JSON"))] = False,
) -> None:
    """Join a hub with this terminal's store."""
    with _store() as connection:
        before = standing(connection)
        joined = join(normal(url), normal(code), settings().device)
        told = joined.enrolled
        see_that_histories_agree(connection, before, told.hall, asking(joined.account))
        follow(connection, joined)
        kept = sum(before.heads.values())
        begun = 0 if kept else _begin(connection, joined.account)
    if as_json:
        emit(
            {
                "hub": joined.account.url,
                "device": told.device,
                "hall": told.hall,
                "kept_facts": kept,
                "begun_with": begun,
            }
        )
        return
    say(
        _("已加入中心 {url}，本终端叫“{device}”").format(url=joined.account.url, device=told.device)
    )
    if kept:
        say(_("中心有本机的全部 {count} 条历史，接着用").format(count=kept))
    elif begun:
        say(_("收到中心的全部数据：{count} 条历史").format(count=begun))
    else:
        say(_("打开界面或运行 hallterm sync now，接收营业厅的数据"))


def _begin(connection: sa.Connection, account: HubAccount) -> int:
    """Begin with the hub's snapshot; without one the facts are pulled later, which takes longer."""
    lock = SyncLock(settings().store)
    if not lock.acquire():
        return 0  # a window that is open begins with it
    try:
        return begin_with_snapshot(connection, account, settings().store.parent)
    except (HubFaultError, StoreFaultError, OSError) as error:
        logging.getLogger("hallterm.sync").warning("no snapshot to begin with", exc_info=error)
        return 0
    finally:
        lock.release()


@contextmanager
def _store() -> Iterator[sa.Connection]:
    """Open the store, or make an empty one with its key."""
    here = settings()
    there = here.key.exists() or here.store.exists()
    key = read_key(here.key) if there else create_key(here.key)
    try:
        here.store.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise StoreFaultError("store_unopenable", str(here.store.parent)) from error
    connection = open_connection(here.store, key)
    try:
        migrate(connection)
        yield connection
    finally:
        close_connection(connection)
