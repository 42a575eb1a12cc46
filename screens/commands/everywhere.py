"""Commands that every screen offers."""

from hallterm.screens.commands.command import Command, Group
from hallterm.words import _

HELP = Command[object](
    "general.help", ("f1",), _("帮助"), _("列出这个画面上能按的键。"), Group.GENERAL
)
MENU = Command[object](
    "general.menu",
    ("f12",),
    _("菜单"),
    _("按名称或拼音首字母找一个操作，也能去别的画面。"),
    Group.GENERAL,
)
BACK = Command[object](
    "general.back",
    ("escape",),
    _("返回"),
    _("退回上一步；不会改动任何东西。"),
    Group.GENERAL,
    quiet=True,
)
THEME = Command[object](
    "general.theme", ("ctrl+t",), _("配色"), _("换一种配色。"), Group.GENERAL, quiet=True
)
QUIT = Command[object](
    "general.quit", ("ctrl+q",), _("退出"), _("问过之后离开程序。"), Group.GENERAL, quiet=True
)
EVERYWHERE: tuple[Command[object], ...] = (HELP, MENU, BACK, THEME, QUIT)

LIST_KEYS: tuple[Command[object], ...] = (
    Command(
        "list.up",
        ("up",),
        _("上移"),
        _("光标上移一行。"),
        Group.LIST,
        action="move(-1)",
        quiet=True,
    ),
    Command(
        "list.down",
        ("down",),
        _("下移"),
        _("光标下移一行。"),
        Group.LIST,
        action="move(1)",
        quiet=True,
    ),
    Command(
        "list.page_up",
        ("pageup",),
        _("上页"),
        _("向上翻一页。"),
        Group.LIST,
        action="page(-1)",
        quiet=True,
    ),
    Command(
        "list.page_down",
        ("pagedown",),
        _("下页"),
        _("向下翻一页。"),
        Group.LIST,
        action="page(1)",
        quiet=True,
    ),
    Command(
        "list.first",
        ("home",),
        _("首行"),
        _("到第一行。"),
        Group.LIST,
        action="edge(-1)",
        quiet=True,
    ),
    Command(
        "list.last",
        ("end",),
        _("末行"),
        _("到最后一行。"),
        Group.LIST,
        action="edge(1)",
        quiet=True,
    ),
)
"""Keys of every list."""
