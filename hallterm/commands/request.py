"""`hallterm request`: special requests, one of them with its story, the next step, figures."""

import typer

from hallterm.commands.lazy import Entry, LazyGroup
from hallterm.words import _, mark


class RequestCommands(LazyGroup):
    """Commands about special requests."""

    entries = {  # noqa: RUF012 - read only, as the base says
        "list": Entry("hallterm.commands.request_list", mark("列出特殊需求，或自己的待办")),
        "show": Entry("hallterm.commands.request_show", mark("一件特殊需求的全部经过")),
        "open": Entry("hallterm.commands.request_open", mark("登记一件特殊需求")),
        "act": Entry("hallterm.commands.request_act", mark("做下一步：答复、决定、确认、办理")),
        "figures": Entry("hallterm.commands.request_figures", mark("各步用时、各级解决的比例")),
    }


app = typer.Typer(cls=RequestCommands, add_completion=False, rich_markup_mode=None)


@app.callback(help=_("特殊需求：列出、经过、登记、下一步、统计。"))
def request() -> None:
    """Commands about special requests."""
