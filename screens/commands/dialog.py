"""Commands of the questions: pickers, confirmations, fields."""

from typing import Any

from hallterm.screens.commands.command import Command, Group
from hallterm.words import _

CANCEL = Command[object](
    "dialog.cancel", ("escape",), _("返回"), _("不做，退回去。"), Group.GENERAL
)
TAKE = Command[object]("dialog.take", ("enter",), _("选定"), _("选光标所在的一项。"), Group.GENERAL)
AGREE = Command[str](
    "dialog.agree", ("f9",), _("确定"), _("照问的做。"), Group.GENERAL, label=lambda verb: verb
)
ACCEPT = Command[object]("dialog.accept", ("enter",), _("确定"), _("用填好的内容。"), Group.GENERAL)
DIALOG_KEYS: tuple[Command[Any], ...] = (CANCEL, TAKE, AGREE, ACCEPT)
