"""`hallterm ticket next`: call whoever is next for a counter."""

from pathlib import Path
from typing import Annotated

import typer

from hallterm.commands.desks import opened
from hallterm.commands.exits import unless_refused
from hallterm.commands.lazy import SpokenCommand
from hallterm.commands.signing import at_counter, signed_in
from hallterm.commands.ticket_told import tell
from hallterm.desk.calling import call_next, current
from hallterm.words import _

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command(cls=SpokenCommand, help=_("叫下一位到窗口。窗口空着就上这个窗口。"))
def ticket_next(
    *,
    staff: Annotated[str, typer.Option(help=_("工号"))],
    counter: Annotated[str | None, typer.Option(help=_("窗口号；不写就是正在用的窗口"))] = None,
    pin_file: Annotated[Path | None, typer.Option(help=_("密码文件，权限 600"))] = None,
    as_json: Annotated[bool, typer.Option("--json", help=_("输出 JSON"))] = False,
) -> None:
    """Call whoever is next."""
    with opened() as desk:
        actor = signed_in(desk, staff, pin_file)
        at_counter(desk, actor, counter)
        unless_refused(call_next(desk, actor))
        tell(desk, current(desk, actor), as_json=as_json)
