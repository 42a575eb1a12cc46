"""`hallterm form make`: a copy of a form as PDF, for whoever asks for it."""

from pathlib import Path
from typing import Annotated

import typer

from hallterm.commands.desks import opened
from hallterm.commands.exits import unless_refused
from hallterm.commands.files import write_new
from hallterm.commands.lazy import SpokenCommand
from hallterm.commands.output import emit, say
from hallterm.commands.signing import signed_in
from hallterm.desk.form_copies import Reader, make_copy
from hallterm.desk.requests import find
from hallterm.mail.letter import file_name
from hallterm.words import _, joined
from hallterm.words.terms import term

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command(cls=SpokenCommand, help=_("把一件特殊需求的流转单写成一页 PDF；客户按岗位掩码。"))
def form_make(
    number: Annotated[str, typer.Argument(help=_("编号，如 2026-0012，或只写后面几位"))],
    *,
    staff: Annotated[str, typer.Option(help=_("工号"))],
    pin_file: Annotated[Path | None, typer.Option(help=_("密码文件，权限 600"))] = None,
    out: Annotated[Path | None, typer.Option(help=_("新文件；不写就写到当前文件夹"))] = None,
    as_json: Annotated[bool, typer.Option("--json", help=_("输出 JSON"))] = False,
) -> None:
    """Make the PDF."""
    from hallterm.forms.render import code_of, pdf_of  # noqa: PLC0415 - loaded only to draw

    with opened() as desk:
        actor = signed_in(desk, staff, pin_file)
        request = unless_refused(find(desk, number))
        name = joined(term(role) for role in sorted(actor.roles))
        copy = unless_refused(make_copy(desk, actor, request.number, Reader(name, actor.roles)))
    target = out or Path(file_name(request.number, "pdf"))
    data = pdf_of(copy)
    write_new(target, data)
    seal = copy.seal("order")
    if as_json:
        emit(
            {
                "number": request.number,
                "version": copy.content.order.revision,
                "file": str(target.absolute()),
                "bytes": len(data),
                "key": seal.key_id if seal else None,
                "code": code_of(copy),
                "masked": copy.customer is None,
            }
        )
    else:
        say(_("流转单写好了：{path}").format(path=target))
