"""Commands of the counter (窗口): the clerk's working day."""

from dataclasses import dataclass

from hallterm.desk.views import CounterView, TicketRow
from hallterm.domain.ticket.words import TicketState
from hallterm.screens.commands.command import Availability, Command, Group
from hallterm.words import _, joined

_NAMED = 4
"""How many tickets a sentence names."""


@dataclass(frozen=True, slots=True)
class CounterState:
    """What decides which keys of the counter work now."""

    view: CounterView | None
    """None until the first view has arrived."""
    cursor: TicketRow | None
    """Ticket under the queue's cursor."""
    rateable: TicketRow | None = None
    """Ticket finished here last, not yet rated by its customer."""
    typed: str = ""
    """Ticket number typed so far."""
    unclear: tuple[str, ...] = ()
    """Numbers that what was typed may mean, when it means more than one."""


def _seated(state: CounterState) -> Availability:
    if state.view is None:
        return _("正在读取，请稍候。")
    if state.view.counter is None:
        return _("还没有坐到窗口，先按 Ctrl+Y 选一个窗口。")
    return True


def _free(state: CounterState) -> Availability:
    seated = _seated(state)
    if seated is not True or state.view is None or state.view.counter is None:
        return seated
    if state.view.counter.paused is not None:
        return _("窗口暂停中，先按 Ctrl+P 恢复。")
    current = state.view.current
    if current is not None and current.state is TicketState.CALLED:
        words = _("{number} 还没开始办理：按 F4 开始或 F6 过号。")
        return words.format(number=current.number)
    if current is not None:
        words = _("{number} 正在办理：按 F9 办结或 F5 挂起。")
        return words.format(number=current.number)
    return True


def _with_customer(state: CounterState, *wanted: TicketState) -> Availability:
    seated = _seated(state)
    if seated is not True or state.view is None:
        return seated
    current = state.view.current
    if current is None:
        return _("本窗口没有客户，先按 F2 叫号。")
    if current.state in wanted:
        return True
    if current.state is TicketState.CALLED:
        return _("{number} 还没开始办理，先按 F4 开始。").format(number=current.number)
    return _("{number} 已经在办理：按 F9 办结或 F5 挂起。").format(number=current.number)


def _called(state: CounterState) -> Availability:
    return _with_customer(state, TicketState.CALLED)


def _serving(state: CounterState) -> Availability:
    return _with_customer(state, TicketState.SERVING)


def _here(state: CounterState) -> Availability:
    return _with_customer(state, TicketState.CALLED, TicketState.SERVING)


def _can_call_next(state: CounterState) -> Availability:
    free = _free(state)
    if free is True and state.view is not None and state.view.next_up is None:
        return _("没有可叫的客户。")
    return free


def _can_call_given(state: CounterState) -> Availability:
    free = _free(state)
    if free is not True:
        return free
    if len(state.unclear) > 1:
        numbers = joined(state.unclear[:_NAMED])
        numbers += _(" 等") if len(state.unclear) > _NAMED else ""
        words = _("{typed}：{numbers}，先输字母或用方向键。")
        return words.format(typed=state.typed, numbers=numbers)
    if state.cursor is None:
        return _("先用方向键或票号选一张票。")
    return True


def resumes(state: CounterState) -> bool:
    """Tell whether the park key takes a parked ticket back now."""
    view = state.view
    return view is not None and view.current is None and bool(view.parked)


def _can_park(state: CounterState) -> Availability:
    return _free(state) if resumes(state) else _serving(state)


def _can_undo(state: CounterState) -> Availability:
    if state.view is None or not state.view.undoable:
        return _("没有可以撤销的操作。")
    return True


def _has_customer(state: CounterState) -> Availability:
    here = _here(state)
    if here is not True or state.view is None or state.view.current is None:
        return here
    if state.view.current.person_id is None:
        return _("{number} 是散客，没有资料。").format(number=state.view.current.number)
    return True


def _can_rate(state: CounterState) -> Availability:
    return True if state.rateable else _("按 F9 办结之后才能请客户评价。")


def paused(state: CounterState) -> bool:
    """Tell whether this counter is paused."""
    view = state.view
    return view is not None and view.counter is not None and view.counter.paused is not None


def _can_pause(state: CounterState) -> Availability:
    return _seated(state) if paused(state) else _free(state)


CALL_NEXT = Command(
    "counter.call_next",
    ("f2",),
    _("叫下一位"),
    _("按规则叫下一位客户到本窗口。"),
    Group.SERVE,
    _can_call_next,
)
COUNTER_KEYS: tuple[Command[CounterState], ...] = (
    CALL_NEXT,
    Command("counter.recall", ("f3",), _("重呼"), _("再叫一遍刚才的号。"), Group.SERVE, _called),
    Command("counter.start", ("f4",), _("开始"), _("客户到了，开始办理。"), Group.SERVE, _called),
    Command(
        "counter.park",
        ("f5",),
        _("挂起"),
        _("把正在办理的先放一放；窗口空着时取回挂起的。"),
        Group.SERVE,
        _can_park,
        lambda state: _("取回") if resumes(state) else _("挂起"),
    ),
    Command(
        "counter.pass_over",
        ("f6",),
        _("过号"),
        _("叫了没人来；再叫几位之后自动回到队里。"),
        Group.SERVE,
        _called,
    ),
    Command(
        "counter.transfer",
        ("f7",),
        _("转"),
        _("转到别的窗口，或加办另一项业务。"),
        Group.SERVE,
        _here,
    ),
    Command(
        "counter.undo",
        ("f8",),
        _("撤销"),
        _("撤回上一步，按一个数字说明原因。"),
        Group.SERVE,
        _can_undo,
    ),
    Command(
        "counter.finish",
        ("f9",),
        _("办结"),
        _("办妥，证件、单据、找零已交还；一键完成。"),
        Group.SERVE,
        _serving,
    ),
    Command(
        "counter.finish_and_call",
        ("f10",),
        _("办结叫下"),
        _("办结，并马上叫下一位。"),
        Group.SERVE,
        _serving,
    ),
    Command("counter.left", ("f11",), _("离开"), _("客户没办完就走了。"), Group.SERVE, _here),
    Command(
        "counter.call_given",
        ("enter",),
        _("叫此号"),
        _("叫光标所在的票；不按顺序要说明原因。"),
        Group.SERVE,
        _can_call_given,
    ),
    Command(
        "counter.rate",
        ("ctrl+r",),
        _("请评价"),
        _("把屏幕转给客户，由客户按 1 到 5。"),
        Group.SERVE,
        _can_rate,
    ),
    Command(
        "counter.customer",
        ("ctrl+k",),
        _("客户"),
        _("看本窗口客户的资料、来访和更改。"),
        Group.CUSTOMER,
        _has_customer,
        quiet=True,
    ),
    Command(
        "counter.request",
        ("ctrl+x",),
        _("特殊需求"),
        _("正在办理的客户要规定之外的：解释过了，登记下来往上请示。"),
        Group.CUSTOMER,
        _has_customer,
        quiet=True,
    ),
    Command(
        "counter.pause",
        ("ctrl+p",),
        _("暂停"),
        _("窗口暂停，选一个原因；再按恢复。"),
        Group.SERVE,
        _can_pause,
        lambda state: _("恢复") if paused(state) else _("暂停"),
        quiet=True,
        told=paused,
    ),
    Command(
        "counter.finish_otherwise",
        ("ctrl+o",),
        _("未办妥"),
        _("没有办妥的结束：客户放弃、资料不齐、本厅原因。"),
        Group.SERVE,
        _serving,
        quiet=True,
    ),
)
