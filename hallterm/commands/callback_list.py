"""`hallterm callback list`: what is due, the most urgent first, and what ended today."""

from typing import Annotated

import typer

from hallterm.commands.callback_told import call_back, call_back_lines
from hallterm.commands.desks import opened
from hallterm.commands.lazy import SpokenCommand
from hallterm.commands.output import emit, say_lines
from hallterm.desk.call_back_board import CallBacks
from hallterm.domain.actor import Actor
from hallterm.domain.roles import Role
from hallterm.words import _

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command(cls=SpokenCommand, help=_("待回电的，最急的在前；今天已了结的在后。"))
def callback_list(
    *, as_json: Annotated[bool, typer.Option("--json", help=_("输出 JSON"))] = False
) -> None:
    """List call-backs."""
    with opened() as desk:
        nobody = Actor(desk.device, frozenset({Role.KIOSK}))
        rows, zone = CallBacks(desk).rows(nobody), desk.timezone
        now = desk.clock.now().timestamp()
    if as_json:
        emit([call_back(row, zone) for row in rows])
    else:
        say_lines(call_back_lines(rows, zone, now))
