"""`hallterm ticket`: the life of a ticket, for kiosks and scripts."""

import typer

from hallterm.commands.lazy import Entry, LazyGroup
from hallterm.words import _, mark


class TicketCommands(LazyGroup):
    """Commands about tickets."""

    entries = {  # noqa: RUF012 - read only, as the base says
        "take": Entry("hallterm.commands.ticket_take", mark("取号")),
        "next": Entry("hallterm.commands.ticket_next", mark("叫下一位")),
        "start": Entry("hallterm.commands.ticket_start", mark("开始办理叫到的客户")),
        "finish": Entry("hallterm.commands.ticket_finish", mark("办结")),
        "divert": Entry("hallterm.commands.ticket_divert", mark("分流：提议和客户的答复")),
        "list": Entry("hallterm.commands.ticket_list", mark("列出号票")),
    }


app = typer.Typer(cls=TicketCommands, add_completion=False, rich_markup_mode=None)


@app.callback(help=_("号票的取、叫、办、查。供取号机和脚本使用，可与终端界面同时运行。"))
def ticket() -> None:
    """Commands about tickets."""
