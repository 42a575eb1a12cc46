"""`hallterm callback`: call-backs that are due, and what came of them."""

import typer

from hallterm.commands.lazy import Entry, LazyGroup
from hallterm.words import _, mark


class CallBackCommands(LazyGroup):
    """Commands about call-backs."""

    entries = {  # noqa: RUF012 - read only, as the base says
        "list": Entry("hallterm.commands.callback_list", mark("待回电和今天已了结的")),
        "note": Entry("hallterm.commands.callback_note", mark("记下打过了：结果，或没人接")),
    }


app = typer.Typer(cls=CallBackCommands, add_completion=False, rich_markup_mode=None)


@app.callback(help=_("回电：答应了客户几点之前打电话。"))
def callback() -> None:
    """Commands about call-backs."""
