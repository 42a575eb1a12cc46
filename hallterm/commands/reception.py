"""`hallterm reception`: receptions of a day, one of them, and their figures."""

import typer

from hallterm.commands.lazy import Entry, LazyGroup
from hallterm.words import _, mark


class ReceptionCommands(LazyGroup):
    """Commands about receptions."""

    entries = {  # noqa: RUF012 - read only, as the base says
        "list": Entry("hallterm.commands.reception_list", mark("列出 VIP 接待")),
        "show": Entry("hallterm.commands.reception_show", mark("一次接待的小结")),
        "figures": Entry("hallterm.commands.reception_figures", mark("各人和全厅的接待情况")),
    }


app = typer.Typer(cls=ReceptionCommands, add_completion=False, rich_markup_mode=None)


@app.callback(help=_("VIP 接待：列出、小结、统计。"))
def reception() -> None:
    """Commands about receptions."""
