"""Whoever loses a call to another terminal is told by whom, once."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from hallterm.clock import ManualClock
from hallterm.desk.desk import Desk
from hallterm.desk.follower import TerminalFollower
from hallterm.desk.home import HubHome
from hallterm.desk.joining import follow
from hallterm.desk.losses import LossWatch
from hallterm.domain.ticket.commands import CallTicket, StartService
from hallterm.wire import Facts, Push, Pushed
from hallterm.words.losses import explain_loss
from tests.support.hall import copy_store, done, enter, sit, take
from tests.support.rulebook import CLERK, COLLEAGUE, FIRST, MORNING, SECOND


class Hall:
    """A home and two terminals that meet when a test says so."""

    def __init__(self, founded: Path, folder: Path) -> None:
        clock = ManualClock(MORNING)
        self.hub = enter(copy_store(founded, folder), clock, device="hub")
        self.home = HubHome(self.hub)
        self.desks = [enter(folder / f"{n}.db", clock, device=f"t{n}") for n in (1, 2)]
        for lane, desk in enumerate(self.desks, 1):
            assert follow(desk, "test", lane, 1) is None
            self.meet(desk)

    def meet(self, desk: Desk) -> None:
        """Send what one terminal has, and take in what there is."""
        side = TerminalFollower(desk)
        if outgoing := side.view().outgoing:
            push = Push(epoch=1, commands=list(outgoing))
            [answer] = self.home.receive([(desk.device, push)])
            assert isinstance(answer, Pushed)
            side.acknowledge(answer.device_seq)
        for stream, cursor in side.view().cursors.items():
            facts = self.home.facts(stream, cursor, 1000)
            assert isinstance(facts, Facts)
            side.absorb([facts])
        desk.refresh()

    def close(self) -> None:
        for desk in (self.hub, *self.desks):
            desk.close()


@pytest.fixture
def hall(founded_store: Path, tmp_path: Path) -> Iterator[Hall]:
    made = Hall(founded_store, tmp_path)
    yield made
    made.close()


def both_call(hall: Hall) -> tuple[str, LossWatch]:
    """Let two counters that are cut off from each other call the same customer."""
    first, second = hall.desks
    sit(first, CLERK, FIRST)
    hall.meet(first)
    hall.meet(second)
    sit(second, COLLEAGUE, SECOND)
    ticket_id = take(first)
    for desk in (first, second, first):
        hall.meet(desk)
    watch = LossWatch(second)
    done(first.act(CLERK, CallTicket(ticket_id=ticket_id)))
    done(second.act(COLLEAGUE, CallTicket(ticket_id=ticket_id)))
    hall.meet(first)
    return ticket_id, watch


def test_the_loser_is_told_who_has_the_customer_and_only_once(hall: Hall) -> None:
    ticket_id, watch = both_call(hall)
    second = hall.desks[1]
    assert watch.new() == []
    hall.meet(second)
    [loss] = watch.new()
    assert (loss.command, loss.actor, loss.disputed) == ("CallTicket", COLLEAGUE.staff_id, False)
    number = second.hall.tickets[ticket_id].number
    text = explain_loss(
        loss.refusal, disputed=False, number=loss.number, counter=loss.counter, staff=loss.staff
    )
    assert text == f"{number} 已由 3 号窗口 员工1001 叫走，刚才的操作不算"
    assert watch.new() == []


def test_a_service_begun_on_a_lost_call_is_kept_and_told_as_disputed(hall: Hall) -> None:
    ticket_id, watch = both_call(hall)
    second = hall.desks[1]
    done(second.act(COLLEAGUE, StartService(ticket_id=ticket_id)))
    hall.meet(second)
    assert second.hall.tickets[ticket_id].counter_id == SECOND
    kinds = {(loss.command, loss.disputed) for loss in watch.new()}
    assert ("StartService", True) in kinds
    assert ("CallTicket", False) in kinds


def test_where_there_is_no_hub_nothing_is_lost(desk: Desk) -> None:
    assert LossWatch(desk).new() == []
