"""`hallterm hub revoke`: shut a terminal out for good."""

from typing import Annotated

import typer

from hallterm.commands.exits import RefusedError
from hallterm.commands.hub_store import Database, hub_settings, hub_store
from hallterm.commands.lazy import SpokenCommand
from hallterm.commands.output import emit, say
from hallterm.domain.refusal import refuse
from hallterm.store.connection import writing
from hallterm.words import _

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command(
    cls=SpokenCommand,
    help=_(
        "不再接纳一台终端：它再也拿不到数据，后来送来的操作另存，不生效。不能撤销，可以重新加入。"
    ),
)
def revoke(
    device: Annotated[str, typer.Argument(metavar="DEVICE", help=_("终端的名字"))],
    *,
    database: Database = None,
    as_json: Annotated[bool, typer.Option("--json", help=_("输出 JSON"))] = False,
) -> None:
    """Revoke a device."""
    from hallterm.hub import registry  # noqa: PLC0415 - help needs neither
    from hallterm.hub.intake import clock_ms  # noqa: PLC0415 - as above

    with hub_store(hub_settings(database)) as connection, writing(connection):
        done = registry.revoke(connection, device, "by_hand", clock_ms())
    if not done:
        raise RefusedError(refuse("unknown_device", device=device))
    if as_json:
        emit({"revoked": device})
    else:
        say(_("{device} 已除名，马上生效").format(device=device))
