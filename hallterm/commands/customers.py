"""`hallterm customers`: bring customers in from a file."""

import typer

from hallterm.commands.lazy import Entry, LazyGroup
from hallterm.words import _, mark


class CustomerCommands(LazyGroup):
    """Commands about customers' records."""

    entries = {  # noqa: RUF012 - read only, as the base says
        "import": Entry("hallterm.commands.customers_import", mark("从 CSV 文件导入客户资料")),
        "erase": Entry("hallterm.commands.customers_erase", mark("删除一位客户的资料")),
    }


app = typer.Typer(cls=CustomerCommands, add_completion=False, rich_markup_mode=None)


@app.callback(help=_("客户资料。"))
def customers() -> None:
    """Commands about customers' records."""
