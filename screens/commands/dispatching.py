"""Commands of dispatch (调度): how the hall decides who is next."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hallterm.screens.commands.command import Availability, Command, Group
from hallterm.words import _

if TYPE_CHECKING:
    from hallterm.domain.dispatching import PolicyName


@dataclass(frozen=True, slots=True)
class DispatchState:
    """What decides which keys of dispatch work now."""

    policy: "PolicyName | None"
    """None until it has been read."""


def _read(state: DispatchState) -> Availability:
    return True if state.policy else _("正在读取，请稍候。")


def _has_cap(state: DispatchState) -> Availability:
    if state.policy == "promise":
        return True
    return _("只有“守承诺”有这个限度。") if state.policy else _read(state)


DISPATCH_KEYS: tuple[Command[DispatchState], ...] = (
    Command(
        "dispatch.policy",
        ("f2",),
        _("换规则"),
        _("按数字选另一种叫号规则，立即生效，有记录。"),
        Group.SERVE,
        _read,
    ),
    Command(
        "dispatch.cap",
        ("f4",),
        _("超时限度"),
        _("已超时的最多放到时限的几倍。"),
        Group.SERVE,
        _has_cap,
    ),
)
