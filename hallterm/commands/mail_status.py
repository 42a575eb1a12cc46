"""`hallterm mail status`: what waits, what came in."""

from typing import Annotated

import typer

from hallterm.commands import post_shapes
from hallterm.commands.desks import opened
from hallterm.commands.lazy import SpokenCommand
from hallterm.commands.output import emit, say_lines
from hallterm.commands.post_text import letter_lines, received_lines, status_lines
from hallterm.desk.post_status import letters, post_status, received
from hallterm.store.post.evidence import Verdict
from hallterm.store.post.spool import ENDED, LetterState
from hallterm.words import _

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command(cls=SpokenCommand, help=_("待发、待处理的信件和来件；--all 连已发的也列出。"))
def mail_status(
    *,
    every: Annotated[bool, typer.Option("--all", help=_("连已发的也列出"))] = False,
    as_json: Annotated[bool, typer.Option("--json", help=_("输出 JSON"))] = False,
) -> None:
    """Show the spool."""
    states = () if every else tuple(state for state in LetterState if state not in ENDED)
    with opened() as desk:
        seen, listed = post_status(desk), letters(desk, states)
        came = [view for view in received(desk, "mail") if view.verdict is not Verdict.UNKNOWN]
        zone = desk.timezone
    if as_json:
        emit(
            {
                **post_shapes.status(seen, zone),
                "letters": [post_shapes.letter(view, zone) for view in listed],
                "received": [post_shapes.received(view, zone) for view in came],
            }
        )
    else:
        say_lines(status_lines(seen, zone))
        say_lines(letter_lines(listed, zone))
        say_lines(received_lines(came, zone))
