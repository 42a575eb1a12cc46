"""`hallterm ticket divert`: what was offered instead of a wait, and what the customer said."""

from pathlib import Path
from typing import Annotated

import typer

from hallterm.commands.arguments import choice, normal, whole_number
from hallterm.commands.desks import opened
from hallterm.commands.exits import RefusedError, WrongUsageError, unless_refused
from hallterm.commands.lazy import SpokenCommand
from hallterm.commands.signing import signed_in
from hallterm.commands.ticket_told import meant, tell
from hallterm.desk import call_backs, diversions
from hallterm.desk.desk import Desk
from hallterm.domain.diversion.words import Way
from hallterm.domain.refusal import refuse
from hallterm.words import _

app = typer.Typer(add_completion=False, rich_markup_mode=None)
_LAST_NUMBER = 99
_ANSWERS = {"yes": True, "no": False, "open": None}


@app.command(cls=SpokenCommand, help=_("分流：向客户提了什么去向，客户怎么答。"))
def ticket_divert(  # noqa: PLR0913 - each is an option
    number: Annotated[str, typer.Argument(help=_("号票"))],
    *,
    staff: Annotated[str, typer.Option(help=_("工号"))],
    way: Annotated[
        str,
        typer.Option(
            "--to", help=_("去向：counter、self-service、call-back、appointment、other-hall")
        ),
    ],
    place: Annotated[
        str | None, typer.Option("--place", help=_("哪个窗口号，或哪个厅的 id"))
    ] = None,
    answer: Annotated[str, typer.Option(help=_("客户的答复：yes、no；open 是还没答"))] = "open",
    by: Annotated[str, typer.Option(help=_("几分钟之内（90）或几点之前（1430）回电"))] = "",
    phone: Annotated[str, typer.Option(help=_("客户留的号码"))] = "",
    pin_file: Annotated[Path | None, typer.Option(help=_("密码文件，权限 600"))] = None,
    as_json: Annotated[bool, typer.Option("--json", help=_("输出 JSON"))] = False,
) -> None:
    """Record an offer and its answer."""
    wanted, said = choice(Way, way, "--to"), _answer(answer)
    with opened() as desk:
        actor = signed_in(desk, staff, pin_file)
        ticket = meant(desk, actor, number)
        target = _target(desk, wanted, place)
        if said and wanted is Way.CALL_BACK:
            due = unless_refused(call_backs.due_of(desk, by))
            unless_refused(call_backs.accept(desk, actor, ticket.id, due=due, phone=phone))
        else:
            unless_refused(diversions.told(desk, actor, ticket.id, (wanted, target), accepted=said))
        tell(desk, ticket, as_json=as_json)


def _answer(text: str) -> bool | None:
    wanted = normal(text).lower()
    if wanted in _ANSWERS:
        return _ANSWERS[wanted]
    raise WrongUsageError(_("--answer 要写 yes、no 或 open"))


def _target(desk: Desk, way: Way, place: str | None) -> str | None:
    if place is None or way is not Way.COUNTER:
        return normal(place) if place is not None else None
    number = whole_number(place, "--place", 1, _LAST_NUMBER)
    setups = desk.rules.company.counters.values()
    setup = next((one for one in setups if one.number == number), None)
    if setup is None:
        raise RefusedError(refuse("unknown_counter", counter=number))
    return setup.id
