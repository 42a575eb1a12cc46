"""Commands of receptions (VIP 接待) and of checklists (步骤单)."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from hallterm.domain.reception.words import WAITING_STATES, ReceptionState
from hallterm.domain.ticket.words import OPEN_STATES
from hallterm.screens.commands.command import Availability, Command, Group
from hallterm.words import _

if TYPE_CHECKING:
    from hallterm.desk.reception_views import ReceptionRow, StepRow


@dataclass(frozen=True, slots=True)
class StepsState:
    """What decides which keys of a checklist work now."""

    loaded: bool
    step: "StepRow | None"
    """Step under the cursor."""
    marking: bool
    """Whether digits mark steps that were done earlier."""
    marked: int
    ended: bool
    undoable: str
    """Words of what undo would take back; empty: nothing."""
    reception: "ReceptionRow | None" = None


def _goes_on(state: StepsState) -> Availability:
    if not state.loaded:
        return _("正在读取，请稍候。")
    return _("已经结束，不能再改。") if state.ended else True


def _open_step(state: StepsState) -> Availability:
    goes_on = _goes_on(state)
    if goes_on is not True:
        return goes_on
    if state.step is None:
        return _("没有要做的步骤。")
    return True if state.step.is_open else _("“{title}”已经记过了。").format(title=state.step.title)


def _can_tick(state: StepsState) -> Availability:
    if not state.marking:
        again = state.step is not None and state.step.is_to_answer
        return _goes_on(state) if again else _open_step(state)
    return True if state.marked else _("先按数字标出做过的步骤。")


def _undoable(state: StepsState) -> Availability:
    return True if state.undoable else _("没有可以撤销的操作。")


def _tick_label(state: StepsState) -> str:
    if state.marking:
        return _("补录 {count} 步").format(count=state.marked)
    if state.step and state.step.came_by_itself and state.step.choices:
        return _("另选")
    return _("选择") if state.step and state.step.choices else _("记下")


STEP_KEYS: tuple[Command[StepsState], ...] = (
    Command(
        "step.tick",
        ("enter",),
        _("记下"),
        _("光标所在的一步做完了；要选的就按数字选。"),
        Group.SERVE,
        _can_tick,
        _tick_label,
    ),
    Command(
        "step.skip",
        ("f4",),
        _("跳过"),
        _("这一步不做，按一个数字说明原因。"),
        Group.SERVE,
        _open_step,
    ),
    Command(
        "step.late",
        ("f5",),
        _("补录"),
        _("先做了后记：按数字标出做过的几步，再写几分钟前或几点几分。"),
        Group.SERVE,
        _goes_on,
        lambda state: _("不补录") if state.marking else _("补录"),
    ),
    Command(
        "step.undo",
        ("f8",),
        _("撤销"),
        _("撤回光标所在一步的记录；没有就撤回上一次，说明原因。"),
        Group.SERVE,
        _undoable,
    ),
)
CHECKLIST_KEYS: tuple[Command[StepsState], ...] = (
    Command(
        "checklist.finish",
        ("f9",),
        _("做完"),
        _("必做的都做了或说明了原因，结束这份步骤单。"),
        Group.SERVE,
        _goes_on,
    ),
    Command(
        "checklist.withdraw",
        ("f11",),
        _("作罢"),
        _("开错了，或者用不着了；没做的就空着。"),
        Group.SERVE,
        _goes_on,
    ),
)


def _free_to_take(row: "ReceptionRow | None") -> Availability:
    if row is None:
        return _("没有等着接待的 VIP。")
    if row.state in WAITING_STATES:
        return True
    if row.receiver is None:
        return _("{number} 的接待已经结束。").format(number=row.number)
    words = _("{number} 已由 {name} {staff} 接待。")
    return words.format(number=row.number, name=row.receiver.name, staff=row.receiver.staff_id)


def _to_receive(state: StepsState) -> Availability:
    return _free_to_take(state.reception)


def _reception_goes_on(state: StepsState) -> Availability:
    if state.reception is None:
        return _("正在读取，请稍候。")
    if state.reception.state is ReceptionState.CLOSED:
        return _("{number} 的接待已经结束。").format(number=state.reception.number)
    return True


def _received(state: StepsState) -> Availability:
    goes_on = _reception_goes_on(state)
    if goes_on is not True or state.reception is None:
        return goes_on
    if state.reception.state in WAITING_STATES:
        return _("{number} 还没有人接待，先按 F2 接待。").format(number=state.reception.number)
    return True


def _can_leave(state: StepsState) -> Availability:
    goes_on = _reception_goes_on(state)
    if goes_on is True and state.reception and state.reception.ticket_state not in OPEN_STATES:
        return _("业务已经办结，按 F9 送别。")
    return goes_on


RECEPTION_KEYS: tuple[Command[StepsState], ...] = (
    Command("reception.accept", ("f2",), _("接待"), _("由我接待。"), Group.SERVE, _to_receive),
    Command(
        "reception.accept_for",
        ("f3",),
        _("代接"),
        _("由同事接待：同事在这里按自己的工号和密码，终端不换人。"),
        Group.SERVE,
        _to_receive,
    ),
    Command(
        "reception.guide",
        ("f6",),
        _("引导"),
        _("引到服务室、专柜或座位；哪里空着一看便知。"),
        Group.SERVE,
        _reception_goes_on,
    ),
    Command(
        "reception.release",
        ("f7",),
        _("交出"),
        _("交给同事，或交回给值班的下一位；说明原因。"),
        Group.SERVE,
        _received,
    ),
    Command(
        "reception.see_off",
        ("f9",),
        _("送别"),
        _("客户已送走，接待结束；必做的步骤要先做或说明原因。"),
        Group.SERVE,
        _received,
    ),
    Command(
        "reception.card",
        ("f10",),
        _("小结"),
        _("这次接待的用时、步骤、介绍过的服务。"),
        Group.CUSTOMER,
    ),
    Command(
        "reception.next_visit",
        (),
        _("约下次"),
        _("给这位客户约下一次来的时段。"),
        Group.CUSTOMER,
        _received,
        quiet=True,
    ),
    Command(
        "reception.left",
        ("f11",),
        _("离开"),
        _("客户没办完就走了，选一个原因。"),
        Group.SERVE,
        _can_leave,
    ),
)


@dataclass(frozen=True, slots=True)
class ReceptionsState:
    """What decides which keys of the list of receptions work now."""

    row: "ReceptionRow | None"
    """Reception under the cursor."""
    may_set_roster: bool


def _on_reception(state: ReceptionsState) -> Availability:
    return True if state.row else _("现在没有 VIP 接待。")


def _takes_cursor(state: ReceptionsState) -> Availability:
    return _free_to_take(state.row)


def _sets_roster(state: ReceptionsState) -> Availability:
    return True if state.may_set_roster else _("值班名单由引导员和经理来排。")


RECEPTIONS_KEYS: tuple[Command[ReceptionsState], ...] = (
    Command(
        "receptions.open",
        ("enter",),
        _("看步骤"),
        _("打开光标所在的接待，一步一步做。"),
        Group.LIST,
        _on_reception,
    ),
    Command(
        "receptions.accept",
        ("f2",),
        _("接待"),
        _("光标所在的 VIP 由我接待。"),
        Group.SERVE,
        _takes_cursor,
    ),
    Command(
        "receptions.accept_for",
        ("f3",),
        _("代接"),
        _("由同事接待：同事在这里按自己的工号和密码，终端不换人。"),
        Group.SERVE,
        _takes_cursor,
    ),
    Command(
        "receptions.roster",
        ("f5",),
        _("值班"),
        _("今天谁接待 VIP，哪些经理当班。"),
        Group.LIST,
        _sets_roster,
    ),
    Command(
        "receptions.figures",
        ("f9",),
        _("统计"),
        _("今天的接待：按时接待和办理、补录、跳过，全厅和每个人。"),
        Group.LIST,
    ),
)


@dataclass(frozen=True, slots=True)
class ChecklistsState:
    """What decides which keys of the checklists' menu work now."""

    cursor: bool
    running: bool
    """Whether the line under the cursor goes on already."""


def _on_line(state: ChecklistsState) -> Availability:
    return True if state.cursor else _("现在没有可用的步骤单。")


CHECKLISTS_KEYS: tuple[Command[Any], ...] = (
    Command[ChecklistsState](
        "checklists.open",
        ("enter",),
        _("打开"),
        _("接着做光标所在的步骤单，或开始一份新的。"),
        Group.LIST,
        _on_line,
        lambda state: _("接着做") if state.running else _("开始"),
    ),
)
