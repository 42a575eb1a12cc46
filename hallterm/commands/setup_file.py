"""The file that a hall is set up from: checked as a whole before anything is written."""

from collections.abc import Mapping
from datetime import time
from pathlib import Path
from zoneinfo import available_timezones

from pydantic import Field, ValidationError

from hallterm.configuration import Configuration
from hallterm.configuration.complaints import complaints
from hallterm.configuration.problems import ConfigurationProblems, Problem
from hallterm.configuration.reading import Table, parse, read_text
from hallterm.desk.accounts import pin_problem
from hallterm.desk.founding import NewHall, NewStaff
from hallterm.domain.company.state import STAFF_ID_PATTERN, HallProfile
from hallterm.domain.counter.state import CounterKind, CounterSetup
from hallterm.domain.frozen import Frozen
from hallterm.domain.refusal import Refusal, refuse
from hallterm.domain.roles import Role
from hallterm.domain.tiers import Tier
from hallterm.words import _
from hallterm.words.refusals import explain

_DEDICATED: Mapping[CounterKind, tuple[Tier, ...]] = {
    CounterKind.VIP_ROOM: (Tier.VIP,),
    CounterKind.GOTONE: (Tier.VIP, Tier.GOTONE),
    CounterKind.GENERAL: tuple(Tier),
}


class HallEntry(Frozen):
    """`[hall]`."""

    id: str = Field(default="hall", pattern=r"^[a-z0-9][a-z0-9-]{0,31}$")
    name: str = Field(min_length=1, max_length=24)
    timezone: str = "Asia/Shanghai"
    opens: time = time(8, 30)
    closes: time = time(18, 0)
    businesses: tuple[str, ...] | None = None
    """Ids of the businesses it does; without it, all that the file of businesses lists."""


class StaffEntry(Frozen):
    """One `[[staff]]`."""

    id: str = Field(pattern=STAFF_ID_PATTERN)
    name: str = Field(min_length=1, max_length=40)
    roles: frozenset[Role] = Field(min_length=1)
    pin: str


class CounterEntry(Frozen):
    """One `[[counter]]`."""

    number: int = Field(ge=1, le=99)
    name: str = Field(min_length=1, max_length=16)
    kind: CounterKind = CounterKind.GENERAL
    tiers: tuple[Tier, ...] | None = None
    """Without it, those that the kind is for."""
    serves_others: bool | None = None
    """Without it, yes, but for a VIP room."""


class SetupFile(Frozen):
    """The whole file."""

    hall: HallEntry
    staff: tuple[StaffEntry, ...] = Field(min_length=1)
    counter: tuple[CounterEntry, ...] = Field(min_length=1)


def read_setup(path: Path, configuration: Configuration) -> NewHall:
    """Read a set-up file.

    Raises:
        ConfigurationProblems: Something is wrong; every problem is in it.
    """
    table = parse(str(path), read_text(path))
    try:
        entries = SetupFile.model_validate(dict(table.values))
    except ValidationError as wrong:
        raise ConfigurationProblems(complaints(table, wrong, SetupFile)) from wrong
    problems = _problems(table, entries, configuration)
    if problems:
        raise ConfigurationProblems(problems)
    return _new_hall(entries)


def _problems(table: Table, entries: SetupFile, configuration: Configuration) -> list[Problem]:
    found = [*_hall_problems(table, entries.hall, configuration)]
    least = configuration.standards.sign_in.pin_digits
    for place, member in enumerate(entries.staff):
        weak = pin_problem(member.pin, least)
        if weak:
            # Not the PIN itself: what is told here may be kept by whoever runs the script.
            found.append(_refused(table, ("staff", place, "pin"), weak))
        if Role.KIOSK in member.roles:
            refusal = refuse("role_for_machines")
            found.append(_refused(table, ("staff", place, "roles"), refusal))
    found += _repeated(table, "staff", "id", [member.id for member in entries.staff])
    numbers = [str(counter.number) for counter in entries.counter]
    found += _repeated(table, "counter", "number", numbers)
    if not any(Role.ADMINISTRATOR in member.roles for member in entries.staff):
        found.append(_refused(table, ("staff",), refuse("last_administrator")))
    return found


def _hall_problems(table: Table, hall: HallEntry, configuration: Configuration) -> list[Problem]:
    found = []
    if hall.closes <= hall.opens:
        found.append(_refused(table, ("hall", "closes"), refuse("hours_reversed")))
    if hall.timezone not in available_timezones():
        message = _("没有“{value}”这个时区").format(value=hall.timezone)
        found.append(table.problem(("hall", "timezone"), message, _("例如 Asia/Shanghai")))
    unknown = [one for one in hall.businesses or () if one not in configuration.businesses]
    if unknown or hall.businesses == ():
        message = explain(refuse("unknown_business"))
        known = ", ".join(configuration.businesses)
        remedy = _("这里可以写：{names}").format(names=known)
        found.append(table.problem(("hall", "businesses"), message, remedy))
    return found


def _repeated(table: Table, part: str, key: str, values: list[str]) -> list[Problem]:
    again = [place for place, value in enumerate(values) if value in values[:place]]
    message, remedy = _("前面已经用过"), _("每一个都要不同")
    return [table.problem((part, place, key), message, remedy) for place in again]


def _refused(table: Table, key: tuple[str | int, ...], refusal: Refusal) -> Problem:
    return table.problem(key, explain(refusal), _("改好再来，现在什么也没有建"))


def _new_hall(entries: SetupFile) -> NewHall:
    hall = entries.hall
    profile = HallProfile(
        id=hall.id, name=hall.name, timezone=hall.timezone, opens=hall.opens, closes=hall.closes
    )
    staff = tuple(
        NewStaff(staff_id=member.id, name=member.name, roles=member.roles, pin=member.pin)
        for member in entries.staff
    )
    counters = tuple(_counter(counter) for counter in entries.counter)
    return NewHall(profile=profile, staff=staff, counters=counters, business_ids=hall.businesses)


def _counter(entry: CounterEntry) -> CounterSetup:
    open_to_others = entry.kind is not CounterKind.VIP_ROOM
    return CounterSetup(
        id=f"c{entry.number:02}",
        number=entry.number,
        name=entry.name,
        kind=entry.kind,
        tiers=entry.tiers or _DEDICATED[entry.kind],
        serves_others=open_to_others if entry.serves_others is None else entry.serves_others,
    )
