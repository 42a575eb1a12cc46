"""`hallterm form evidence`: a letter or fax as it came, for whoever has to look at it."""

from collections.abc import Sequence
from datetime import tzinfo
from pathlib import Path
from typing import Annotated

import typer

from hallterm.commands.arguments import normal
from hallterm.commands.desks import opened
from hallterm.commands.exits import WrongUsageError, unless_refused
from hallterm.commands.files import write_new
from hallterm.commands.lazy import SpokenCommand
from hallterm.commands.output import emit, say
from hallterm.commands.signing import signed_in
from hallterm.desk.post_evidence import Viewing, evidence_of, viewings
from hallterm.words import _

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command(
    cls=SpokenCommand, help=_("取出一封来信或一页传真的原件；编号见 mail status、fax status。")
)
def form_evidence(
    digest: Annotated[str, typer.Argument(help=_("来件，至少前 8 位"))],
    *,
    out: Annotated[Path | None, typer.Option(help=_("新文件"))] = None,
    viewers: Annotated[
        bool, typer.Option("--viewers", help=_("不取原件，只列出谁在什么时候看过"))
    ] = False,
    staff: Annotated[str, typer.Option(help=_("工号"))],
    pin_file: Annotated[Path | None, typer.Option(help=_("密码文件，权限 600"))] = None,
    as_json: Annotated[bool, typer.Option("--json", help=_("输出 JSON"))] = False,
) -> None:
    """Write a piece of evidence to a file, or say who has looked at it."""
    if viewers == (out is not None):
        raise WrongUsageError(_("写 --out 或 --viewers 之一"))
    with opened() as desk:
        actor = signed_in(desk, staff, pin_file)
        wanted = normal(digest).lower()
        if out is None:
            _tell(unless_refused(viewings(desk, actor, wanted)), desk.timezone, as_json=as_json)
            return
        found = unless_refused(evidence_of(desk, actor, wanted))
    if found is None:
        raise WrongUsageError(_("没有这样一件来件，或不止一件，或原件已损坏"))
    write_new(out, found.content)
    if as_json:
        emit({"digest": found.digest, "media": found.media, "file": str(out.absolute())})
    else:
        say(_("写好了：{path}（{media}）").format(path=out, media=found.media))


def _tell(seen: Sequence[Viewing], zone: tzinfo, *, as_json: bool) -> None:
    if as_json:
        emit(
            [
                {
                    "staff": one.staff_id,
                    "device": one.device,
                    "at": one.at.astimezone(zone).isoformat(timespec="milliseconds"),
                }
                for one in seen
            ]
        )
        return
    if not seen:
        say(_("没有人看过"))
    for one in seen:
        say(f"{one.at.astimezone(zone):%Y-%m-%d %H:%M}  {one.staff_id}  {one.device}")
