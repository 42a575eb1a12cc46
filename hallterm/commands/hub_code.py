"""`hallterm hub code`: a one-time code by which one terminal joins."""

from typing import Annotated

import typer

from hallterm.commands.hub_store import Database, give_code, hub_settings, hub_store, own_hall
from hallterm.commands.lazy import SpokenCommand
from hallterm.commands.output import emit, say
from hallterm.joining import CODE_SECONDS
from hallterm.words import _

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command(
    cls=SpokenCommand,
    help=_("发一个入网码：十分钟内，让一台终端加入一次。码里有中心的指纹，终端凭它认出中心。"),
)
def code(
    *,
    database: Database = None,
    as_json: Annotated[bool, typer.Option("--json", help=_("输出 JSON"))] = False,
) -> None:
    """Give a code out."""
    from hallterm.hub.certificates import (  # noqa: PLC0415 - help needs no cryptography
        authority_text,
        certificates_beside,
    )

    here = hub_settings(database)
    authority = authority_text(certificates_beside(here.key))
    with hub_store(here) as connection:
        hall = own_hall(connection)
        made = give_code(connection, authority, hall)
    if as_json:
        emit({"code": made.text, "hall": hall, "seconds": CODE_SECONDS})
        return
    minutes = CODE_SECONDS // 60
    say(_("入网码（{minutes} 分钟内，用一次）：").format(minutes=minutes))
    say(f"  {made.text}")
    say(_("在终端上运行：hallterm sync enrol https://中心的主机名:8443 入网码"))
