"""`hallterm board`: the hall as it is now."""

from typing import Annotated

import typer

from hallterm.commands import shapes
from hallterm.commands.desks import opened
from hallterm.commands.lazy import SpokenCommand
from hallterm.commands.output import emit, say_lines
from hallterm.commands.rows_text import diversion_lines, hall_lines
from hallterm.desk.board import Board
from hallterm.desk.diversion_figures import diversion_today
from hallterm.words import _

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command(cls=SpokenCommand, help=_("等候区和各窗口现在的样子。"))
def board(*, as_json: Annotated[bool, typer.Option("--json", help=_("输出 JSON"))] = False) -> None:
    """Show the hall as it is now."""
    with opened() as desk:
        view, now, zone = Board(desk).hall(), desk.clock.now().timestamp(), desk.timezone
        diverted = diversion_today(desk)
    if as_json:
        emit(shapes.board(view, diverted, now, zone))
    else:
        say_lines([*hall_lines(view, now), *diversion_lines(diverted)])
