"""What the halls of tests are set up with: counters, people, times, standards."""

from datetime import UTC, datetime
from functools import cache

from hallterm.configuration import Configuration, load
from hallterm.domain.actor import Actor
from hallterm.domain.company.state import HallProfile
from hallterm.domain.counter.state import CounterKind, CounterSetup
from hallterm.domain.roles import Role
from hallterm.domain.tiers import Tier

MORNING = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
"""A Monday, 9:00 in the hall."""

PROFILE = HallProfile(id="test", name="测试厅")
VIP_ROOM, GOTONE, FIRST, SECOND = "c1", "c2", "c3", "c4"
COUNTERS = (
    CounterSetup(
        id=VIP_ROOM,
        number=1,
        name="贵宾室",
        kind=CounterKind.VIP_ROOM,
        tiers=(Tier.VIP,),
        serves_others=False,
    ),
    CounterSetup(
        id=GOTONE, number=2, name="专柜", kind=CounterKind.GOTONE, tiers=(Tier.VIP, Tier.GOTONE)
    ),
    CounterSetup(id=FIRST, number=3, name="综合", tiers=tuple(Tier)),
    CounterSetup(id=SECOND, number=4, name="综合", tiers=tuple(Tier)),
)

CLERK = Actor("1001", frozenset({Role.CLERK}))
COLLEAGUE = Actor("1002", frozenset({Role.CLERK}))
GREETER = Actor("1003", frozenset({Role.GREETER}))
STORE_MANAGER = Actor("1004", frozenset({Role.STORE_MANAGER}))
DUTY_MANAGER = Actor("1005", frozenset({Role.DUTY_MANAGER}))
ADMINISTRATOR = Actor("1006", frozenset({Role.ADMINISTRATOR}))
STAFF = (CLERK, COLLEAGUE, GREETER, STORE_MANAGER, DUTY_MANAGER, ADMINISTRATOR)
KIOSK = Actor("kiosk-1", frozenset({Role.KIOSK}))
PIN = "246810"
"""Everybody's first PIN."""


@cache
def configuration() -> Configuration:
    """Return the operator data that comes with the program."""
    return load()
