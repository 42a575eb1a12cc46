"""`hallterm ticket list`: the tickets of the open day."""

from datetime import tzinfo
from typing import Annotated

import typer

from hallterm.commands import shapes
from hallterm.commands.arguments import choice
from hallterm.commands.desks import opened
from hallterm.commands.lazy import SpokenCommand
from hallterm.commands.output import emit, say_lines
from hallterm.commands.rows_text import ticket_lines
from hallterm.desk.board import Board
from hallterm.desk.views import TicketRow
from hallterm.domain.ticket.words import OPEN_STATES, TicketState
from hallterm.words import _

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command(cls=SpokenCommand, help=_("列出今天的号票；不写状态就是还没有办完的。"))
def ticket_list(
    *,
    state: Annotated[
        list[str] | None, typer.Option(help=_("状态，如 waiting、serving、done，可写几次"))
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help=_("所有状态"))] = False,
    as_json: Annotated[bool, typer.Option("--json", help=_("输出 JSON"))] = False,
) -> None:
    """List tickets."""
    states = frozenset(choice(TicketState, text, "--state") for text in state or ())
    with opened() as desk:
        now, zone = desk.clock.now().timestamp(), desk.timezone
        wanted = frozenset(TicketState) if everything else states or OPEN_STATES
        rows = Board(desk).tickets(wanted)
    if as_json:
        emit(_as_json(rows, now, zone))
    else:
        say_lines(ticket_lines(rows, now))


def _as_json(rows: list[TicketRow], now: float, zone: tzinfo) -> list[shapes.Shape]:
    return [shapes.ticket(row, now, zone) for row in rows]
