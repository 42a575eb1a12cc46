"""`hallterm mail import`: letters from files."""

from pathlib import Path
from typing import Annotated

import typer

from hallterm.commands.desks import opened
from hallterm.commands.lazy import SpokenCommand
from hallterm.commands.post_told import tell_collected
from hallterm.desk.collecting import collect_files
from hallterm.words import _

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command(cls=SpokenCommand, help=_("导入 .eml 文件（或装着它们的文件夹），按编号和签名核对。"))
def mail_import(
    files: Annotated[list[Path], typer.Argument(metavar="FILE", help=_(".eml 文件或文件夹"))],
    *,
    as_json: Annotated[bool, typer.Option("--json", help=_("输出 JSON"))] = False,
) -> None:
    """Import letters."""
    with opened() as desk:
        found = collect_files(desk, files)
    tell_collected(found, as_json=as_json)
