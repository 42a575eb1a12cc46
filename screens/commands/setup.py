"""Commands of the set-up: the first run, the wizard, and the administrator's lists."""

from dataclasses import dataclass

from hallterm.screens.commands.command import Availability, Command, Group
from hallterm.words import _

FIRST_RUN_KEYS: tuple[Command[object], ...] = (
    Command("first.take", ("enter",), _("选定"), _("选光标所在的一项。"), Group.GENERAL),
)


@dataclass(frozen=True, slots=True)
class WizardState:
    """What decides which keys of the wizard work now."""

    missing: str
    """Words for what is still missing; empty when the hall can be founded."""


def _complete(state: WizardState) -> Availability:
    return state.missing or True


WIZARD_KEYS: tuple[Command[WizardState], ...] = (
    Command("wizard.step", ("enter",), _("填写"), _("填写光标所在的一步。"), Group.GENERAL),
    Command(
        "wizard.found",
        ("f9",),
        _("建厅"),
        _("核对无误，建好营业厅。之前什么也不写入。"),
        Group.GENERAL,
        _complete,
    ),
)

OFFICE_KEYS: tuple[Command[object], ...] = (
    Command("office.take", ("enter",), _("选定"), _("打开光标所在的一项。"), Group.GENERAL),
)


@dataclass(frozen=True, slots=True)
class ListState:
    """What decides which keys of a set-up list work now."""

    count: int


def _has_rows(state: ListState) -> Availability:
    return True if state.count else _("还是空的，先按 F2 增加。")


def _is_empty(state: ListState) -> Availability:
    return _("已有窗口，逐个修改即可。") if state.count else True


COUNTERS_KEYS: tuple[Command[ListState], ...] = (
    Command("counters.add", ("f2",), _("增加"), _("增加一个窗口。"), Group.LIST),
    Command(
        "counters.change",
        ("enter",),
        _("修改"),
        _("修改光标所在的窗口。"),
        Group.LIST,
        _has_rows,
    ),
    Command(
        "counters.preset",
        ("f5",),
        _("套用样板"),
        _("一次建好常见的几个窗口，再逐个修改。"),
        Group.LIST,
        _is_empty,
    ),
    Command(
        "counters.retire",
        ("f8",),
        _("撤除"),
        _("撤除光标所在的窗口；有人坐着时不能撤。"),
        Group.LIST,
        _has_rows,
    ),
)

STAFF_KEYS: tuple[Command[ListState], ...] = (
    Command("staff.add", ("f2",), _("增加"), _("给一位员工开账号。"), Group.LIST),
    Command(
        "staff.roles",
        ("enter",),
        _("改岗位"),
        _("改光标所在员工的岗位。"),
        Group.LIST,
        _has_rows,
    ),
    Command(
        "staff.rename",
        ("f4",),
        _("改姓名"),
        _("姓名写错了，改过来；做过的事都还在本人名下。"),
        Group.LIST,
        _has_rows,
    ),
    Command(
        "staff.reset_pin",
        ("f6",),
        _("重设密码"),
        _("给员工一个新密码；账号被锁的也随即解开。"),
        Group.LIST,
        _has_rows,
    ),
    Command(
        "staff.retire",
        ("f8",),
        _("停用"),
        _("停用账号，不能再登录；做过的事都还在。"),
        Group.LIST,
        _has_rows,
    ),
)

BUSINESSES_KEYS: tuple[Command[ListState], ...] = (
    Command(
        "businesses.toggle",
        ("enter",),
        _("办或不办"),
        _("办理或不办理光标所在的业务。"),
        Group.LIST,
        _has_rows,
    ),
    Command("businesses.all", ("f5",), _("全部办"), _("全部业务都办。"), Group.LIST, _has_rows),
    Command("businesses.save", ("f9",), _("保存"), _("用现在选的业务。"), Group.LIST, _has_rows),
)
