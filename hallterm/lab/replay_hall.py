"""A hall set up for a replay: as many counters as asked for, each open to every tier."""

from pathlib import Path

from hallterm.clock import Clock
from hallterm.configuration import Configuration
from hallterm.desk.desk import Desk, open_desk
from hallterm.desk.founding import NewHall, NewStaff, found
from hallterm.domain.actor import Actor
from hallterm.domain.company.state import HallProfile
from hallterm.domain.counter.state import CounterSetup
from hallterm.domain.refusal import Refusal, refuse
from hallterm.domain.roles import Role
from hallterm.domain.tiers import Tier
from hallterm.lab.training import training_pin
from hallterm.store.connection import Durability
from hallterm.store.faults import StoreFaultError
from hallterm.store.keys import create_key, read_key
from hallterm.words import _

KEY_NAME = "hall.key"
FIRST_CLERK = 1001
KIOSK = Actor("lab-kiosk", frozenset({Role.KIOSK}))
GREETER = Actor("2001", frozenset({Role.GREETER}))
MANAGER = Actor("3001", frozenset({Role.STORE_MANAGER}))
ADMINISTRATOR = Actor("8001", frozenset({Role.ADMINISTRATOR}))


def clerk_actor(place: int) -> Actor:
    """Return the clerk of a counter, 0 for the first."""
    return Actor(str(FIRST_CLERK + place), frozenset({Role.CLERK}))


def create_replay_hall(
    store: Path,
    clock: Clock,
    configuration: Configuration,
    counters: int,
    durability: Durability = "NORMAL",
) -> Desk | Refusal:
    """Set up a new hall in a new store, its key file beside it.

    Raises:
        StoreFaultError: the store or its key can't be made.
    """
    if store.exists():
        return refuse("store_exists", path=str(store))
    try:
        store.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise StoreFaultError("store_unopenable", str(store.parent)) from error
    key = store.with_name(KEY_NAME)
    secret = read_key(key) if key.exists() else create_key(key)
    desk = open_desk(store, secret, clock, configuration, "lab", durability=durability)
    refused = found(desk, _new_hall(counters, training_pin(configuration)))
    if refused:
        desk.close()
        return refused
    return desk


def _new_hall(counters: int, pin: str) -> NewHall:
    places = range(counters)
    tiers = tuple(Tier)
    clerks = (
        NewStaff(clerk_actor(n).staff_id, _("营业员{n}").format(n=n + 1), clerk_actor(n).roles, pin)
        for n in places
    )
    return NewHall(
        HallProfile(id="replay", name=_("重演厅")),
        (
            NewStaff(ADMINISTRATOR.staff_id, _("管理员"), ADMINISTRATOR.roles, pin),
            NewStaff(MANAGER.staff_id, _("店面经理"), MANAGER.roles, pin),
            NewStaff(GREETER.staff_id, _("引导员"), GREETER.roles, pin),
            *clerks,
        ),
        tuple(
            CounterSetup(id=f"c{n + 1}", number=n + 1, name=_("综合"), tiers=tiers) for n in places
        ),
    )
