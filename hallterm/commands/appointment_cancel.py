"""`hallterm appointment cancel`: calls an appointment off."""

from pathlib import Path
from typing import Annotated

import typer

from hallterm.commands.appointment_told import tell
from hallterm.commands.arguments import choice, normal
from hallterm.commands.desks import opened
from hallterm.commands.exits import unless_refused
from hallterm.commands.lazy import SpokenCommand
from hallterm.commands.signing import signed_in
from hallterm.desk.appointments import cancel
from hallterm.domain.appointment.words import CancelReason
from hallterm.words import _

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command(cls=SpokenCommand, help=_("取消一个预约，说明原因。"))
def appointment_cancel(
    appointment: Annotated[str, typer.Argument(help=_("预约编号"))],
    *,
    staff: Annotated[str, typer.Option(help=_("工号"))],
    reason: Annotated[
        str, typer.Option(help=_("原因：customer、not-needed、hall、mistake"))
    ] = "customer",
    pin_file: Annotated[Path | None, typer.Option(help=_("密码文件，权限 600"))] = None,
    as_json: Annotated[bool, typer.Option("--json", help=_("输出 JSON"))] = False,
) -> None:
    """Call an appointment off."""
    why = choice(CancelReason, reason, "--reason")
    with opened() as desk:
        actor = signed_in(desk, staff, pin_file)
        meant = normal(appointment)
        unless_refused(cancel(desk, actor, meant, why))
        tell(desk, actor, meant, as_json=as_json)
