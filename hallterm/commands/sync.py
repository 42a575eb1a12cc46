"""`hallterm sync`: this terminal and its hub."""

import typer

from hallterm.commands.lazy import Entry, LazyGroup
from hallterm.words import _, mark


class SyncCommands(LazyGroup):
    """Commands about the hub."""

    entries = {  # noqa: RUF012 - read only, as the base says
        "enrol": Entry("hallterm.commands.sync_enrol", mark("加入中心")),
        "status": Entry("hallterm.commands.sync_status", mark("连没连上，还有多少没传")),
        "now": Entry("hallterm.commands.sync_now", mark("现在就传，传完为止")),
        "run": Entry("hallterm.commands.sync_run", mark("一直传，给没有界面的终端")),
    }


app = typer.Typer(cls=SyncCommands, add_completion=False, rich_markup_mode=None)


@app.callback(help=_("本终端与中心：加入、状态、上传。界面开着时自动上传，不用这些命令。"))
def sync() -> None:
    """Commands about the hub."""
