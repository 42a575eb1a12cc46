"""Commands of a form."""

from dataclasses import dataclass

from hallterm.screens.commands.command import Command, Group
from hallterm.words import _


@dataclass(frozen=True, slots=True)
class FormState:
    """What the keys of a form say."""

    last: bool
    """Whether the row that is filled in is the last."""


FORM_KEYS: tuple[Command[FormState], ...] = (
    Command(
        "form.enter",
        ("enter",),
        _("下一格"),
        _("到下一格；在最后一格就是完成。"),
        Group.GENERAL,
        label=lambda state: _("完成") if state.last else _("下一格"),
    ),
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
