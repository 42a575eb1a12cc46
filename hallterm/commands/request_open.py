"""`hallterm request open`: take a special request down."""

from pathlib import Path
from typing import Annotated

import typer

from hallterm.commands import request_shapes
from hallterm.commands.desks import opened
from hallterm.commands.exits import RefusedError, unless_refused
from hallterm.commands.lazy import SpokenCommand
from hallterm.commands.output import emit, say_lines
from hallterm.commands.request_fields import fields_of
from hallterm.commands.request_text import list_lines
from hallterm.commands.signing import signed_in
from hallterm.desk.persons import search
from hallterm.desk.request_board import RequestBoard
from hallterm.desk.requests import open_request
from hallterm.domain.refusal import refuse
from hallterm.words import _

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command(cls=SpokenCommand, help=_("登记一件特殊需求：客户要什么、怎样解释的、什么反应。"))
def request_open(
    customer: Annotated[str, typer.Argument(help=_("号码、卡号或姓名，只有一位符合才行"))],
    *,
    staff: Annotated[str, typer.Option(help=_("工号"))],
    pin_file: Annotated[Path | None, typer.Option(help=_("密码文件，权限 600"))] = None,
    fields: Annotated[
        list[str] | None,
        typer.Option("--set", help=_("名称=内容：kind、amount、asked、explained、mood")),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help=_("输出 JSON"))] = False,
) -> None:
    """Take a request down."""
    typed = fields_of(fields or ())
    with opened() as desk:
        actor = signed_in(desk, staff, pin_file)
        found = search(desk, actor, customer, 2)
        if not found.rows:
            raise RefusedError(refuse("person_unknown"))
        if len(found.rows) > 1:
            raise RefusedError(refuse("several_persons", count=len(found.rows) + found.more))
        taken = unless_refused(open_request(desk, actor, found.rows[0].person_id, typed))
        page = RequestBoard(desk).page(taken.request_id, actor)
        zone = desk.timezone
    if page is None:
        raise RefusedError(refuse("unknown_request"))
    if as_json:
        emit(request_shapes.whole(page, zone))
    else:
        say_lines(list_lines([page.row]))
