"""Commands of special requests (特殊需求): the inbox, and one request with its story."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hallterm.screens.commands.command import Availability, Command, Group
from hallterm.words import _

if TYPE_CHECKING:
    from hallterm.desk.request_views import RequestPage, RequestRow


@dataclass(frozen=True, slots=True)
class InboxState:
    """What decides which keys of the inbox work now."""

    row: "RequestRow | None"
    """Request under the cursor."""
    found: bool
    """Whether what was looked for is listed, not the inbox."""
    may_open: bool
    """Whether this person takes requests down."""
    has_forms: bool
    """Whether this person has to do with the forms' mail and faxes."""


@dataclass(frozen=True, slots=True)
class StoryState:
    """What decides which keys of a request work now."""

    page: "RequestPage | None"


def _a_row(state: InboxState) -> Availability:
    return True if state.row else _("这里没有特殊需求。")


def _may_open(state: InboxState) -> Availability:
    return True if state.may_open else _("特殊需求由营业厅或客户经理登记。")


def _has_forms(state: InboxState) -> Availability:
    return True if state.has_forms else _("流转单的邮件由经理和各部门处理。")


def _searched(state: InboxState) -> Availability:
    return True if state.found else _("已经是待办了。")


def _loaded(state: StoryState) -> Availability:
    return True if state.page else _("正在读取，请稍候。")


INBOX_KEYS: tuple[Command[InboxState], ...] = (
    Command(
        "inbox.open", ("enter",), _("看经过"), _("看全部经过，再办下一步。"), Group.SERVE, _a_row
    ),
    Command(
        "inbox.new",
        ("f2",),
        _("登记"),
        _("登记一件特殊需求：先找客户，再记要求、解释和反应。"),
        Group.SERVE,
        _may_open,
    ),
    Command(
        "inbox.find",
        ("f3",),
        _("查找"),
        _("按编号、客户或说过的话查找，已结案的也在内。"),
        Group.SERVE,
    ),
    Command(
        "inbox.all",
        ("f4",),
        _("回待办"),
        _("不看查找结果，回到待办。"),
        Group.SERVE,
        _searched,
    ),
    Command(
        "inbox.post",
        ("f5",),
        _("邮件传真"),
        _("看流转单的信件和来件：什么在等，哪封要说明收到没有。"),
        Group.SERVE,
        _has_forms,
    ),
)
STORY_KEYS: tuple[Command[StoryState], ...] = (
    Command(
        "story.somebody",
        ("f2",),
        _("经理在此"),
        _("别人在这台终端办一步：按自己的工号和密码，终端不换人。"),
        Group.SERVE,
        _loaded,
    ),
    Command(
        "story.more",
        ("f4",),
        _("更多"),
        _("按数字选：这一步能做的全部事情。"),
        Group.SERVE,
        _loaded,
    ),
    Command(
        "story.customer",
        ("ctrl+k",),
        _("客户"),
        _("看这位客户的资料、来访和更改。"),
        Group.CUSTOMER,
        _loaded,
        quiet=True,
    ),
    Command(
        "story.print",
        ("f7",),
        _("打印"),
        _("把全部经过打印出来。"),
        Group.GENERAL,
        _loaded,
    ),
)
