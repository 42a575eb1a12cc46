"""The counter ends the service while the receiver can't see it, and the other way round."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from hallterm.clock import ManualClock
from hallterm.desk import checklists
from hallterm.domain.checklist.state import StepEntry
from hallterm.domain.checklist.words import DoneBy
from hallterm.domain.counter.commands import TakeCounter
from hallterm.domain.reception.commands import AcceptReception
from hallterm.domain.ticket.commands import CallTicket, FinishService, StartService
from hallterm.domain.tiers import Grade, Tier
from tests.support.hall import done, take
from tests.support.rulebook import CLERK, GREETER, VIP_ROOM
from tests.support.sync_hall import SyncHall

COUNTER, FLOOR = 0, 1
"""Places of the two terminals."""


@pytest.fixture
def hall(founded_store: Path, tmp_path: Path, clock: ManualClock) -> Iterator[SyncHall]:
    hall = SyncHall(founded_store, tmp_path, clock, 2)
    yield hall
    hall.assert_equal()
    hall.close()


def being_served(hall: SyncHall) -> str:
    """Let a VIP be received at one terminal and served at the other, both in step."""
    desk = hall.desks[COUNTER]
    done(desk.act(CLERK, TakeCounter(counter_id=VIP_ROOM, session_id="s")))
    guest = take(desk, Tier.VIP, Grade.GOLD)
    done(desk.act(CLERK, CallTicket(ticket_id=guest)))
    hall.sync()
    hall.sync()
    done(hall.desks[FLOOR].act(GREETER, AcceptReception(ticket_id=guest)))
    hall.sync()
    hall.sync()
    done(desk.act(CLERK, StartService(ticket_id=guest)))
    hall.sync()
    hall.sync()
    return guest


def solved(hall: SyncHall, guest: str) -> StepEntry:
    entry = hall.hub.hall.runs[guest].entry("solve")
    assert entry is not None
    return entry


def test_the_end_of_the_service_reaches_the_receiver(hall: SyncHall) -> None:
    guest = being_served(hall)
    done(hall.desks[COUNTER].act(CLERK, FinishService(ticket_id=guest)))
    assert hall.sync() == ()
    hall.sync()
    entry = hall.desks[FLOOR].hall.runs[guest].entry("solve")
    assert entry is not None
    assert (entry.staff_id, entry.by) == (CLERK.staff_id, DoneBy.SERVICE)


@pytest.mark.parametrize("first", [COUNTER, FLOOR])
def test_what_the_receiver_says_stands_whoever_is_heard_first(hall: SyncHall, first: int) -> None:
    guest = being_served(hall)
    done(hall.desks[COUNTER].act(CLERK, FinishService(ticket_id=guest)))
    floor = hall.desks[FLOOR]
    done(checklists.tick_now(floor, GREETER, guest, "solve", ["passed_on"]))
    hall.push(first)
    assert hall.sync() == ()
    hall.sync()
    entry = solved(hall, guest)
    assert (entry.staff_id, entry.choices, entry.by) == (GREETER.staff_id, ("passed_on",), None)
    assert hall.hub.hall.disputes == {}
