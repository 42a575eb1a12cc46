"""`hallterm request list`: requests that go on, all of them, or what waits for one person."""

from pathlib import Path
from typing import Annotated

import typer

from hallterm.commands import request_shapes
from hallterm.commands.desks import machine, opened
from hallterm.commands.lazy import SpokenCommand
from hallterm.commands.output import emit, say_lines
from hallterm.commands.request_text import list_lines
from hallterm.commands.signing import signed_in
from hallterm.desk.request_board import RequestBoard
from hallterm.desk.request_search import listed
from hallterm.words import _

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command(cls=SpokenCommand, help=_("列出特殊需求；写了工号就是这个人的待办。"))
def request_list(
    *,
    staff: Annotated[str | None, typer.Option(help=_("谁的待办，工号"))] = None,
    pin_file: Annotated[Path | None, typer.Option(help=_("密码文件，权限 600"))] = None,
    everything: Annotated[bool, typer.Option("--all", help=_("也列出已结案的"))] = False,
    find: Annotated[str, typer.Option(help=_("编号、客户或说过的话"))] = "",
    as_json: Annotated[bool, typer.Option("--json", help=_("输出 JSON"))] = False,
) -> None:
    """List requests."""
    with opened() as desk:
        board = RequestBoard(desk)
        if staff is not None:
            rows = list(board.inbox(signed_in(desk, staff, pin_file)))
        else:
            rows = board.rows(machine(desk), listed(desk, closed=everything, text=find))
        zone = desk.timezone
    if as_json:
        emit([request_shapes.request(row, zone) for row in rows])
    else:
        say_lines(list_lines(rows))
