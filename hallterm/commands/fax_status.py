"""`hallterm fax status`: pages on their way out, and those that came in."""

from typing import Annotated

import typer

from hallterm.commands import post_shapes
from hallterm.commands.desks import opened
from hallterm.commands.lazy import SpokenCommand
from hallterm.commands.output import emit, say_lines
from hallterm.commands.post_text import fax_lines, received_lines
from hallterm.desk.post_status import fax_pages, received
from hallterm.words import _

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command(cls=SpokenCommand, help=_("待发、已发和收到的传真。"))
def fax_status(
    *, as_json: Annotated[bool, typer.Option("--json", help=_("输出 JSON"))] = False
) -> None:
    """Show faxes."""
    with opened() as desk:
        pages, came, zone = fax_pages(desk), received(desk, "fax"), desk.timezone
    if as_json:
        emit(
            {
                "pages": [post_shapes.fax(view, zone) for view in pages],
                "received": [post_shapes.received(view, zone) for view in came],
            }
        )
    else:
        say_lines(fax_lines(pages, zone))
        say_lines(received_lines(came, zone))
