"""`hallterm form keys`: the offices' keys; an administrator replaces one."""

from pathlib import Path
from typing import Annotated

import typer

from hallterm.commands import form_shapes
from hallterm.commands.arguments import choice, normal
from hallterm.commands.desks import opened
from hallterm.commands.exits import WrongUsageError, unless_refused
from hallterm.commands.form_text import key_lines
from hallterm.commands.lazy import SpokenCommand
from hallterm.commands.output import emit, say_lines
from hallterm.commands.signing import signed_in
from hallterm.desk.office_keys import replace_key, revoke_key
from hallterm.domain.company.keys import Office
from hallterm.words import _

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command(cls=SpokenCommand, help=_("列出各部门签流转单的密钥；管理员可以换新的。"))
def form_keys(
    *,
    replace: Annotated[
        str | None,
        typer.Option(help=_("给哪个部门换密钥：vip-office、hall-operations、hall")),
    ] = None,
    revoke: Annotated[
        str | None, typer.Option(help=_("这把密钥泄露了：它签过的全部作废，部门换新的"))
    ] = None,
    staff: Annotated[str | None, typer.Option(help=_("管理员工号"))] = None,
    pin_file: Annotated[Path | None, typer.Option(help=_("密码文件，权限 600"))] = None,
    as_json: Annotated[bool, typer.Option("--json", help=_("输出 JSON"))] = False,
) -> None:
    """List the keys."""
    if (replace or revoke) and staff is None:
        raise WrongUsageError(_("换密钥要写 --staff：管理员的工号"))
    office = choice(Office, replace, "--replace") if replace else None
    with opened() as desk:
        if staff:
            actor = signed_in(desk, staff, pin_file)
            if office:
                unless_refused(replace_key(desk, actor, office))
            if revoke:
                unless_refused(revoke_key(desk, actor, normal(revoke).upper()))
        keys = sorted(desk.replica.company.office_keys.values(), key=lambda key: key.added_at)
        zone = desk.timezone
    if as_json:
        emit([form_shapes.office_key(key, zone) for key in keys])
    else:
        say_lines(key_lines(keys, zone))
