"""`hallterm setup`: a hall from nothing by a file, for scripts; people use the screen."""

from pathlib import Path
from typing import Annotated

import typer

from hallterm.clock import SystemClock
from hallterm.commands.exits import RefusedError, WrongUsageError
from hallterm.commands.lazy import SpokenCommand
from hallterm.commands.opening import settings
from hallterm.commands.output import emit, say
from hallterm.commands.setup_file import read_setup
from hallterm.configuration import ConfigurationProblems, load
from hallterm.desk.desk import Desk, open_desk
from hallterm.desk.founding import NewHall, found
from hallterm.domain.refusal import refuse
from hallterm.domain.roles import Role
from hallterm.store.faults import StoreFaultError
from hallterm.store.keys import create_key, read_key
from hallterm.words import _

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command(
    cls=SpokenCommand,
    help=_("按 TOML 文件新建营业厅：名称、营业时间、人员、窗口、业务。文件的写法见 docs。"),
)
def setup(
    *,
    source: Annotated[Path, typer.Option("--from", help=_("TOML 文件"))],
    as_json: Annotated[bool, typer.Option("--json", help=_("输出 JSON"))] = False,
) -> None:
    """Set a hall up from a file."""
    here = settings()
    configuration = load(*here.data)
    try:
        new = read_setup(source, configuration)
    except ConfigurationProblems as found_wrong:
        text = "\n".join(problem.text for problem in found_wrong.problems)
        raise WrongUsageError(text) from found_wrong
    key = _key(here.key, here.store)
    try:
        here.store.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise StoreFaultError("store_unopenable", str(here.store.parent)) from error
    desk = open_desk(here.store, key, SystemClock(), configuration, here.device)
    try:
        _found(desk, new)
    finally:
        desk.close()
    if as_json:
        emit({"hall": new.profile.id, "store": str(here.store), "key": str(here.key)})
    else:
        say(_("营业厅“{name}”建好了").format(name=new.profile.name))
        say(_("数据在 {store}，密钥在 {key}，请分开备份").format(store=here.store, key=here.key))


def _key(path: Path, store: Path) -> str:
    """Read the key, or make one when neither it nor a store is there yet."""
    return read_key(path) if path.exists() or store.exists() else create_key(path)


def _found(desk: Desk, new: NewHall) -> None:
    """Set the hall up; one that was left half set up is finished, one that is ready is kept."""
    company = desk.replica.company
    ready = any(Role.ADMINISTRATOR in member.roles for member in company.active_staff())
    if company.hall is not None and ready:
        raise RefusedError(refuse("hall_exists", name=company.hall.name))
    refused = found(desk, new)
    if refused is not None:
        raise RefusedError(refused)
