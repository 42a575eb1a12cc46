"""`hallterm fax send`: puts pages into the fax server's folder."""

from typing import Annotated

import typer

from hallterm.commands.desks import opened
from hallterm.commands.lazy import SpokenCommand
from hallterm.commands.opening import settings
from hallterm.commands.output import emit, say
from hallterm.commands.post_setup import offices, sender
from hallterm.desk.outgoing import make_post
from hallterm.devices.faxing import file_faxes
from hallterm.words import _

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command(cls=SpokenCommand, help=_("把签发的流转单做成传真页，放进 fax_out 文件夹。"))
def fax_send(
    *, as_json: Annotated[bool, typer.Option("--json", help=_("输出 JSON"))] = False
) -> None:
    """Send faxes."""
    with opened() as desk:
        made = make_post(desk, offices(), sender(desk))
        filed = file_faxes(desk, settings().post.fax_out)
    if as_json:
        emit({"made": made.faxes, "filed": filed})
    else:
        say(_("放进传真文件夹 {filed} 页").format(filed=filed))
