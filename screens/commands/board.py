"""Commands of the board (等候区)."""

from dataclasses import dataclass

from hallterm.desk.views import TicketRow
from hallterm.screens.commands.command import Availability, Command, Group
from hallterm.words import _


@dataclass(frozen=True, slots=True)
class BoardState:
    """What decides which keys of the board work now."""

    cursor: TicketRow | None
    filter: str
    """Text by which the list is narrowed."""
    typing: bool
    """Whether the filter field has the focus."""


def _on_ticket(state: BoardState) -> Availability:
    return True if state.cursor else _("先用方向键或票号选一张票。")


def _filtered(state: BoardState) -> Availability:
    return True if state.filter else _("列表没有筛选，已显示全部。")


def _in_list(state: BoardState) -> Availability:
    return _("先按 Esc 离开输入框。") if state.typing else True


BOARD_KEYS: tuple[Command[BoardState], ...] = (
    Command(
        "board.find",
        ("f3",),
        _("查找"),
        _("边输入边筛选：票号、尾号、业务、级别，拼音首字母也行。"),
        Group.LIST,
    ),
    Command("board.show_all", ("f4",), _("显示全部"), _("取消筛选。"), Group.LIST, _filtered),
    Command("board.only_trouble", ("f5",), _("只看将超"), _("只列将超和已超的票。"), Group.LIST),
    Command(
        "board.divert",
        ("f6",),
        _("分流"),
        _("谁的等候要超时，可以去哪里，照着说。"),
        Group.LIST,
        _in_list,
    ),
    Command(
        "board.ticket",
        ("enter",),
        _("看此票"),
        _("看光标所在的票，选要做的事。"),
        Group.LIST,
        _on_ticket,
        lambda state: _("到列表") if state.typing else _("看此票"),
    ),
)
