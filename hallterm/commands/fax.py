"""`hallterm fax`: pages for the fax server, and those it has received."""

import typer

from hallterm.commands.lazy import Entry, LazyGroup
from hallterm.words import _, mark


class FaxCommands(LazyGroup):
    """Commands about faxes."""

    entries = {  # noqa: RUF012 - read only, as the base says
        "status": Entry("hallterm.commands.fax_status", mark("待发和收到的传真")),
        "send": Entry("hallterm.commands.fax_send", mark("把签发的流转单放进传真文件夹")),
        "take": Entry("hallterm.commands.fax_take", mark("登记收到的传真")),
    }


app = typer.Typer(cls=FaxCommands, add_completion=False, rich_markup_mode=None)


@app.callback(help=_("传真：状态、发出、登记。"))
def fax() -> None:
    """Commands about faxes."""
