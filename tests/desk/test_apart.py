"""Counters that can't see each other: they share the waiting out, and hardly ever meet."""

from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from hallterm.clock import ManualClock
from hallterm.desk import accounts
from hallterm.desk.calling import call_next
from hallterm.desk.desk import Desk, Done
from hallterm.desk.founding import INSTALLER
from hallterm.desk.queueing import as_waiting
from hallterm.desk.sharing import own_share
from hallterm.domain.actor import Actor
from hallterm.domain.company.commands import DefineCounter
from hallterm.domain.counter.commands import TakeCounter
from hallterm.domain.counter.state import CounterSetup
from hallterm.domain.roles import Role
from hallterm.domain.stream import Command
from hallterm.domain.ticket import commands as cmd
from hallterm.domain.ticket.state import BusinessLine
from hallterm.domain.ticket.words import TicketState
from hallterm.domain.tiers import Tier
from tests.support.rulebook import CLERK, COUNTERS
from tests.support.sync_hall import SyncHall

COUNTERS_AT_WORK = 6
WAITING = 110
HOURS_CUT_OFF = 2
GENERAL = COUNTERS[2]


@pytest.fixture
def hall(founded_store: Path, tmp_path: Path, clock: ManualClock) -> Iterator[SyncHall]:
    """Return a busy hall in step: six clerks at work, customers waiting."""
    hall = SyncHall(founded_store, tmp_path, clock, COUNTERS_AT_WORK)
    for place in range(COUNTERS_AT_WORK):
        setup = GENERAL.model_copy(update={"id": f"w{place}", "number": 50 + place})
        do(hall.hub, INSTALLER, DefineCounter(counter=CounterSetup.model_validate(setup)))
        hire(hall.hub, place)
    for place in range(COUNTERS_AT_WORK):
        hall.pull(place)
        seat = TakeCounter(counter_id=f"w{place}", session_id="s")
        do(hall.desks[place], clerk(place), seat)
    for number in range(WAITING):
        take(hall, hall.desks[0], number)
    hall.sync()
    hall.sync()
    yield hall
    hall.close()


def clerk(place: int) -> Actor:
    return Actor(f"90{place}", frozenset({Role.CLERK}))


def hire(desk: Desk, place: int) -> None:
    hired = accounts.hire(desk, INSTALLER, f"90{place}", "员工", clerk(place).roles, "739182")
    assert isinstance(hired, Done), hired


def do(desk: Desk, actor: Actor, command: Command) -> Done:
    result = desk.act(actor, command)
    assert isinstance(result, Done), result
    return result


def take(hall: SyncHall, desk: Desk, number: int) -> None:
    now = hall.clock.now()
    command = cmd.TakeTicket(
        ticket_id=f"t{number}",
        tier=Tier.STANDARD,
        businesses=(BusinessLine(business_id="payment"),),
        arrived_at=now,
        shown_at=now,
    )
    do(desk, CLERK, command)


def test_shares_are_all_there_is_and_meet_nowhere(hall: SyncHall) -> None:
    desk = hall.desks[0]
    waiting = [as_waiting(desk, ticket) for ticket in desk.hall.waiting()]
    at_work = [f"w{place}" for place in range(COUNTERS_AT_WORK)]
    shares = [{one.ticket_id for one in own_share(waiting, c, at_work)} for c in at_work]
    assert set().union(*shares) == {one.ticket_id for one in waiting}
    assert sum(map(len, shares)) == WAITING
    assert min(map(len, shares)) > 0


@pytest.mark.parametrize("attentive", [False, True], ids=["busy", "running-dry"])
def test_two_hours_without_a_hub(hall: SyncHall, *, attentive: bool) -> None:
    """A busy hall, whose shares last; and one in which counters run out and call others' shares.

    There each customer is there once: who is called again elsewhere meanwhile doesn't come.
    """
    chance = Random(17)  # noqa: S311 - spreads service times, no secret
    pace = (120, 300) if attentive else (380, 720)
    free_at = dict.fromkeys(range(COUNTERS_AT_WORK), 0.0)
    begun: list[str] = []
    for desk in hall.desks:
        desk.apart = True
    for second in range(0, HOURS_CUT_OFF * 3600, 30):
        hall.clock.advance(30)
        for place, desk in enumerate(hall.desks):
            if free_at[place] > second or not isinstance(call_next(desk, clerk(place)), Done):
                continue
            ticket = desk.hall.ticket_at(f"w{place}")
            assert ticket is not None
            if attentive and ticket.id in begun:
                do(desk, clerk(place), cmd.PassOver(ticket_id=ticket.id))
                continue
            do(desk, clerk(place), cmd.StartService(ticket_id=ticket.id))
            do(desk, clerk(place), cmd.FinishService(ticket_id=ticket.id))
            begun.append(ticket.id)
            free_at[place] = second + chance.uniform(*pace)
    hall.sync()
    hall.sync()
    hall.assert_equal()
    assert len(begun) >= WAITING * 0.7
    done = {t.id for t in hall.hub.hall.tickets.values() if t.state is TicketState.DONE}
    assert set(begun) == done, "every service that took place is kept"
    started_twice = len(begun) - len(set(begun))
    assert started_twice <= len(begun) * 0.02
    double = [d for d in hall.hub.hall.disputes.values() if d.command == "StartService"]
    assert len([d for d in double if not d.stands]) == started_twice
