"""`hallterm form verify`: is this form the one that was approved?"""

from pathlib import Path
from typing import Annotated

import typer

from hallterm.commands import form_shapes
from hallterm.commands.arguments import shown
from hallterm.commands.desks import opened
from hallterm.commands.exits import Exit, WrongUsageError
from hallterm.commands.form_text import verification_lines
from hallterm.commands.lazy import SpokenCommand
from hallterm.commands.output import emit, say_lines
from hallterm.desk.desk import Desk
from hallterm.desk.form_verify import Verification, verify_code, verify_file
from hallterm.forms.pictures import LARGEST, NotAPageError
from hallterm.forms.sealing import CODE_MARK
from hallterm.words import _

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command(
    cls=SpokenCommand,
    help=_("核验流转单：PDF、扫描件、传真，或二维码里的编码。相符时退出码是 0，不符是 1。"),
)
def form_verify(
    target: Annotated[str, typer.Argument(metavar="FILE|CODE", help=_("文件，或二维码的内容"))],
    *,
    as_json: Annotated[bool, typer.Option("--json", help=_("输出 JSON"))] = False,
) -> None:
    """Verify a form."""
    with opened() as desk:
        found = _verified(desk, target)
        zone = desk.timezone
    if as_json:
        emit(form_shapes.verification(found, zone))
    else:
        say_lines(verification_lines(found, zone))
    raise typer.Exit(Exit.DONE if found.good else Exit.REFUSED)


def _verified(desk: Desk, target: str) -> Verification:
    if target.strip().upper().startswith(f"{CODE_MARK}:"):
        found = verify_code(desk, target)
        if found is None:
            raise WrongUsageError(_("编码不完整或有错，请重新扫描二维码"))
        return found
    name = shown(target)
    try:
        path = Path(target)
        if path.stat().st_size > LARGEST:
            raise WrongUsageError(_("{path} 太大，不像流转单").format(path=name))
        found = verify_file(desk, path.read_bytes())
    except (OSError, ValueError) as error:  # a name with a NUL is a ValueError
        raise WrongUsageError(_("读不了 {path}").format(path=name)) from error
    except NotAPageError as error:
        raise WrongUsageError(_("{path} 不是 PDF 或图片，或已损坏").format(path=name)) from error
    if found is None:
        raise WrongUsageError(_("{path} 里没有找到流转单，也没有读到二维码").format(path=name))
    return found
