"""`hallterm appointment book`: keeps a slot for a customer."""

from pathlib import Path
from typing import Annotated

import typer

from hallterm.commands.appointment_told import tell
from hallterm.commands.arguments import choice
from hallterm.commands.desks import opened
from hallterm.commands.exits import unless_refused
from hallterm.commands.identity import Shown, person_shown
from hallterm.commands.lazy import SpokenCommand
from hallterm.commands.naming import business_named, moment_named
from hallterm.commands.signing import signed_in
from hallterm.desk.appointments import Booking, book
from hallterm.domain.appointment.words import Channel
from hallterm.words import _

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command(cls=SpokenCommand, help=_("给客户预约一个时段。客户身份写一种。"))
def appointment_book(  # noqa: PLR0913 - each parameter is an option that a script can name
    *,
    business: Annotated[str, typer.Option(help=_("业务代码或内部名"))],
    at: Annotated[str, typer.Option(help=_("时段的开始，如 2026-11-28 10:00"))],
    staff: Annotated[str, typer.Option(help=_("工号"))],
    phone: Annotated[str, typer.Option(help=_("手机号码，或末四位"))] = "",
    card: Annotated[str, typer.Option(help=_("VIP 卡号"))] = "",
    id_number: Annotated[str, typer.Option(help=_("证件号码"))] = "",
    name: Annotated[str, typer.Option(help=_("姓名或拼音首字母，只有一位符合才行"))] = "",
    channel: Annotated[str, typer.Option(help=_("怎么约的：phone、in-hall"))] = "phone",
    remark: Annotated[str, typer.Option(help=_("备注"))] = "",
    pin_file: Annotated[Path | None, typer.Option(help=_("密码文件，权限 600"))] = None,
    as_json: Annotated[bool, typer.Option("--json", help=_("输出 JSON"))] = False,
) -> None:
    """Keep a slot."""
    way = choice(Channel, channel, "--channel")
    with opened() as desk:
        moment = moment_named(desk, at, "--at")
        actor = signed_in(desk, staff, pin_file)
        person_id = person_shown(
            desk, Shown(phone=phone, card=card, id_number=id_number, name=name)
        )
        booking = Booking(person_id, business_named(desk, business), moment, way, remark)
        done = unless_refused(book(desk, actor, booking))
        tell(desk, actor, done.events[0].aggregate_id, as_json=as_json)
