"""`hallterm hub devices`: the terminals that have joined, and how far each has come."""

from dataclasses import asdict
from datetime import tzinfo
from typing import Annotated

import typer

from hallterm.commands.hub_store import Database, hub_settings, hub_store
from hallterm.commands.lazy import SpokenCommand
from hallterm.commands.output import emit, say, say_lines
from hallterm.commands.table_text import table
from hallterm.hub.standing import DeviceStanding, standings
from hallterm.store.connection import reading
from hallterm.store.log import from_ms
from hallterm.words import _

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command(
    cls=SpokenCommand, help=_("加入的终端：何时加入、何时最后来问、还有多少条没有确认收到。")
)
def devices(
    *,
    database: Database = None,
    as_json: Annotated[bool, typer.Option("--json", help=_("输出 JSON"))] = False,
) -> None:
    """List the devices."""
    with hub_store(hub_settings(database)) as connection, reading(connection):
        found = list(standings(connection))
    if as_json:
        emit([asdict(one) for one in found])
    elif not found:
        say(_("还没有终端加入"))
    else:
        header = (_("终端"), _("厅"), _("加入"), _("最后联系"), _("未确认"), _("情况"))
        say_lines(table(header, [_row(one) for one in found]))


def _row(one: DeviceStanding) -> tuple[str, ...]:
    state = _("已除名") if one.revoked_ms is not None else _("正常")
    if one.kept_aside:
        state += _("，另存 {count} 条").format(count=one.kept_aside)
    return (
        one.device,
        one.hall,
        moment(one.enrolled_ms),
        "—" if one.contact_ms is None else moment(one.contact_ms),
        str(one.behind),
        state,
    )


def moment(milliseconds: int, zone: tzinfo | None = None) -> str:
    """Return a moment in this machine's time."""
    return from_ms(milliseconds).astimezone(zone).strftime("%m-%d %H:%M")
