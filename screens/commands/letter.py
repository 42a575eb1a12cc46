"""Commands of the list of the forms' letters (邮件传真)."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hallterm.screens.commands.command import Availability, Command, Group
from hallterm.words import _

if TYPE_CHECKING:
    from hallterm.desk.post_status import ReceivedView
    from hallterm.screens.letter_work import LetterRow


@dataclass(frozen=True, slots=True)
class LettersState:
    """What decides which keys work now."""

    row: "LetterRow | ReceivedView | None"


def _settles(state: LettersState) -> Availability:
    if state.row is None:
        return _("没有在等的信件。")
    if getattr(state.row, "settles", False):
        return True
    letter = getattr(state.row, "letter", None)
    if letter is None:
        return _("来件由人对上编号：看过原件，在那件特殊需求里记收到。")
    return _("这一封由发出的部门或本厅经理说明。") if letter.asks else _("这一封自己会发出去。")


LETTER_KEYS: tuple[Command[LettersState], ...] = (
    Command(
        "letters.settle",
        ("enter",),
        _("说明"),
        _("问过收件人以后，说明收到了，还是要原样重发。"),
        Group.SERVE,
        _settles,
    ),
)
