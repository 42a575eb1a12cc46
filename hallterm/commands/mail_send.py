"""`hallterm mail send`: makes what follows from the facts, and gives what is due to the carrier."""

import time
from typing import Annotated

import typer

from hallterm.commands import post_shapes
from hallterm.commands.arguments import whole_number
from hallterm.commands.desks import opened
from hallterm.commands.lazy import SpokenCommand
from hallterm.commands.output import emit, say
from hallterm.commands.post_setup import carrier, offices, sender
from hallterm.commands.post_text import round_line
from hallterm.desk.outgoing import make_post
from hallterm.desk.sending import Round, send_round
from hallterm.words import _

app = typer.Typer(add_completion=False, rich_markup_mode=None)
_LONGEST_PAUSE = 3600


@app.command(
    cls=SpokenCommand,
    help=_("写好该写的信件并发出；没有邮件服务器就放进发件箱文件夹。--every 60 每分钟一次。"),
)
def mail_send(
    *,
    every: Annotated[str | None, typer.Option(help=_("隔几秒再做一次，直到 Ctrl+C"))] = None,
    as_json: Annotated[bool, typer.Option("--json", help=_("输出 JSON，每次一行"))] = False,
) -> None:
    """Send what is due."""
    pause = whole_number(every, "--every", 1, _LONGEST_PAUSE) if every else None
    with opened() as desk:
        known, by = offices(), carrier()
        while True:
            desk.refresh()
            made = make_post(desk, known, sender(desk))
            done = send_round(desk, by)
            if as_json:
                emit(
                    {
                        "made": made.letters,
                        "faxes": made.faxes,
                        "unfinished": made.unfinished,
                        **post_shapes.round_done(done),
                    }
                )
            elif pause is None or done != Round():
                say(round_line(done))
            if pause is None:
                return
            time.sleep(pause)
