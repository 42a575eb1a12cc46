"""The training hall (演练厅): a fresh store with a hall, its staff and made-up customers."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from hallterm.clock import Clock
from hallterm.configuration import Configuration
from hallterm.desk import persons, receptions
from hallterm.desk.desk import Desk, open_desk
from hallterm.desk.founding import NewHall, NewStaff, found
from hallterm.domain.actor import Actor
from hallterm.domain.company.state import HallProfile
from hallterm.domain.counter.state import CounterKind, CounterSetup
from hallterm.domain.person.details import ConsentPurpose, ConsentWay
from hallterm.domain.refusal import Refusal, refuse
from hallterm.domain.roles import Role
from hallterm.domain.tiers import Tier
from hallterm.lab.people import MadeUpPerson, made_up_people
from hallterm.lab.training_arrangements import arrange, members_of_club
from hallterm.lab.training_requests import begin_requests
from hallterm.store.connection import Durability
from hallterm.store.faults import StoreFaultError
from hallterm.store.keys import create_key
from hallterm.words import _, mark, translate

STORE_NAME, KEY_NAME = "hall.db", "hall.key"
CUSTOMERS = 300
_DIGITS = "246810"
_MEMBERS = 8
"""Members of the club among whom those with appointments come first."""
SPECIAL_EVERY, GROUP_EVERY = 60, 25
"""Of so many customers one is flagged as special, one belongs to a group (集团)."""


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who works in the training hall."""

    staff_id: str
    name: str
    role: Role

    @property
    def actor(self) -> Actor:
        """Whoever is signed in with this account."""
        return Actor(self.staff_id, frozenset({self.role}))


ACCOUNTS = (
    Account("1001", "李明", Role.CLERK),
    Account("1002", "王芳", Role.CLERK),
    Account("2001", "赵倩", Role.GREETER),
    Account("3001", "周建国", Role.STORE_MANAGER),
    Account("4001", "吴静", Role.DUTY_MANAGER),
    Account("8001", "郑浩", Role.ADMINISTRATOR),
    Account("5001", "何慧", Role.ACCOUNT_MANAGER),
    Account("6001", "许磊", Role.VIP_LIAISON),
    Account("6002", "罗敏", Role.OPERATIONS_LIAISON),
    Account("6003", "陈刚", Role.VIP_OFFICE_MANAGER),
)
"""Accounts for the person who trains, one or two of each role; the sign-in screen shows them."""
COLLEAGUES = (
    Account("1011", "孙丽", Role.CLERK),
    Account("1012", "钱勇", Role.CLERK),
    Account("1013", "冯雪", Role.CLERK),
    Account("1014", "陈晨", Role.CLERK),
    Account("1015", "褚卫", Role.CLERK),
    Account("1016", "蒋欣", Role.CLERK),
)
"""Simulated colleagues; the first sits at counter 1, the second at 2 …"""
GREETER = Account("2011", "沈悦", Role.GREETER)
"""The simulated greeter, who receives VIP customers and looks at late cards."""
KIOSK = Actor("training-kiosk", frozenset({Role.KIOSK}))

_VIP_ONLY = (Tier.VIP,)
_DEDICATED = (Tier.VIP, Tier.GOTONE)
_COUNTERS: tuple[tuple[str, CounterKind, tuple[Tier, ...], bool], ...] = (
    (mark("VIP室"), CounterKind.VIP_ROOM, _VIP_ONLY, False),
    (mark("全球通专柜"), CounterKind.GOTONE, _DEDICATED, True),
    *((mark("综合"), CounterKind.GENERAL, tuple(Tier), True) for _place in range(4)),
)


def training_pin(configuration: Configuration) -> str:
    """Return everybody's PIN, as long as the hall's rules want it; there is nothing to protect."""
    digits = max(len(_DIGITS), configuration.standards.sign_in.pin_digits)
    return (_DIGITS * 2)[:digits]


def counter_id(number: int) -> str:
    """Return the id of the counter with a number."""
    return f"c{number}"


def create_training_hall(
    folder: Path,
    clock: Clock,
    configuration: Configuration,
    *,
    customers: int = CUSTOMERS,
    durability: Durability = "NORMAL",
    seed: int = 1,
) -> Desk | Refusal:
    """Make a training hall in a folder that has none yet; takes about two seconds.

    The files are called `STORE_NAME` and `KEY_NAME`. A training hall is not opened again later:
    its clock may have run ahead of the machine's.

    Raises:
        StoreFaultError: the store or its key can't be made.
    """
    store = folder / STORE_NAME
    if store.exists():
        return refuse("store_exists", path=str(store))
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise StoreFaultError("store_unopenable", str(folder)) from error
    key = create_key(folder / KEY_NAME)
    desk = open_desk(store, key, clock, configuration, "training", durability=durability)
    refused = found(desk, _new_hall(training_pin(configuration)))
    refused = refused or _record(desk, list(made_up_people(customers, seed)))
    refused = refused or _set_roster(desk) or arrange(desk, GREETER.actor)
    refused = refused or _begin_requests(desk)
    if refused:
        desk.close()
        return refused
    return desk


def _new_hall(pin: str) -> NewHall:
    accounts = (*ACCOUNTS, *COLLEAGUES, GREETER)
    return NewHall(
        HallProfile(id="training", name=_("演练厅")),
        tuple(NewStaff(one.staff_id, one.name, frozenset({one.role}), pin) for one in accounts),
        tuple(
            CounterSetup(
                id=counter_id(number),
                number=number,
                name=translate(name),
                kind=kind,
                tiers=tiers,
                serves_others=others,
            )
            for number, (name, kind, tiers, others) in enumerate(_COUNTERS, 1)
        ),
    )


def _set_roster(desk: Desk) -> Refusal | None:
    """Let VIPs be offered to the greeter who trains first, then to the simulated one."""
    by_role = {one.role: one for one in ACCOUNTS}
    manager = by_role[Role.DUTY_MANAGER]
    receivers = (by_role[Role.GREETER].staff_id, GREETER.staff_id)
    result = receptions.set_roster(desk, manager.actor, receivers, (manager.staff_id,))
    return result if isinstance(result, Refusal) else None


def _begin_requests(desk: Desk) -> Refusal | None:
    """Let two special requests stand half-way, for customers without an appointment."""
    people = {one.role: one.actor for one in reversed(ACCOUNTS)}
    return begin_requests(desk, people, members_of_club(desk, _MEMBERS)[-2:])


def _record(desk: Desk, people: Sequence[MadeUpPerson]) -> Refusal | None:
    """Enter the customers as a manager would, who may flag them."""
    manager = next(one.actor for one in ACCOUNTS if one.role is Role.STORE_MANAGER)
    for place, person in enumerate(people, 1):
        fields = {name: str(value) for name, value in person._asdict().items() if value}
        if place % SPECIAL_EVERY == 0:
            fields["special"] = "yes"
        if place % GROUP_EVERY == 0:
            fields["group_member"] = "yes"
        result = persons.record(
            desk, manager, fields, ConsentWay.CONTRACT, ConsentPurpose.SERVICE_AND_CARE
        )
        if isinstance(result, Refusal):
            return result
    return None
