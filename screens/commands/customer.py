"""Commands of the customer panel (客户) and of finding a customer."""

from dataclasses import dataclass

from hallterm.screens.commands.command import Availability, Command, Group
from hallterm.words import _


@dataclass(frozen=True, slots=True)
class CustomerState:
    """What decides which keys of the customer panel work now."""

    loaded: bool
    numbers: bool
    """Whether there is a masked number."""
    shown_whole: bool
    """Whether a number is shown whole now."""
    history: bool
    """Whether the changes are shown instead of the visits."""
    vip_visit: bool = False
    """Whether a visit as VIP is under the cursor."""


def _loaded(state: CustomerState) -> Availability:
    return True if state.loaded else _("先找到一位客户。")


def _has_numbers(state: CustomerState) -> Availability:
    loaded = _loaded(state)
    if loaded is not True:
        return loaded
    return True if state.numbers else _("这位客户没有登记号码。")


def _on_vip_visit(state: CustomerState) -> Availability:
    loaded = _loaded(state)
    if loaded is not True:
        return loaded
    return True if state.vip_visit else _("先选一次 VIP 来访。")


CUSTOMER_KEYS: tuple[Command[CustomerState], ...] = (
    Command("customers.edit", ("f2",), _("修改"), _("修改客户资料。"), Group.CUSTOMER, _loaded),
    Command("customers.find", ("f3",), _("查找"), _("找另一位客户。"), Group.CUSTOMER),
    Command("customers.new", ("f4",), _("新客户"), _("登记一位新客户。"), Group.CUSTOMER),
    Command(
        "customers.unmask",
        ("f5",),
        _("看全号"),
        _("看一个完整号码，说明原因；谁看过会记下来。"),
        Group.CUSTOMER,
        _has_numbers,
        lambda state: _("遮住") if state.shown_whole else _("看全号"),
    ),
    Command(
        "customers.other",
        ("f6",),
        _("更改记录"),
        _("在来访和更改记录之间切换。"),
        Group.LIST,
        _loaded,
        lambda state: _("来访") if state.history else _("更改记录"),
    ),
    Command(
        "customers.card",
        ("enter",),
        _("接待小结"),
        _("看光标所在那次 VIP 来访的接待小结。"),
        Group.LIST,
        _on_vip_visit,
    ),
)

FINDER_KEYS: tuple[Command[object], ...] = (
    Command("finder.new", ("f4",), _("新客户"), _("当场登记一位。"), Group.CUSTOMER),
)
