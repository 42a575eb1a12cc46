"""`hallterm reception list`: the receptions of some days."""

from typing import Annotated

import typer

from hallterm.commands import reception_shapes
from hallterm.commands.desks import opened
from hallterm.commands.lazy import SpokenCommand
from hallterm.commands.output import emit, say_lines
from hallterm.commands.reception_days import days_meant
from hallterm.commands.reception_text import list_lines
from hallterm.desk.reception_history import summaries
from hallterm.words import _

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command(cls=SpokenCommand, help=_("列出 VIP 接待；不写日期就是最近的营业日。"))
def reception_list(
    *,
    first: Annotated[str | None, typer.Option("--from", help=_("从哪天，如 2026-11-22"))] = None,
    last: Annotated[str | None, typer.Option("--to", help=_("到哪天"))] = None,
    as_json: Annotated[bool, typer.Option("--json", help=_("输出 JSON"))] = False,
) -> None:
    """List receptions."""
    with opened() as desk:
        cards = summaries(desk, *days_meant(desk, first, last))
    if as_json:
        emit([reception_shapes.reception(card) for card in cards])
    else:
        say_lines(list_lines(cards))
