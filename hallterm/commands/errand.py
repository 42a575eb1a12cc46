"""`hallterm errand`: visits and deliveries to customers."""

import typer

from hallterm.commands.lazy import Entry, LazyGroup
from hallterm.words import _, mark


class ErrandCommands(LazyGroup):
    """Commands about visits and deliveries."""

    entries = {  # noqa: RUF012 - read only, as the base says
        "list": Entry("hallterm.commands.errand_list", mark("列出上门和配送")),
    }


app = typer.Typer(cls=ErrandCommands, add_completion=False, rich_markup_mode=None)


@app.callback(help=_("上门和配送：列出。"))
def errand() -> None:
    """Commands about visits and deliveries."""
