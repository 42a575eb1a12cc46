"""`hallterm ticket start`: the called customer is here, service begins."""

from pathlib import Path
from typing import Annotated

import typer

from hallterm.commands.desks import opened
from hallterm.commands.exits import unless_refused
from hallterm.commands.lazy import SpokenCommand
from hallterm.commands.signing import at_counter, signed_in
from hallterm.commands.ticket_told import meant, tell
from hallterm.domain.ticket.commands import StartService
from hallterm.words import _

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command(cls=SpokenCommand, help=_("客户已到窗口，开始办理。"))
def ticket_start(
    number: Annotated[str | None, typer.Argument(help=_("号票；不写就是叫到的这一位"))] = None,
    *,
    staff: Annotated[str, typer.Option(help=_("工号"))],
    counter: Annotated[str | None, typer.Option(help=_("窗口号；不写就是正在用的窗口"))] = None,
    pin_file: Annotated[Path | None, typer.Option(help=_("密码文件，权限 600"))] = None,
    as_json: Annotated[bool, typer.Option("--json", help=_("输出 JSON"))] = False,
) -> None:
    """Begin the service."""
    with opened() as desk:
        actor = signed_in(desk, staff, pin_file)
        at_counter(desk, actor, counter)
        ticket = meant(desk, actor, number)
        unless_refused(desk.act(actor, StartService(ticket_id=ticket.id)))
        tell(desk, ticket, as_json=as_json)
