"""`hallterm train`: the training hall, on the screen or as text."""

from typing import Annotated

import typer

from hallterm.commands.arguments import normal, shown
from hallterm.commands.exits import WrongUsageError
from hallterm.commands.lazy import SpokenCommand
from hallterm.commands.opening import settings
from hallterm.commands.output import say, warn
from hallterm.commands.terminal import on_terminal
from hallterm.words import _

app = typer.Typer(add_completion=False, rich_markup_mode=None)

FASTEST = 600.0
"""Simulated seconds in a real one; faster, nobody could follow."""


@app.command(
    cls=SpokenCommand,
    help=_("打开演练厅：虚构的客户不断到来。没有终端时，用文字演一个上午。"),
)
def train(
    *,
    speed: Annotated[str, typer.Option(help=_("时间快几倍，0.1 到 600"))] = "1",
) -> None:
    """Open the training hall."""
    times = _speed(speed)
    here = settings()
    if on_terminal():
        from hallterm.screens.start import run_training  # noqa: PLC0415 - Textual only here

        raise typer.Exit(run_training(here, speed=times))
    from hallterm.configuration import load, training_folders  # noqa: PLC0415 - not with screens
    from hallterm.lab.playback import play_morning  # noqa: PLC0415 - not with screens

    warn(_("这里没有终端，用文字演练一个上午。"))
    play_morning(say, configuration=load(*training_folders(here.data)))


def _speed(text: str) -> float:
    try:
        times = float(normal(text))
    except ValueError:
        times = 0.0
    if 0.1 <= times <= FASTEST:  # noqa: PLR2004 - slower, nothing would happen
        return times
    sentence = _("--speed 要写 0.1 到 {most} 的数，不是“{text}”")
    raise WrongUsageError(sentence.format(most=f"{FASTEST:g}", text=shown(text)))
