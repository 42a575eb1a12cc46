"""`hallterm request figures`: time per stage, and at which level requests were solved."""

from typing import Annotated

import typer

from hallterm.commands import request_shapes
from hallterm.commands.desks import opened
from hallterm.commands.lazy import SpokenCommand
from hallterm.commands.output import emit, say_lines
from hallterm.commands.reception_days import days_meant
from hallterm.commands.request_text import figure_lines
from hallterm.desk.request_figures import figures
from hallterm.words import _

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command(cls=SpokenCommand, help=_("每一步用了多久、按时的有多少、在哪一级解决。"))
def request_figures(
    *,
    first: Annotated[str | None, typer.Option("--from", help=_("从哪天，如 2026-11-22"))] = None,
    last: Annotated[str | None, typer.Option("--to", help=_("到哪天"))] = None,
    as_json: Annotated[bool, typer.Option("--json", help=_("输出 JSON"))] = False,
) -> None:
    """Count requests."""
    with opened() as desk:
        counted = figures(desk, *days_meant(desk, first, last))
    if as_json:
        emit(request_shapes.figures(counted))
    else:
        say_lines(figure_lines(counted))
