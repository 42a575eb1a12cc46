"""`hallterm ticket take`: a ticket as a kiosk issues it, with its slip."""

from collections.abc import Sequence
from typing import Annotated

import typer

from hallterm.commands import shapes
from hallterm.commands.arguments import choice, normal
from hallterm.commands.desks import machine, opened
from hallterm.commands.exits import RefusedError, unless_refused
from hallterm.commands.identity import Shown, identify, only_one
from hallterm.commands.lazy import SpokenCommand
from hallterm.commands.naming import business_named
from hallterm.commands.output import emit, say_lines
from hallterm.commands.slips import print_or_tell
from hallterm.desk.desk import Desk
from hallterm.desk.tickets import TicketDraft, documents_for, take
from hallterm.devices import slip_lines
from hallterm.domain.refusal import refuse
from hallterm.domain.ticket.words import HelpFlag
from hallterm.words import _

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command(
    cls=SpokenCommand, help=_("取号并打印号票。客户身份写一种：号码、卡、证件、姓名，或者都没有。")
)
def ticket_take(  # noqa: PLR0913 - each parameter is an option that a script can name
    *,
    business: Annotated[list[str], typer.Option(help=_("业务代码或内部名，可写几次"))],
    phone: Annotated[str, typer.Option(help=_("手机号码，或末四位"))] = "",
    card: Annotated[str, typer.Option(help=_("VIP 卡号"))] = "",
    id_number: Annotated[str, typer.Option(help=_("证件号码"))] = "",
    name: Annotated[str, typer.Option(help=_("姓名或拼音首字母，只有一位符合才行"))] = "",
    walk_in: Annotated[bool, typer.Option("--walk-in", help=_("没有号码的来客"))] = False,
    flag: Annotated[
        list[str] | None, typer.Option(help=_("需要照顾：old、disabled、pregnant，可写几次"))
    ] = None,
    missing: Annotated[
        list[str] | None, typer.Option(help=_("没有带的证件的内部名，可写几次"))
    ] = None,
    no_print: Annotated[bool, typer.Option("--no-print", help=_("不打印号票"))] = False,
    as_json: Annotated[bool, typer.Option("--json", help=_("输出 JSON"))] = False,
) -> None:
    """Issue a ticket and print its slip."""
    shown = only_one(Shown(phone=phone, card=card, id_number=id_number, name=name, walk_in=walk_in))
    flags = {choice(HelpFlag, text, "--flag") for text in flag or ()}
    with opened() as desk:
        now = desk.clock.now()
        draft = TicketDraft(arrived_at=now, shown_at=now, flags=flags)
        identify(desk, draft, shown)
        draft.business_ids = [business_named(desk, text) for text in business]
        draft.missing = _missing(desk, draft, missing or ())
        issued = unless_refused(take(desk, machine(desk), draft))
    trouble = None if no_print else print_or_tell(issued)
    if as_json:
        emit(shapes.slip(issued, trouble))
    else:
        say_lines([issued.hall_name, issued.ticket.number, *slip_lines(issued)])


def _missing(desk: Desk, draft: TicketDraft, texts: Sequence[str]) -> set[str]:
    named = {normal(text) for text in texts}
    unknown = named - {document.id for document in documents_for(desk, draft)}
    if unknown:
        raise RefusedError(refuse("unknown_document", document=min(unknown)))
    return named
