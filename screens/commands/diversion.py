"""Commands of diversion (分流) and of call-backs (回电)."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hallterm.domain.call_back.words import CallBackState
from hallterm.screens.commands.command import Availability, Command, Group
from hallterm.words import _

if TYPE_CHECKING:
    from hallterm.desk.diversion_views import CallBackRow, DivertRow


@dataclass(frozen=True, slots=True)
class DiversionsState:
    """What decides which keys of the list of overrunning waits work now."""

    row: "DivertRow | None"
    undoable: str
    """Words of the action that undo would take back; empty: none."""


def _on_ticket(state: DiversionsState) -> Availability:
    return True if state.row else _("没有要超时的客户，不用分流。")


def _undoable(state: DiversionsState) -> Availability:
    return True if state.undoable else _("没有可以撤销的操作。")


DIVERSION_KEYS: tuple[Command[DiversionsState], ...] = (
    Command(
        "diversion.divert",
        ("enter",),
        _("分流"),
        _("选一个去向，照着说，再记客户的答复。"),
        Group.SERVE,
        _on_ticket,
    ),
    Command(
        "diversion.call_backs",
        ("f6",),
        _("回电"),
        _("答应了客户要打的电话：谁打、几点之前。"),
        Group.PLACE,
    ),
    Command(
        "diversion.undo",
        ("f8",),
        _("撤销"),
        _("撤回上一次操作，说明原因；客户又回来了也这样做。"),
        Group.SERVE,
        _undoable,
    ),
)


@dataclass(frozen=True, slots=True)
class CallBacksState:
    """What decides which keys of the list of call-backs work now."""

    row: "CallBackRow | None"


def _due(state: CallBacksState) -> Availability:
    if state.row is None:
        return _("没有要回的电话。")
    if state.row.state is CallBackState.DUE:
        return True
    return _("{number} 的回电已经了结。").format(number=state.row.number)


def _another(state: CallBacksState) -> Availability:
    due = _due(state)
    if due is True and state.row is not None and state.row.mine:
        return _("{number} 已经由您回电。").format(number=state.row.number)
    return due


def _taken_back(state: CallBacksState) -> Availability:
    if state.row is not None and state.row.undoable:
        return True
    return _("没有可以撤销的操作。")


CALL_BACK_KEYS: tuple[Command[CallBacksState], ...] = (
    Command(
        "call_backs.call",
        ("enter",),
        _("打电话"),
        _("显示号码，打完记结果；没人接也记。"),
        Group.SERVE,
        _due,
    ),
    Command("call_backs.take", ("f2",), _("我来回"), _("由我来打。"), Group.SERVE, _another),
    Command(
        "call_backs.hand_over",
        ("f7",),
        _("转交"),
        _("交给一位同事来打。"),
        Group.SERVE,
        _due,
    ),
    Command(
        "call_backs.undo",
        ("f8",),
        _("撤销"),
        _("撤回光标所在一行的上一次操作，说明原因。"),
        Group.SERVE,
        _taken_back,
    ),
)
