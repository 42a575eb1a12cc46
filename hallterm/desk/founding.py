"""Set-up from nothing: hall, first administrator, staff, counters, businesses."""

from dataclasses import dataclass

from hallterm.desk.accounts import hire
from hallterm.desk.desk import Desk, Done
from hallterm.domain.actor import Actor
from hallterm.domain.company.commands import DefineCounter, FoundHall, OfferBusinesses
from hallterm.domain.company.state import HallProfile
from hallterm.domain.counter.state import CounterSetup
from hallterm.domain.refusal import Refusal
from hallterm.domain.roles import Role

INSTALLER = Actor("setup", frozenset({Role.ADMINISTRATOR}))
"""Whoever sets a hall up, before there is an administrator."""


@dataclass(frozen=True, slots=True)
class NewStaff:
    """An account to open."""

    staff_id: str
    name: str
    roles: frozenset[Role]
    pin: str


@dataclass(frozen=True, slots=True)
class NewHall:
    """Everything a hall needs before its first customer."""

    profile: HallProfile
    staff: tuple[NewStaff, ...]
    counters: tuple[CounterSetup, ...]
    business_ids: tuple[str, ...] | None = None
    """None: all businesses that the file lists."""


def found(desk: Desk, new: NewHall) -> Refusal | None:
    """Set a hall up. The first refusal stops and is returned; what went before stays.

    Calling it again with what was refused put right goes on from there.
    """
    if desk.replica.company.hall is None:
        founded = desk.act(INSTALLER, FoundHall(profile=new.profile))
        if isinstance(founded, Refusal):
            return founded
        desk.refresh()
    for result in _steps(desk, new):
        if isinstance(result, Refusal):
            return result
    return None


def _steps(desk: Desk, new: NewHall) -> "list[Done | Refusal]":
    results: list[Done | Refusal] = []
    for member in new.staff:
        if member.staff_id in desk.replica.company.staff:
            continue
        results.append(
            hire(desk, INSTALLER, member.staff_id, member.name, member.roles, member.pin)
        )
        if isinstance(results[-1], Refusal):
            return results
    results += [desk.act(INSTALLER, DefineCounter(counter=c)) for c in new.counters]
    if new.business_ids is not None:
        results.append(desk.act(INSTALLER, OfferBusinesses(business_ids=new.business_ids)))
    return results
