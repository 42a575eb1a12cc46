"""A founded hall in a store of its own."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest import mock

from argon2 import PasswordHasher

from hallterm.clock import ManualClock
from hallterm.desk import accounts
from hallterm.desk.desk import Desk, Done, open_desk
from hallterm.desk.founding import NewHall, NewStaff, found
from hallterm.domain.actor import Actor
from hallterm.domain.counter.commands import TakeCounter
from hallterm.domain.refusal import Refusal
from hallterm.domain.ticket.commands import TakeTicket
from hallterm.domain.ticket.state import BusinessLine
from hallterm.domain.tiers import Grade, Tier
from hallterm.store.connection import Durability
from tests.support.rulebook import (
    CLERK,
    COUNTERS,
    FIRST,
    GREETER,
    MORNING,
    PIN,
    PROFILE,
    STAFF,
    configuration,
)

KEY = "ab" * 32
STORE = "hall.db"


@contextmanager
def quick_pins() -> Iterator[None]:
    """Hash PINs cheaply. A hash names its own cost, so those made here stay cheap to verify."""
    cheap = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    with mock.patch.object(accounts, "_hasher", return_value=cheap):
        yield


def found_store(path: Path) -> None:
    """Set the test hall up in a new store file."""
    staff = tuple(NewStaff(m.staff_id, f"员工{m.staff_id}", m.roles, PIN) for m in STAFF)
    desk = enter(path, durability="OFF")
    with quick_pins():
        refused = found(desk, NewHall(PROFILE, staff, COUNTERS))
    desk.close()
    assert refused is None, refused


def copy_store(template: Path, folder: Path) -> Path:
    """Return a copy of a closed store in another folder."""
    return Path(shutil.copy(template, folder / STORE))


def enter(
    path: Path,
    clock: ManualClock | None = None,
    *,
    device: str = "test",
    durability: Durability = "OFF",
) -> Desk:
    """Open a store on a clock that stands at the test morning."""
    clock = clock or ManualClock(MORNING)
    return open_desk(path, KEY, clock, configuration(), device, durability=durability)


def done(result: Done | Refusal) -> Done:
    """Return the result, which must not be a refusal."""
    assert isinstance(result, Done), result
    return result


def refused(result: object) -> str:
    """Return the code of the result, which must be a refusal."""
    assert isinstance(result, Refusal), result
    return result.code


def sit(desk: Desk, actor: Actor = CLERK, counter: str = FIRST, session: str = "s") -> None:
    """Let somebody sit down at a counter."""
    done(desk.act(actor, TakeCounter(counter_id=counter, session_id=session)))


def take(
    desk: Desk, tier: Tier = Tier.STANDARD, grade: Grade | None = None, actor: Actor = GREETER
) -> str:
    """Issue a ticket to somebody who shows identity now; return its id.

    A clock that is moved by hand is moved on a millisecond, so that nobody comes at once.
    """
    if isinstance(desk.clock, ManualClock):
        desk.clock.advance(0.001)
    now, ticket_id = desk.clock.now(), desk.new_id()
    command = TakeTicket(
        ticket_id=ticket_id,
        tier=tier,
        grade=grade,
        businesses=(BusinessLine(business_id="payment"),),
        arrived_at=now,
        shown_at=now,
    )
    done(desk.act(actor, command))
    return ticket_id
