"""Commands of the sign-in, the lock, the choice of a seat and the faults."""

from dataclasses import dataclass

from hallterm.screens.commands.command import Availability, Command, Group
from hallterm.words import _


@dataclass(frozen=True, slots=True)
class SignInState:
    """What decides which keys of the sign-in work now."""

    filled: bool
    """Whether anything is typed."""
    busy: bool
    """Whether a PIN is being judged."""


def _not_busy(state: SignInState) -> Availability:
    return _("正在核对，请稍候。") if state.busy else True


SIGN_IN_KEYS: tuple[Command[SignInState], ...] = (
    Command(
        "entrance.enter",
        ("enter",),
        _("登录"),
        _("工号之后输入密码，再按一次登录。"),
        Group.GENERAL,
        _not_busy,
    ),
)

LOCK_KEYS: tuple[Command[object], ...] = (
    Command("lock.unlock", ("enter",), _("解锁"), _("核对密码，回到刚才的画面。"), Group.GENERAL),
    Command(
        "lock.relieve",
        ("f9",),
        _("经理签退"),
        _("人不在：店面经理或值班经理用自己的工号和密码签退这台终端。"),
        Group.GENERAL,
    ),
)


@dataclass(frozen=True, slots=True)
class SeatState:
    """What decides which keys of the seat choice work now."""

    pickable: bool
    """Whether the counter under the cursor can be taken."""
    why_not: str
    own_elsewhere: bool
    """Whether the person's own counter is held by an earlier sign-in."""
    holds: bool
    """Whether this sign-in holds a counter."""


def _can_take(state: SeatState) -> Availability:
    return True if state.pickable else state.why_not


def _can_take_over(state: SeatState) -> Availability:
    return True if state.own_elsewhere else _("没有在别处占着窗口，不用接管。")


def _can_leave(state: SeatState) -> Availability:
    return True if state.holds else _("还没有坐到窗口。")


SEAT_KEYS: tuple[Command[SeatState], ...] = (
    Command(
        "seat.take", ("enter",), _("坐这里"), _("坐到光标所在的窗口。"), Group.GENERAL, _can_take
    ),
    Command(
        "seat.take_over",
        ("f9",),
        _("接管"),
        _("接管自己在别处占着的窗口；那一边随即退出窗口。"),
        Group.GENERAL,
        _can_take_over,
    ),
    Command(
        "seat.leave",
        ("f4",),
        _("离开窗口"),
        _("让出窗口，人还登录着。"),
        Group.GENERAL,
        _can_leave,
    ),
    Command(
        "seat.without",
        ("f5",),
        _("不坐窗口"),
        _("不坐窗口，去看等候区。"),
        Group.GENERAL,
    ),
)

FAULT_KEYS: tuple[Command[object], ...] = (
    Command("fault.again", ("f5",), _("再试"), _("排除之后再打开一次。"), Group.GENERAL),
)
