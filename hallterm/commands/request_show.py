"""`hallterm request show`: one request with its whole story."""

from pathlib import Path
from typing import Annotated

import typer

from hallterm.commands import request_shapes
from hallterm.commands.desks import machine, opened
from hallterm.commands.exits import RefusedError, unless_refused
from hallterm.commands.lazy import SpokenCommand
from hallterm.commands.output import emit, say_lines
from hallterm.commands.signing import signed_in
from hallterm.desk.request_board import RequestBoard
from hallterm.desk.request_story import printed
from hallterm.desk.requests import find
from hallterm.domain.refusal import refuse
from hallterm.words import _

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command(cls=SpokenCommand, help=_("一件特殊需求的全部经过；写了工号就看得到他能做什么。"))
def request_show(
    number: Annotated[str, typer.Argument(help=_("编号，如 2026-0012，或只写后面几位"))],
    *,
    staff: Annotated[str | None, typer.Option(help=_("工号"))] = None,
    pin_file: Annotated[Path | None, typer.Option(help=_("密码文件，权限 600"))] = None,
    as_json: Annotated[bool, typer.Option("--json", help=_("输出 JSON"))] = False,
) -> None:
    """Show a request."""
    with opened() as desk:
        actor = machine(desk) if staff is None else signed_in(desk, staff, pin_file)
        request = unless_refused(find(desk, number))
        page = RequestBoard(desk).page(request.id, actor)
        zone = desk.timezone
    if page is None:
        raise RefusedError(refuse("unknown_request"))
    if as_json:
        emit(request_shapes.whole(page, zone))
    else:
        say_lines(printed(page))
