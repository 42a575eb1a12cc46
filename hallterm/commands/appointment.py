"""`hallterm appointment`: list, book, arrive, cancel."""

import typer

from hallterm.commands.lazy import Entry, LazyGroup
from hallterm.words import _, mark


class AppointmentCommands(LazyGroup):
    """Commands about appointments."""

    entries = {  # noqa: RUF012 - read only, as the base says
        "list": Entry("hallterm.commands.appointment_list", mark("列出一天的预约")),
        "book": Entry("hallterm.commands.appointment_book", mark("预约一个时段")),
        "arrive": Entry("hallterm.commands.appointment_arrive", mark("预约的客户到了：取号")),
        "cancel": Entry("hallterm.commands.appointment_cancel", mark("取消预约")),
    }


app = typer.Typer(cls=AppointmentCommands, add_completion=False, rich_markup_mode=None)


@app.callback(help=_("预约：列出、预约、到厅、取消。"))
def appointment() -> None:
    """Commands about appointments."""
