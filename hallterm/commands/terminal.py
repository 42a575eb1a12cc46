"""The commands that open screens need a terminal; here it is looked for."""

import sys

from hallterm.commands.exits import WrongUsageError
from hallterm.words import _


def on_terminal() -> bool:
    """Say whether keys can be read and a screen can be drawn."""
    return sys.stdin.isatty() and sys.stdout.isatty() and sys.stderr.isatty()


def need_terminal() -> None:
    """See that there is a terminal.

    Raises:
        WrongUsageError: There is none.
    """
    if not on_terminal():
        raise WrongUsageError(
            _("这里没有终端，打不开界面。脚本请用 hallterm ticket、hallterm board 等命令")
        )
