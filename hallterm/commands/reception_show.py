"""`hallterm reception show`: the card of one reception."""

from typing import Annotated

import typer

from hallterm.commands import reception_shapes
from hallterm.commands.arguments import normal
from hallterm.commands.desks import opened
from hallterm.commands.exits import RefusedError
from hallterm.commands.lazy import SpokenCommand
from hallterm.commands.output import emit, say_lines
from hallterm.commands.reception_days import days_meant
from hallterm.commands.reception_text import card_lines
from hallterm.desk.reception_history import summaries
from hallterm.domain.refusal import refuse
from hallterm.words import _

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command(cls=SpokenCommand, help=_("一次 VIP 接待的小结：两个时限、步骤、介绍过什么、结果。"))
def reception_show(
    number: Annotated[str, typer.Argument(help=_("号票号码，如 V001"))],
    *,
    day: Annotated[
        str | None, typer.Option("--day", help=_("哪天，如 2026-11-22；不写就是最近的营业日"))
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help=_("输出 JSON"))] = False,
) -> None:
    """Show a reception."""
    wanted = normal(number).upper()
    with opened() as desk:
        cards = summaries(desk, *days_meant(desk, day, day))
    card = next((card for card in cards if card.number == wanted), None)
    if card is None:
        raise RefusedError(refuse("unknown_reception"))
    if as_json:
        emit(reception_shapes.whole(card))
    else:
        say_lines(card_lines(card))
