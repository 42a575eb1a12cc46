"""`hallterm errand list`: visits and deliveries that go on, and those that ended today."""

from typing import Annotated

import typer

from hallterm.commands import arrangement_shapes
from hallterm.commands.arrangement_text import errand_lines
from hallterm.commands.desks import machine, opened
from hallterm.commands.lazy import SpokenCommand
from hallterm.commands.output import emit, say_lines
from hallterm.desk.arrangement_board import ArrangementBoard
from hallterm.words import _

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command(cls=SpokenCommand, help=_("列出没办完的和今天办完的上门和配送。"))
def errand_list(
    *, as_json: Annotated[bool, typer.Option("--json", help=_("输出 JSON"))] = False
) -> None:
    """List visits and deliveries."""
    with opened() as desk:
        rows = ArrangementBoard(desk).errands(machine(desk))
    if as_json:
        emit([arrangement_shapes.errand(row) for row in rows])
    else:
        say_lines(errand_lines(rows))
