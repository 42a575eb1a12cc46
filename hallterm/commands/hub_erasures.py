"""`hallterm hub erasures`: which terminals have erased whom."""

from dataclasses import asdict
from typing import Annotated

import typer

from hallterm.commands.hub_devices import moment
from hallterm.commands.hub_store import Database, hub_settings, hub_store
from hallterm.commands.lazy import SpokenCommand
from hallterm.commands.output import emit, say, say_lines
from hallterm.commands.table_text import table
from hallterm.hub.standing import Erasure, erasures
from hallterm.store.connection import reading
from hallterm.words import _, joined

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command(cls=SpokenCommand, help=_("删除过的客户资料：哪些终端已经删掉，哪些还没有。"))
def erased(
    *,
    database: Database = None,
    as_json: Annotated[bool, typer.Option("--json", help=_("输出 JSON"))] = False,
) -> None:
    """List erasures."""
    with hub_store(hub_settings(database)) as connection, reading(connection):
        found = list(erasures(connection))
    if as_json:
        emit([asdict(one) for one in found])
    elif not found:
        say(_("没有删除过客户资料"))
    else:
        header = (_("客户"), _("删除"), _("工号"), _("终端"))
        say_lines(table(header, [_row(one) for one in found]))


def _row(one: Erasure) -> tuple[str, ...]:
    parts = [_("{count} 台已删").format(count=len(one.erased))]
    if one.waiting:
        parts.append(_("还没有：{names}").format(names=joined(one.waiting)))
    if one.out_of_reach:
        parts.append(_("已除名，管不到：{names}").format(names=joined(one.out_of_reach)))
    return (one.person_id, moment(one.at_ms), one.actor, "；".join(parts))
