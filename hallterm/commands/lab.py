"""`hallterm lab`: traces and simulated days."""

import typer

from hallterm.commands.lazy import Entry, LazyGroup
from hallterm.words import _, mark


class LabCommands(LazyGroup):
    """Commands about simulated days."""

    entries = {  # noqa: RUF012 - read only, as the base says
        "replay": Entry("hallterm.commands.lab_replay", mark("重演一天：按到达记录走一遍叫号办理")),
        "compare": Entry("hallterm.commands.lab_compare", mark("在同样的日子里比较几种叫号办法")),
    }


app = typer.Typer(cls=LabCommands, add_completion=False, rich_markup_mode=None)


@app.callback(help=_("用模拟的营业员和时钟重演、比较一天。不碰本厅的数据。"))
def lab() -> None:
    """Commands about simulated days."""
