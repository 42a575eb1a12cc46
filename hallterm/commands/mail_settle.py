"""`hallterm mail settle`: a person's word for a letter that may or may not have arrived."""

from pathlib import Path
from typing import Annotated

import typer

from hallterm.commands import post_shapes
from hallterm.commands.arguments import normal
from hallterm.commands.desks import opened
from hallterm.commands.exits import WrongUsageError, unless_refused
from hallterm.commands.lazy import SpokenCommand
from hallterm.commands.output import emit, say_lines
from hallterm.commands.post_text import letter_lines
from hallterm.commands.signing import signed_in
from hallterm.desk.post_status import letters
from hallterm.desk.sending import settle
from hallterm.words import _

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command(
    cls=SpokenCommand,
    help=_("不确定或被退回的信件：问过收件人，--arrived 说明已收到，--again 原样重发。"),
)
def mail_settle(
    letter: Annotated[str, typer.Argument(help=_("信件，mail status 里的前几位"))],
    *,
    arrived: Annotated[bool, typer.Option("--arrived", help=_("收件人说收到了"))] = False,
    again: Annotated[bool, typer.Option("--again", help=_("没有收到，重发"))] = False,
    staff: Annotated[str, typer.Option(help=_("工号"))],
    pin_file: Annotated[Path | None, typer.Option(help=_("密码文件，权限 600"))] = None,
    as_json: Annotated[bool, typer.Option("--json", help=_("输出 JSON"))] = False,
) -> None:
    """Settle a letter."""
    if arrived == again:
        raise WrongUsageError(_("写 --arrived 或 --again 之一"))
    with opened() as desk:
        actor = signed_in(desk, staff, pin_file)
        wanted = normal(letter).lower()
        found = [view for view in letters(desk) if wanted and view.id.startswith(wanted)]
        one = found[0].id if len(found) == 1 else ""
        if not unless_refused(settle(desk, actor, one, arrived=arrived)):
            raise WrongUsageError(_("没有这样一封不确定或被退回的信件"))
        (view,) = [view for view in letters(desk) if view.id == found[0].id]
        zone = desk.timezone
    if as_json:
        emit(post_shapes.letter(view, zone))
    else:
        say_lines(letter_lines([view], zone))
