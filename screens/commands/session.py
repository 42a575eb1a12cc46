"""Commands of every screen behind the sign-in: where to go, lock, sign out."""

from typing import Any

from hallterm.screens.commands.command import Command, Group
from hallterm.words import _

GO = Command[Any]("session.go", ("ctrl+n",), _("去别处"), _("按数字选一个画面。"), Group.PLACE)
LOCK = Command[Any](
    "session.lock",
    ("ctrl+l",),
    _("锁屏"),
    _("离开一会儿：锁住终端，窗口留着，凭密码回来。"),
    Group.GENERAL,
    quiet=True,
)
SIGN_OUT = Command[Any](
    "session.sign_out",
    ("ctrl+b",),
    _("签退"),
    _("让出窗口并退出登录；窗口有客户时先办完。"),
    Group.GENERAL,
    quiet=True,
)
OWN_PIN = Command[Any](
    "session.own_pin", ("ctrl+g",), _("改密码"), _("改自己的密码。"), Group.GENERAL, quiet=True
)
SEAT = Command[Any](
    "session.seat", ("ctrl+y",), _("换窗口"), _("选窗口、接管或让出窗口。"), Group.PLACE, quiet=True
)
SPEED = Command[Any](
    "session.speed",
    ("ctrl+e",),
    _("快慢"),
    _("演练厅：时间走快些或慢些。"),
    Group.GENERAL,
    quiet=True,
)
RECEIVE = Command[Any](
    "session.receive",
    ("insert",),
    _("接VIP"),
    _("接待正在等的 VIP：本人，或同事按工号和密码。"),
    Group.SERVE,
    quiet=True,
)
REQUESTS = Command[Any](
    "session.requests",
    ("ctrl+u",),
    _("待办"),
    _("特殊需求：等您决定、答复或办理的。"),
    Group.PLACE,
    quiet=True,
)
SESSION_KEYS: tuple[Command[Any], ...] = (
    GO,
    SEAT,
    OWN_PIN,
    LOCK,
    SIGN_OUT,
    SPEED,
    RECEIVE,
    REQUESTS,
)
