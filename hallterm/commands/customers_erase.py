"""`hallterm customers erase`: one customer's record, for good and everywhere."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from hallterm.commands.desks import opened
from hallterm.commands.exits import unless_refused
from hallterm.commands.identity import Shown, person_shown
from hallterm.commands.lazy import SpokenCommand
from hallterm.commands.output import emit, say
from hallterm.commands.signing import signed_in
from hallterm.desk.erasing import erase
from hallterm.domain.person.commands import EraseReason
from hallterm.words import _

app = typer.Typer(add_completion=False, rich_markup_mode=None)


class Reason(StrEnum):
    """Reasons as they are typed."""

    REQUESTED = "requested"
    RELATION_ENDED = "relation-ended"
    WRONG_ENTRY = "wrong-entry"
    KEPT_LONG_ENOUGH = "kept-long-enough"


@app.command(
    cls=SpokenCommand,
    help=_(
        "删除一位客户的资料：记录、修改历史、备注、单据，所有终端上都删，不能恢复。经理才能做。"
    ),
)
def erase_customer(  # noqa: PLR0913 - what can be shown
    *,
    phone: Annotated[str, typer.Option(help=_("手机号码"))] = "",
    card: Annotated[str, typer.Option(help=_("VIP 卡号"))] = "",
    id_number: Annotated[str, typer.Option(help=_("证件号码"))] = "",
    reason: Annotated[
        Reason,
        typer.Option(help=_("原因：客户要求、关系终止、录入有误、保存期满")),
    ],
    staff: Annotated[str, typer.Option(help=_("经理的工号"))],
    pin_file: Annotated[Path | None, typer.Option(help=_("密码文件"))] = None,
    as_json: Annotated[bool, typer.Option("--json", help=_("输出 JSON"))] = False,
) -> None:
    """Erase a customer."""
    shown = Shown(phone=phone, card=card, id_number=id_number)
    with opened() as desk:
        actor = signed_in(desk, staff, pin_file)
        person_id = person_shown(desk, shown)
        unless_refused(erase(desk, actor, person_id, EraseReason[reason.name]))
        waits = desk.replica.link is not None
    if as_json:
        emit({"erased": person_id, "confirmed": not waits})
    else:
        say(_("已交给中心，确认后各终端一起删除") if waits else _("客户资料已删除"))
