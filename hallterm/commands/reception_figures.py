"""`hallterm reception figures`: how receptions went, for the hall and for each receiver."""

from typing import Annotated

import typer

from hallterm.commands import reception_shapes
from hallterm.commands.desks import opened
from hallterm.commands.lazy import SpokenCommand
from hallterm.commands.output import emit, say_lines
from hallterm.commands.reception_days import days_meant
from hallterm.commands.reception_text import figure_lines
from hallterm.desk.accounts import staff_names
from hallterm.desk.reception_history import figures, figures_by_receiver, summaries
from hallterm.words import _

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command(cls=SpokenCommand, help=_("按时接待、按时办理、跳过的步骤、补录，按人和全厅。"))
def reception_figures(
    *,
    first: Annotated[str | None, typer.Option("--from", help=_("从哪天，如 2026-11-22"))] = None,
    last: Annotated[str | None, typer.Option("--to", help=_("到哪天"))] = None,
    as_json: Annotated[bool, typer.Option("--json", help=_("输出 JSON"))] = False,
) -> None:
    """Count receptions."""
    with opened() as desk:
        begin, end = days_meant(desk, first, last)
        cards = summaries(desk, begin, end)
        names = staff_names(desk)
    hall, receivers = figures(cards), figures_by_receiver(cards)
    if not as_json:
        say_lines(figure_lines(hall, receivers, names))
        return
    emit(
        {
            "from": begin.isoformat(),
            "to": end.isoformat(),
            "hall": reception_shapes.figures(hall),
            "receivers": {
                staff_id: reception_shapes.figures(theirs) for staff_id, theirs in receivers.items()
            },
        }
    )
