"""Commands of a form."""

from hallterm.screens.commands.command import Command, Group
from hallterm.words import _

FORM_KEYS: tuple[Command[object], ...] = (
    Command("form.accept", ("f9",), _("完成"), _("用填好的内容。"), Group.GENERAL),
    Command("form.next", ("down", "tab"), _("下一项"), _("到下一项。"), Group.GENERAL, quiet=True),
    Command(
        "form.previous",
        ("up", "shift+tab"),
        _("上一项"),
        _("到上一项。"),
        Group.GENERAL,
        quiet=True,
    ),
)
