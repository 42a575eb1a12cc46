"""`hallterm backup`: a copy of the store, taken while the hall works."""

from pathlib import Path
from typing import Annotated

import typer

from hallterm.commands.arguments import shown
from hallterm.commands.exits import WrongUsageError
from hallterm.commands.lazy import SpokenCommand
from hallterm.commands.opening import settings
from hallterm.commands.output import emit, say
from hallterm.store.connection import close_connection, open_connection
from hallterm.store.copying import copy_store
from hallterm.store.faults import StoreFaultError
from hallterm.store.keys import read_key
from hallterm.words import _

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command(
    cls=SpokenCommand,
    help=_("把数据备份到一个新文件，营业可以照常。备份用同一把密钥打开，密钥要另外保管。"),
)
def backup(
    target: Annotated[Path, typer.Argument(metavar="FILE", help=_("新文件"))],
    *,
    as_json: Annotated[bool, typer.Option("--json", help=_("输出 JSON"))] = False,
) -> None:
    """Copy the store to a new file."""
    here = settings()
    if not here.store.exists():
        raise StoreFaultError("store_missing", str(here.store))
    if not target.absolute().parent.is_dir():
        sentence = _("没有文件夹 {path}")
        raise WrongUsageError(sentence.format(path=shown(str(target.absolute().parent))))
    key = read_key(here.key)
    connection = open_connection(here.store, key)
    try:
        copy_store(connection, key, target.absolute())
    except FileExistsError as error:
        sentence = _("{path} 已经有了，备份不会盖掉它")
        raise WrongUsageError(sentence.format(path=shown(str(target)))) from error
    finally:
        close_connection(connection)
    size = target.stat().st_size
    if as_json:
        emit({"file": str(target.absolute()), "bytes": size})
    else:
        say(_("备份好了：{path}，{size} 字节").format(path=target, size=size))
