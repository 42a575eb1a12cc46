"""Commands of the end of day (日结) and of earlier days."""

from dataclasses import dataclass

from hallterm.screens.commands.command import Availability, Command, Group
from hallterm.words import _


@dataclass(frozen=True, slots=True)
class EndOfDayState:
    """What decides which keys of the end of day work now."""

    cursor: bool
    """Whether a ticket is under the cursor."""
    left: int
    """Tickets that are still open."""
    closed: bool
    """Whether the day is closed already."""
    undoable: str
    """Words of the action that undo would take back."""
    opens: bool = False
    """Whether today begins only when a manager opens it."""


def _on_ticket(state: EndOfDayState) -> Availability:
    return True if state.cursor else _("没有要处理的号票。")


def _can_close(state: EndOfDayState) -> Availability:
    if state.closed:
        words = _("今天已经日结。")
        return words if state.opens else _("今天还没有开始营业。")
    if state.left:
        return _("还有 {count} 张号票没办完，先逐张说明原因。").format(count=state.left)
    return True


def _can_open_again(state: EndOfDayState) -> Availability:
    return True if state.opens else _("今天还没有日结。")


def _undoable(state: EndOfDayState) -> Availability:
    return True if state.undoable else _("没有可以撤销的操作。")


END_OF_DAY_KEYS: tuple[Command[EndOfDayState], ...] = (
    Command(
        "end_of_day.settle",
        ("enter",),
        _("说明原因"),
        _("光标所在的票没办完，为什么；也可以直接按原因的数字。"),
        Group.LIST,
        _on_ticket,
    ),
    Command(
        "end_of_day.settle_all",
        ("f4",),
        _("同类一起结"),
        _("与光标所在的票同一状态的，都按一个原因处理；先问一遍。"),
        Group.LIST,
        _on_ticket,
    ),
    Command("end_of_day.earlier", ("f6",), _("往日"), _("看以前各天的数和号票。"), Group.PLACE),
    Command(
        "end_of_day.open_today",
        ("f7",),
        _("开今天"),
        _("日结早了，或时钟错过：今天重新营业，号码接着排，窗口要重新坐。"),
        Group.SERVE,
        _can_open_again,
    ),
    Command(
        "end_of_day.undo",
        ("f8",),
        _("撤销"),
        _("撤回上一步，按一个数字说明原因。"),
        Group.LIST,
        _undoable,
    ),
    Command(
        "end_of_day.close",
        ("f10",),
        _("日结"),
        _("结束这个营业日：窗口让出，号码从头排。"),
        Group.SERVE,
        _can_close,
    ),
)


@dataclass(frozen=True, slots=True)
class DaysState:
    """What decides which keys of the earlier days work now."""

    cursor: bool


def _on_day(state: DaysState) -> Availability:
    return True if state.cursor else _("还没有营业日。")


DAYS_KEYS: tuple[Command[DaysState], ...] = (
    Command("days.open", ("enter",), _("看号票"), _("看这一天的每张号票。"), Group.LIST, _on_day),
)
