"""`hallterm ticket finish`: the matter is done, everything was handed back."""

from pathlib import Path
from typing import Annotated

import typer

from hallterm.commands.arguments import choice
from hallterm.commands.desks import opened
from hallterm.commands.exits import unless_refused
from hallterm.commands.lazy import SpokenCommand
from hallterm.commands.signing import at_counter, signed_in
from hallterm.commands.ticket_told import meant, tell
from hallterm.domain.ticket.commands import FinishService
from hallterm.domain.ticket.words import Outcome
from hallterm.words import _

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command(cls=SpokenCommand, help=_("办结：证件、单据、现金都已交还。"))
def ticket_finish(
    number: Annotated[str | None, typer.Argument(help=_("号票；不写就是正在办的这一位"))] = None,
    *,
    staff: Annotated[str, typer.Option(help=_("工号"))],
    counter: Annotated[str | None, typer.Option(help=_("窗口号；不写就是正在用的窗口"))] = None,
    pin_file: Annotated[Path | None, typer.Option(help=_("密码文件，权限 600"))] = None,
    outcome: Annotated[
        str,
        typer.Option(help=_("结果：completed、declined、documents-missing、not-possible-here")),
    ] = "completed",
    as_json: Annotated[bool, typer.Option("--json", help=_("输出 JSON"))] = False,
) -> None:
    """Finish the service."""
    ended = choice(Outcome, outcome, "--outcome")
    with opened() as desk:
        actor = signed_in(desk, staff, pin_file)
        at_counter(desk, actor, counter)
        ticket = meant(desk, actor, number)
        unless_refused(desk.act(actor, FinishService(ticket_id=ticket.id, outcome=ended)))
        tell(desk, ticket, as_json=as_json)
