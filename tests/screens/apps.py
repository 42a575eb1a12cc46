"""Apps for tests: frozen clock, no desk."""

from collections.abc import Callable

from textual.screen import Screen

from hallterm.screens.app import HalltermApp
from hallterm.screens.desk_runner import DeskRunner
from hallterm.screens.shell import Link, Shell, Standing
from tests.screens.sample import FrozenClock


def make_app(first: Callable[[], Screen[None]], theme: str = "dark") -> HalltermApp:
    """An app whose time moves only when a test moves it."""
    standing = Standing("建设路营业厅", "3号窗口", "李敏 0231", Link.ONLINE, 0)
    shell = Shell(FrozenClock(), DeskRunner(), standing, ticking=False)
    return HalltermApp(shell, first, theme)
