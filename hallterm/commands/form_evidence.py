"""`hallterm form evidence`: a letter or fax as it came, for whoever has to look at it."""

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
from hallterm.desk.post_evidence import evidence_of
from hallterm.words import _

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command(
    cls=SpokenCommand, help=_("取出一封来信或一页传真的原件；编号见 mail status、fax status。")
)
def form_evidence(
    digest: Annotated[str, typer.Argument(help=_("来件，至少前 8 位"))],
    *,
    out: Annotated[Path, typer.Option(help=_("新文件"))],
    staff: Annotated[str, typer.Option(help=_("工号"))],
    pin_file: Annotated[Path | None, typer.Option(help=_("密码文件，权限 600"))] = None,
    as_json: Annotated[bool, typer.Option("--json", help=_("输出 JSON"))] = False,
) -> None:
    """Write a piece of evidence to a file."""
    with opened() as desk:
        actor = signed_in(desk, staff, pin_file)
        found = unless_refused(evidence_of(desk, actor, normal(digest).lower()))
    if found is None:
        raise WrongUsageError(_("没有这样一件来件，或不止一件，或原件已损坏"))
    write_new(out, found.content)
    if as_json:
        emit({"digest": found.digest, "media": found.media, "file": str(out.absolute())})
    else:
        say(_("写好了：{path}（{media}）").format(path=out, media=found.media))
