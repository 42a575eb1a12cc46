"""`hallterm display`: the wall display for a second screen."""

import typer

from hallterm.commands.lazy import SpokenCommand
from hallterm.commands.opening import settings
from hallterm.commands.terminal import need_terminal
from hallterm.words import _

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command(cls=SpokenCommand, help=_("叫号大屏：最近叫号和各级等候人数，没有客户资料。"))
def display() -> None:
    """Open the wall display."""
    need_terminal()
    here = settings()
    from hallterm.screens.start import run_display  # noqa: PLC0415 - Textual after the checks

    raise typer.Exit(run_display(here))
