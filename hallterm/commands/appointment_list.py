"""`hallterm appointment list`: the appointments of some days."""

from typing import Annotated

import typer

from hallterm.commands import arrangement_shapes
from hallterm.commands.arrangement_text import appointment_lines
from hallterm.commands.desks import machine, opened
from hallterm.commands.lazy import SpokenCommand
from hallterm.commands.output import emit, say_lines
from hallterm.commands.reception_days import days_meant
from hallterm.desk.arrangement_board import ArrangementBoard, appointments_of
from hallterm.words import _

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command(cls=SpokenCommand, help=_("列出预约；不写日期就是今天。"))
def appointment_list(
    *,
    first: Annotated[str | None, typer.Option("--from", help=_("从哪天，如 2026-11-22"))] = None,
    last: Annotated[str | None, typer.Option("--to", help=_("到哪天"))] = None,
    as_json: Annotated[bool, typer.Option("--json", help=_("输出 JSON"))] = False,
) -> None:
    """List appointments."""
    with opened() as desk:
        today = desk.business_day(desk.clock.now()).isoformat()
        days = days_meant(desk, first or (None if last else today), last or (first or today))
        rows = ArrangementBoard(desk).appointments(appointments_of(desk, *days), machine(desk))
    if as_json:
        emit([arrangement_shapes.appointment(row) for row in rows])
    else:
        say_lines(appointment_lines(rows))
