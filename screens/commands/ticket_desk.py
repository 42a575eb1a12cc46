"""Commands of the ticket desk (取号)."""

from dataclasses import dataclass
from enum import StrEnum

from hallterm.screens.commands.command import Availability, Command, Group
from hallterm.words import _


class Panel(StrEnum):
    """What digits do while a ticket is being made."""

    BUSINESSES = "businesses"
    DOCUMENTS = "documents"
    CARE = "care"


@dataclass(frozen=True, slots=True)
class TicketDeskState:
    """What decides which keys of the ticket desk work now."""

    drafting: bool
    """Whether a customer has been chosen, so that the clock runs."""
    chosen: bool
    """Whether there is a person: under the cursor of the list, or in the draft."""
    businesses: bool
    """Whether the draft has a business."""
    documents: bool
    """Whether the draft's businesses ask for documents."""
    agent: bool
    panel: Panel
    printed: bool
    """Whether there is a ticket to print again."""
    undoable: str
    """Words of the action that undo would take back."""


def _finding(state: TicketDeskState) -> Availability:
    return _("先把这一张取完，或按 Esc 放下。") if state.drafting else True


def _drafting(state: TicketDeskState) -> Availability:
    return True if state.drafting else _("先找到客户，或按 F2 作散客。")


def _with_documents(state: TicketDeskState) -> Availability:
    drafting = _drafting(state)
    if drafting is not True:
        return drafting
    return True if state.documents else _("选好业务，才知道要哪些证件。")


def _with_person(state: TicketDeskState) -> Availability:
    return True if state.chosen else _("先在列表里找到客户。")


def _printed(state: TicketDeskState) -> Availability:
    return True if state.printed else _("还没有取过号。")


def _undoable(state: TicketDeskState) -> Availability:
    return True if state.undoable else _("没有可以撤销的操作。")


WALK_IN = Command[TicketDeskState](
    "tickets.walk_in",
    ("f2",),
    _("散客"),
    _("没有号码的客户；按下就开始计时。"),
    Group.SERVE,
    _finding,
)
GO_ON = Command[TicketDeskState](
    "tickets.go_on",
    ("enter",),
    _("选定"),
    _("选定客户，开始计时；选好业务之后出票。"),
    Group.SERVE,
    label=lambda state: _("出票") if state.drafting else _("选定"),
)
TICKET_DESK_KEYS: tuple[Command[TicketDeskState], ...] = (
    WALK_IN,
    Command(
        "tickets.identify",
        ("f3",),
        _("出示身份"),
        _("散客这时出示了号码或卡：找到客户，业务照旧，从出示起计时。"),
        Group.SERVE,
        _drafting,
    ),
    Command(
        "tickets.new_customer",
        ("f4",),
        _("新客户"),
        _("当场登记一位客户，说明用途并取得同意。"),
        Group.CUSTOMER,
    ),
    Command(
        "tickets.documents",
        ("f5",),
        _("证件"),
        _("按数字标出没带的证件；再按一次回到业务。"),
        Group.SERVE,
        _with_documents,
        lambda state: _("回业务") if state.panel is Panel.DOCUMENTS else _("证件"),
    ),
    Command(
        "tickets.care",
        ("f6",),
        _("关照"),
        _("按数字标出老、残、孕、异地、集团、特别关注。"),
        Group.SERVE,
        _drafting,
        lambda state: _("回业务") if state.panel is Panel.CARE else _("关照"),
    ),
    Command(
        "tickets.agent",
        ("f7",),
        _("经办人"),
        _("替单位或别人来办的人；再按一次取消。"),
        Group.SERVE,
        _drafting,
        lambda state: _("去经办人") if state.agent else _("经办人"),
    ),
    Command(
        "tickets.undo",
        ("f8",),
        _("撤销"),
        _("撤回上一步，按一个数字说明原因。"),
        Group.SERVE,
        _undoable,
    ),
    Command(
        "tickets.customer",
        ("f9",),
        _("客户"),
        _("看客户的资料、来访和更改。"),
        Group.CUSTOMER,
        _with_person,
    ),
    Command(
        "tickets.issued",
        ("f10",),
        _("号票"),
        _("已取的号票：补出示卡片、更正级别、过号回来、补打。"),
        Group.CUSTOMER,
    ),
    Command(
        "tickets.print_again",
        ("f11",),
        _("补打"),
        _("再打印一次刚取的号票。"),
        Group.SERVE,
        _printed,
    ),
    GO_ON,
)
