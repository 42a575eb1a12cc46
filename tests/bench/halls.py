"""Halls to measure in: set up from nothing, with customers waiting."""

from pathlib import Path

import hallterm.data
from hallterm.clock import Clock, SystemClock
from hallterm.configuration import load
from hallterm.desk.accounts import sign_in
from hallterm.desk.desk import Desk, Done, open_desk
from hallterm.desk.founding import NewHall, NewStaff, found
from hallterm.domain.actor import Actor
from hallterm.domain.company.state import HallProfile
from hallterm.domain.counter.commands import TakeCounter
from hallterm.domain.counter.state import CounterSetup
from hallterm.domain.refusal import Refusal
from hallterm.domain.roles import Role
from hallterm.domain.ticket.commands import TakeTicket
from hallterm.domain.ticket.state import BusinessLine
from hallterm.domain.tiers import Tier
from hallterm.store.keys import create_key, read_key

STAFF = "2001"
PIN = "246810"
HALL = "bench"
KIOSK = Actor("kiosk-1", frozenset({Role.KIOSK}))
STORE = "hall.db"
KEY = "hall.key"


def open_hall(folder: Path, clock: Clock | None = None) -> Desk:
    """Open the hall of a folder; it is set up there if there is none."""
    key = folder / KEY
    secret = read_key(key) if key.exists() else create_key(key)
    configuration = load(Path(hallterm.data.__file__).parent)
    desk = open_desk(folder / STORE, secret, clock or SystemClock(), configuration, "bench")
    if desk.replica.company.hall is None:
        refused = found(desk, _new_hall())
        if refused:
            raise AssertionError(refused)
    return desk


def _new_hall() -> NewHall:
    counters = tuple(
        CounterSetup(id=f"c{n}", number=n, name="综合", tiers=tuple(Tier)) for n in range(1, 7)
    )
    clerk = NewStaff(STAFF, "李明", frozenset({Role.CLERK, Role.ADMINISTRATOR}), PIN)
    return NewHall(HallProfile(id=HALL, name="测速厅"), (clerk,), counters)


def done(result: Done | Refusal) -> Done:
    """Return the result, which must not be a refusal."""
    assert not isinstance(result, Refusal), result
    return result


def sit_down(desk: Desk) -> Actor:
    """Sign the clerk in and take counter 1."""
    signed = sign_in(desk, STAFF, PIN)
    assert not isinstance(signed, Refusal), signed
    done(desk.act(signed.actor, TakeCounter(counter_id="c1", session_id="bench", take_over=True)))
    return signed.actor


def take_ticket(desk: Desk, tier: Tier = Tier.STANDARD) -> Done:
    """Issue one ticket to a walk-in."""
    now = desk.clock.now()
    line = BusinessLine(business_id=next(iter(desk.rules.businesses)))
    return done(
        desk.act(
            KIOSK,
            TakeTicket(
                ticket_id=desk.new_id(),
                tier=tier,
                businesses=(line,),
                arrived_at=now,
                shown_at=now,
            ),
        )
    )


def fill(desk: Desk, count: int) -> None:
    """Let customers wait: a quarter GoTone, the rest others."""
    for place in range(count):
        take_ticket(desk, Tier.GOTONE if place % 4 == 0 else Tier.STANDARD)
