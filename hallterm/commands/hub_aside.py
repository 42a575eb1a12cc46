"""`hallterm hub aside`: what revoked terminals sent later, kept and never applied."""

from typing import Annotated

import typer

from hallterm.commands.hub_devices import moment
from hallterm.commands.hub_store import Database, hub_settings, hub_store
from hallterm.commands.lazy import SpokenCommand
from hallterm.commands.output import emit, say, say_lines
from hallterm.commands.table_text import table
from hallterm.hub.aside import KeptAside, drop_aside, kept_aside
from hallterm.store.connection import reading, writing
from hallterm.words import _

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command(
    cls=SpokenCommand,
    help=_("已除名的终端后来送来的操作：另存在这里给经理看，没有生效。--drop 删掉一台终端的。"),
)
def aside(
    *,
    device: Annotated[str | None, typer.Option(help=_("只看这台终端的"))] = None,
    drop: Annotated[str | None, typer.Option(help=_("删掉这台终端的"))] = None,
    database: Database = None,
    as_json: Annotated[bool, typer.Option("--json", help=_("输出 JSON"))] = False,
) -> None:
    """List what was kept aside, or forget it."""
    with hub_store(hub_settings(database)) as connection:
        if drop is not None:
            with writing(connection):
                count = drop_aside(connection, drop)
            emit({"dropped": count}) if as_json else say(_("删掉了 {count} 条").format(count=count))
            return
        with reading(connection):
            kept = list(kept_aside(connection, device))
    if as_json:
        emit([_shape(one) for one in kept])
    elif not kept:
        say(_("没有另存的操作"))
    else:
        header = (_("终端"), _("收到"), _("工号"), _("操作"), _("做于"))
        say_lines(table(header, [_row(one) for one in kept]))


def _shape(one: KeptAside) -> dict[str, object]:
    """Describe it without the personal data beside it."""
    told = one.envelope.model_dump(mode="json", exclude={"beside", "salt", "signature"})
    return {"device": one.device, "received_ms": one.received_ms, "command": told}


def _row(one: KeptAside) -> tuple[str, ...]:
    envelope = one.envelope
    received, given = moment(one.received_ms), moment(envelope.at_ms)
    return (one.device, received, envelope.actor, envelope.type, given)
