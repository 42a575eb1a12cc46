"""`hallterm callback note`: what came of a call, or that nobody answered."""

from pathlib import Path
from typing import Annotated

import typer

from hallterm.commands.arguments import choice, normal
from hallterm.commands.callback_told import call_back, call_back_lines
from hallterm.commands.desks import opened
from hallterm.commands.exits import RefusedError, unless_refused
from hallterm.commands.lazy import SpokenCommand
from hallterm.commands.output import emit, say_lines
from hallterm.commands.signing import signed_in
from hallterm.desk import call_backs
from hallterm.desk.call_back_board import CallBacks
from hallterm.desk.desk import Desk
from hallterm.domain.call_back.state import CallBack
from hallterm.domain.call_back.words import CallOutcome
from hallterm.domain.refusal import refuse
from hallterm.words import _

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command(cls=SpokenCommand, help=_("记下回电打过了：结果，或没人接。"))
def callback_note(
    number: Annotated[str, typer.Argument(help=_("号票或回电的 id"))],
    *,
    staff: Annotated[str, typer.Option(help=_("工号"))],
    outcome: Annotated[
        str | None,
        typer.Option(help=_("结果：settled、comes-again、booked、not-wanted；不写就是没人接")),
    ] = None,
    pin_file: Annotated[Path | None, typer.Option(help=_("密码文件，权限 600"))] = None,
    as_json: Annotated[bool, typer.Option("--json", help=_("输出 JSON"))] = False,
) -> None:
    """Note a call."""
    came_of_it = choice(CallOutcome, outcome, "--outcome") if outcome is not None else None
    with opened() as desk:
        actor = signed_in(desk, staff, pin_file)
        meant = _meant(desk, number)
        if came_of_it is None:
            unless_refused(call_backs.no_answer(desk, actor, meant.id))
        else:
            unless_refused(call_backs.done(desk, actor, meant.id, came_of_it))
        rows = [row for row in CallBacks(desk).rows(actor) if row.call_back_id == meant.id]
        zone, now = desk.timezone, desk.clock.now().timestamp()
    if as_json:
        emit(call_back(rows[0], zone))
    else:
        say_lines(call_back_lines(rows, zone, now))


def _meant(desk: Desk, number: str) -> CallBack:
    """Return the call-back of this id, or the due one of this ticket's number."""
    known = desk.hall.call_backs
    wanted = normal(number)
    if wanted in known:
        return known[wanted]
    found = [one for one in known.values() if one.number == wanted.upper() and one.is_open]
    if len(found) == 1:
        return found[0]
    raise RefusedError(refuse("call_back_several" if found else "unknown_call_back"))
