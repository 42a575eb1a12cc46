"""Commands of appointments (预约), and of visits and deliveries (上门、配送)."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hallterm.domain.appointment.words import AppointmentState
from hallterm.domain.errand.words import ErrandState
from hallterm.screens.commands.command import Availability, Command, Group
from hallterm.words import _

if TYPE_CHECKING:
    from hallterm.desk.arrangement_views import AppointmentRow, ErrandRow


def _word(state: AppointmentState | ErrandState) -> str:
    from hallterm.words.terms import term  # noqa: PLC0415 - loads the domain's models

    return term(state)


SLOT_KEYS: tuple[Command[object], ...] = (
    Command("slot.day_before", ("f5",), _("前一天"), _("看前一天的时段。"), Group.LIST),
    Command("slot.day_after", ("f6",), _("后一天"), _("看后一天的时段。"), Group.LIST),
)


@dataclass(frozen=True, slots=True)
class AppointmentsState:
    """What decides which keys of the day of appointments work now."""

    row: "AppointmentRow | None"
    """Appointment under the cursor."""
    today: bool
    """Whether the day shown is today."""
    late: bool
    """Whether the grace of the appointment under the cursor is over."""
    narrowed: bool
    """Whether only those still to come are listed."""


def _on_row(state: AppointmentsState) -> Availability:
    return True if state.row else _("先把光标移到一个预约上。")


def _expected(state: AppointmentsState) -> Availability:
    on_row = _on_row(state)
    if on_row is not True or state.row is None:
        return on_row
    if state.row.state in (AppointmentState.BOOKED, AppointmentState.LATE):
        return True
    return _("这个预约{state}。").format(state=_word(state.row.state))


def _may_arrive(state: AppointmentsState) -> Availability:
    if state.row and state.row.state is AppointmentState.MISSED:
        expected: Availability = True
    else:
        expected = _expected(state)
    if expected is True and not state.today:
        return _("不是今天的预约，不能取号。")
    return expected


def _may_change(state: AppointmentsState) -> Availability:
    missed = state.row is not None and state.row.state is AppointmentState.MISSED
    return True if missed else _expected(state)


def _may_miss(state: AppointmentsState) -> Availability:
    expected = _expected(state)
    if expected is True and not state.late:
        return _("还没过约定时间，客户还可能准时到。")
    return expected


def _undoable(state: AppointmentsState) -> Availability:
    return True if state.row and state.row.undoable else _("没有可以撤销的操作。")


APPOINTMENTS_KEYS: tuple[Command[AppointmentsState], ...] = (
    Command(
        "appointments.look",
        ("enter",),
        _("详情"),
        _("看这个预约的经过和备注。"),
        Group.LIST,
        _on_row,
    ),
    Command("appointments.book", ("f2",), _("预约"), _("给一位客户约一个时段。"), Group.SERVE),
    Command(
        "appointments.arrive",
        ("f3",),
        _("到厅"),
        _("预约的客户到了：取号，VIP 的接待随之开始。"),
        Group.SERVE,
        _may_arrive,
    ),
    Command("appointments.change", ("f4",), _("改约"), _("换一个时段。"), Group.SERVE, _may_change),
    Command("appointments.day_before", ("f5",), _("前一天"), _("看前一天。"), Group.LIST),
    Command("appointments.day_after", ("f6",), _("后一天"), _("看后一天。"), Group.LIST),
    Command(
        "appointments.miss",
        ("f7",),
        _("爽约"),
        _("过了约定时间没有来；之后来了照样能取号。"),
        Group.SERVE,
        _may_miss,
    ),
    Command(
        "appointments.undo", ("f8",), _("撤销"), _("撤回上一步，说明原因。"), Group.SERVE, _undoable
    ),
    Command(
        "appointments.narrow",
        ("f9",),
        _("只看未到"),
        _("只列还没到的，再按一次列全部。"),
        Group.LIST,
        label=lambda state: _("看全部") if state.narrowed else _("只看未到"),
    ),
    Command(
        "appointments.customer",
        ("f10",),
        _("客户"),
        _("看客户的资料，要打电话就在那里看全号。"),
        Group.CUSTOMER,
        _on_row,
    ),
    Command(
        "appointments.cancel",
        ("f11",),
        _("取消"),
        _("取消这个预约，说明原因。"),
        Group.SERVE,
        _expected,
    ),
)


@dataclass(frozen=True, slots=True)
class ErrandsState:
    """What decides which keys of visits and deliveries work now."""

    row: "ErrandRow | None"
    """The one under the cursor."""


def _on_errand(state: ErrandsState) -> Availability:
    return True if state.row else _("现在没有上门和配送。")


def _stands(state: ErrandsState, *states: ErrandState) -> Availability:
    on_row = _on_errand(state)
    if on_row is not True or state.row is None or state.row.state in states:
        return on_row
    return _("这张单子现在是“{state}”。").format(state=_word(state.row.state))


_P, _C, _U, _M = ErrandState.PLANNED, ErrandState.CALLED, ErrandState.UNDERWAY, ErrandState.MISSED


def _may_call(state: ErrandsState) -> Availability:
    return _stands(state, _P, _C)


def _may_go(state: ErrandsState) -> Availability:
    stands = _stands(state, _P, _C)
    if stands is True and state.row and not state.row.calls:
        return _("先按 F3 给客户打电话，再出发。")
    return stands


def _on_the_way(state: ErrandsState) -> Availability:
    return _stands(state, _U)


def _goes_on(state: ErrandsState) -> Availability:
    return _stands(state, _P, _C, _U, _M)


def _taken_back(state: ErrandsState) -> Availability:
    return True if state.row and state.row.undoable else _("没有可以撤销的操作。")


ERRANDS_KEYS: tuple[Command[ErrandsState], ...] = (
    Command("errands.look", ("enter",), _("详情"), _("看这张单子的经过。"), Group.LIST, _on_errand),
    Command("errands.plan", ("f2",), _("新单"), _("约定上门办理或配送。"), Group.SERVE),
    Command(
        "errands.call",
        ("f3",),
        _("电联"),
        _("出发前给客户打电话，记下结果。"),
        Group.SERVE,
        _may_call,
    ),
    Command("errands.go", ("f4",), _("出发"), _("出发去客户那里。"), Group.SERVE, _may_go),
    Command(
        "errands.not_met", ("f5",), _("未遇"), _("到了没有人，留没留条。"), Group.SERVE, _on_the_way
    ),
    Command(
        "errands.rebook",
        ("f6",),
        _("改约"),
        _("换一个时段，地址电话有变一起改。"),
        Group.SERVE,
        _goes_on,
    ),
    Command("errands.assign", ("f7",), _("派人"), _("谁去。"), Group.SERVE, _may_call),
    Command(
        "errands.undo", ("f8",), _("撤销"), _("撤回上一步，说明原因。"), Group.SERVE, _taken_back
    ),
    Command(
        "errands.finish", ("f9",), _("办结"), _("当场办完，记下结果。"), Group.SERVE, _on_the_way
    ),
    Command(
        "errands.customer",
        ("f10",),
        _("客户"),
        _("看客户的资料，要打电话就在那里看全号。"),
        Group.CUSTOMER,
        _on_errand,
    ),
    Command(
        "errands.cancel", ("f11",), _("取消"), _("取消这张单子，说明原因。"), Group.SERVE, _goes_on
    ),
)
