"""`hallterm fax take`: takes received faxes from files, or from the folder of the settings."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated

import typer

from hallterm.commands import post_shapes
from hallterm.commands.arguments import normal, shown
from hallterm.commands.desks import machine, opened
from hallterm.commands.exits import WrongUsageError, unless_refused
from hallterm.commands.lazy import SpokenCommand
from hallterm.commands.opening import settings
from hallterm.commands.output import emit, say, say_lines
from hallterm.commands.post_text import came_lines
from hallterm.commands.signing import signed_in
from hallterm.desk.incoming import Came, take_fax
from hallterm.desk.requests import find
from hallterm.devices.fax_folder import pages_in
from hallterm.forms.pictures import LARGEST, NotAPageError
from hallterm.words import _, joined

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command(
    cls=SpokenCommand,
    help=_(
        "登记收到的传真（TIFF 或 PDF）；不写文件就取 fax_in 文件夹里的。"
        "二维码读不出时用 --number 写上编号。"
    ),
)
def fax_take(
    files: Annotated[
        list[Path] | None, typer.Argument(metavar="FILE", help=_("收到的传真文件"))
    ] = None,
    *,
    number: Annotated[str | None, typer.Option(help=_("传真上的编号，如 2026-0012"))] = None,
    staff: Annotated[str | None, typer.Option(help=_("工号；写了 --number 就要写"))] = None,
    pin_file: Annotated[Path | None, typer.Option(help=_("密码文件，权限 600"))] = None,
    as_json: Annotated[bool, typer.Option("--json", help=_("输出 JSON"))] = False,
) -> None:
    """Take faxes."""
    if number and (staff is None or files is None or len(files) != 1):
        raise WrongUsageError(_("--number 要和一个文件、--staff 一起写"))
    unreadable: list[str] = []
    taken: list[tuple[str, Came]] = []
    with opened() as desk:
        actor = signed_in(desk, staff, pin_file) if staff else machine(desk)
        meant = unless_refused(find(desk, normal(number))).number if number else ""
        for path, data in _contents(files):
            name = shown(path.name)
            try:
                taken.append((name, take_fax(desk, actor, data, meant)))
            except NotAPageError:
                unreadable.append(name)
    _tell(taken, unreadable, as_json=as_json)


def _contents(files: Sequence[Path] | None) -> Iterator[tuple[Path, bytes]]:
    for path in files if files is not None else pages_in(settings().post.fax_in):
        try:
            # What is too large is not read; its name is told as that of no page.
            yield path, path.read_bytes() if path.stat().st_size <= LARGEST else b""
        except OSError:
            yield path, b""


def _tell(taken: Sequence[tuple[str, Came]], unreadable: Sequence[str], *, as_json: bool) -> None:
    new = [(name, one) for name, one in taken if one.new]
    if as_json and not unreadable:
        emit([{"file": name, **post_shapes.came(one)} for name, one in new])
    elif not as_json:
        if not new:
            say(_("没有新的传真"))
        for name, one in new:
            say_lines(came_lines(name, one))
    if unreadable:
        names = joined(unreadable)
        raise WrongUsageError(_("不是传真页，或已损坏：{names}").format(names=names))
