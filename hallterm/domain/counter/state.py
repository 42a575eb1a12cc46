"""A counter: how it is set up, and who sits there now."""

from datetime import datetime
from enum import StrEnum

from pydantic import Field

from hallterm.domain.frozen import Frozen
from hallterm.domain.ticket.words import PauseReason
from hallterm.domain.tiers import Tier


class CounterKind(StrEnum):
    """What a counter is built for."""

    VIP_ROOM = "vip_room"
    """大客户服务室 VIP room."""
    GOTONE = "gotone"
    """全球通专柜 GoTone counter."""
    GENERAL = "general"
    """普通窗口 general counter."""


class CounterSetup(Frozen):
    """A counter as the administrator set it up."""

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9-]{0,31}$")
    number: int = Field(ge=1, le=99)
    """Number above the counter (窗口号)."""
    name: str = Field(min_length=1, max_length=16)
    kind: CounterKind = CounterKind.GENERAL
    tiers: tuple[Tier, ...] = Field(min_length=1)
    """Tiers it is for. Every counter but a dedicated one is open to all (S0 §1.4)."""
    serves_others: bool = True
    """Takes other tiers while nobody of its own waits; the hall's choice, the norm is silent."""


class CounterDuty(Frozen):
    """Who sits at a counter now."""

    counter_id: str
    staff_id: str | None = None
    session_id: str | None = None
    """The sign-in that took it; a second terminal on the same counter has another one."""
    device: str | None = None
    since: datetime | None = None
    paused: PauseReason | None = None
    paused_since: datetime | None = None
