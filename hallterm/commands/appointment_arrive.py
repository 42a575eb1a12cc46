"""`hallterm appointment arrive`: a customer with an appointment is here; issues the ticket."""

from typing import Annotated

import typer

from hallterm.commands import shapes
from hallterm.commands.arguments import normal
from hallterm.commands.desks import machine, opened
from hallterm.commands.exits import RefusedError, unless_refused
from hallterm.commands.identity import Shown, person_shown
from hallterm.commands.lazy import SpokenCommand
from hallterm.commands.output import emit, say_lines
from hallterm.commands.slips import print_or_tell
from hallterm.desk.appointments import arrive, due_today
from hallterm.desk.desk import Desk
from hallterm.devices import slip_lines
from hallterm.domain.refusal import refuse
from hallterm.words import _

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command(cls=SpokenCommand, help=_("预约的客户到了：按预约取号，打印号票。"))
def appointment_arrive(  # noqa: PLR0913 - each parameter is an option that a script can name
    appointment: Annotated[str | None, typer.Argument(help=_("预约编号；或者写客户身份"))] = None,
    *,
    phone: Annotated[str, typer.Option(help=_("手机号码，或末四位"))] = "",
    card: Annotated[str, typer.Option(help=_("VIP 卡号"))] = "",
    id_number: Annotated[str, typer.Option(help=_("证件号码"))] = "",
    name: Annotated[str, typer.Option(help=_("姓名或拼音首字母，只有一位符合才行"))] = "",
    no_print: Annotated[bool, typer.Option("--no-print", help=_("不打印号票"))] = False,
    as_json: Annotated[bool, typer.Option("--json", help=_("输出 JSON"))] = False,
) -> None:
    """Issue the ticket of an appointment."""
    with opened() as desk:
        shown = Shown(phone=phone, card=card, id_number=id_number, name=name)
        meant = normal(appointment) if appointment else _due(desk, person_shown(desk, shown))
        issued = unless_refused(arrive(desk, machine(desk), meant))
    trouble = None if no_print else print_or_tell(issued)
    if as_json:
        emit(shapes.slip(issued, trouble))
    else:
        say_lines([issued.hall_name, issued.ticket.number, *slip_lines(issued)])


def _due(desk: Desk, person_id: str) -> str:
    appointment = due_today(desk, person_id)
    if appointment is None:
        raise RefusedError(refuse("unknown_appointment"))
    return appointment.id
