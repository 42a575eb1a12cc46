"""`hallterm request act`: the next step of a request."""

from pathlib import Path
from typing import Annotated

import typer

from hallterm.commands import request_shapes
from hallterm.commands.arguments import choice
from hallterm.commands.desks import opened
from hallterm.commands.exits import RefusedError, unless_refused
from hallterm.commands.lazy import SpokenCommand
from hallterm.commands.output import emit, say_lines
from hallterm.commands.request_fields import fields_of
from hallterm.commands.request_text import list_lines
from hallterm.commands.signing import signed_in
from hallterm.desk.request_acts import Act
from hallterm.desk.request_board import RequestBoard
from hallterm.desk.requests import find, perform
from hallterm.domain.refusal import refuse
from hallterm.words import _

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command(
    cls=SpokenCommand, help=_("做一件特殊需求的下一步；能做什么、要填什么，用 show --json 看。")
)
def request_act(
    number: Annotated[str, typer.Argument(help=_("编号，如 2026-0012，或只写后面几位"))],
    act: Annotated[str, typer.Argument(help=_("做什么，如 accepted、grant、carry-out"))],
    *,
    staff: Annotated[str, typer.Option(help=_("工号"))],
    pin_file: Annotated[Path | None, typer.Option(help=_("密码文件，权限 600"))] = None,
    fields: Annotated[
        list[str] | None, typer.Option("--set", help=_("名称=内容，可写几次，如 mood=calm"))
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help=_("输出 JSON"))] = False,
) -> None:
    """Do the next step."""
    wanted = choice(Act, act, "ACT")
    typed = fields_of(fields or ())
    with opened() as desk:
        actor = signed_in(desk, staff, pin_file)
        request = unless_refused(find(desk, number))
        unless_refused(perform(desk, actor, request.id, wanted, typed))
        page = RequestBoard(desk).page(request.id, actor)
        zone = desk.timezone
    if page is None:
        raise RefusedError(refuse("unknown_request"))
    if as_json:
        emit(request_shapes.whole(page, zone))
    else:
        say_lines(list_lines([page.row]))
