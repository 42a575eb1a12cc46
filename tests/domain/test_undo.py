"""Undo (撤销): each action taken back restores the ticket; never at somebody else's cost."""

from collections.abc import Callable

import pytest

from hallterm.domain.counter.commands import PauseCounter, ReleaseCounter
from hallterm.domain.stream import Command
from hallterm.domain.ticket import commands as cmd
from hallterm.domain.ticket.events import ActionUndone
from hallterm.domain.ticket.state import BusinessLine
from hallterm.domain.ticket.words import (
    LeaveReason,
    ParkReason,
    PauseReason,
    Rating,
    SettleReason,
    TicketState,
    UndoReason,
)
from hallterm.domain.tiers import Grade, Tier
from tests.support.rulebook import (
    CLERK,
    COLLEAGUE,
    DUTY_MANAGER,
    FIRST,
    GREETER,
    KIOSK,
    SECOND,
    STORE_MANAGER,
)
from tests.support.scene import Scene

REASON = UndoReason.WRONG_KEY


def undo(ticket: str) -> cmd.UndoAction:
    return cmd.UndoAction(ticket_id=ticket, reason=REASON)


def waiting(_scene: Scene, _ticket: str) -> None: ...


def called(scene: Scene, ticket: str) -> None:
    scene.call(ticket)


def serving(scene: Scene, ticket: str) -> None:
    scene.serve(ticket)


def parked(scene: Scene, ticket: str) -> None:
    scene.serve(ticket)
    scene.do(CLERK, cmd.ParkService(ticket_id=ticket, reason=ParkReason.FORM))


ACTIONS: list[tuple[Callable[[Scene, str], None], Callable[[str], Command]]] = [
    (waiting, lambda t: cmd.CallTicket(ticket_id=t)),
    (waiting, lambda t: cmd.CustomerLeft(ticket_id=t, reason=LeaveReason.DIVERTED)),
    (called, lambda t: cmd.RecallTicket(ticket_id=t)),
    (called, lambda t: cmd.StartService(ticket_id=t)),
    (called, lambda t: cmd.PassOver(ticket_id=t)),
    (called, lambda t: cmd.TransferTicket(ticket_id=t, counter_id=SECOND)),
    (serving, lambda t: cmd.ParkService(ticket_id=t, reason=ParkReason.SYSTEM)),
    (serving, lambda t: cmd.FinishService(ticket_id=t)),
    (
        serving,
        lambda t: cmd.TransferTicket(ticket_id=t, business=BusinessLine(business_id="suspend")),
    ),
    (serving, lambda t: cmd.CustomerLeft(ticket_id=t, reason=LeaveReason.OWN_REASONS)),
    (parked, lambda t: cmd.ResumeService(ticket_id=t)),
]


@pytest.mark.parametrize(
    ("prepare", "command"),
    ACTIONS,
    ids=[f"{p.__name__}-{type(c('x')).__name__}" for p, c in ACTIONS],
)
def test_an_action_taken_back_restores_the_ticket(
    scene: Scene, prepare: Callable[[Scene, str], None], command: Callable[[str], Command]
) -> None:
    scene.sit()
    ticket = scene.take()
    scene.wait(minutes=1)
    prepare(scene, ticket)
    before, at_counter = scene[ticket], dict(scene.hall.at_counter)
    scene.wait(minutes=1)
    scene.do(CLERK, command(ticket))
    assert scene[ticket] != before
    (undone,) = scene.do(CLERK, undo(ticket))
    assert isinstance(undone, ActionUndone)
    assert undone.reason is REASON
    assert scene[ticket] == before
    assert scene.hall.at_counter == at_counter


def test_a_settled_ticket_and_a_reception_are_taken_back_too(scene: Scene) -> None:
    ticket = scene.take(Tier.VIP, Grade.GOLD)
    start = scene[ticket]
    scene.do(GREETER, cmd.ReceiveCustomer(ticket_id=ticket))
    scene.do(GREETER, undo(ticket))
    settle = cmd.SettleTicket(ticket_id=ticket, reason=SettleReason.CUSTOMER_GONE)
    scene.do(DUTY_MANAGER, settle)
    assert scene[ticket].state is TicketState.SETTLED
    scene.do(DUTY_MANAGER, undo(ticket))
    assert scene[ticket] == start


def test_a_ticket_issued_by_mistake_is_void_and_its_number_is_not_given_again(
    scene: Scene,
) -> None:
    ticket = scene.take()
    scene.do(GREETER, undo(ticket))
    assert scene[ticket].state is TicketState.VOID
    assert scene.refused(GREETER, undo(ticket)) == "nothing_to_undo"
    assert scene[scene.take()].number == "A002"


def test_one_step_after_another_back_to_the_limit(scene: Scene) -> None:
    scene.sit()
    ticket = scene.take()
    past = []
    steps = (
        cmd.CallTicket(ticket_id=ticket),
        cmd.StartService(ticket_id=ticket),
        cmd.ParkService(ticket_id=ticket, reason=ParkReason.FORM),
        cmd.ResumeService(ticket_id=ticket),
        cmd.FinishService(ticket_id=ticket),
    )
    for step in steps:
        scene.wait(minutes=1)
        past.append(scene[ticket].model_copy(update={"undo": ()}))
        scene.do(CLERK, step)
    for expected in past[:0:-1]:
        scene.do(CLERK, undo(ticket))
        assert scene[ticket].model_copy(update={"undo": ()}) == expected
    assert scene.refused(CLERK, undo(ticket)) == "nothing_to_undo"


def test_one_takes_back_ones_own_and_a_manager_anybodys(scene: Scene) -> None:
    scene.sit()
    ticket = scene.take()
    scene.call(ticket)
    assert scene.refused(COLLEAGUE, undo(ticket)) == "not_your_action"
    scene.do(STORE_MANAGER, undo(ticket))
    assert scene[ticket].state is TicketState.WAITING


def test_not_once_the_customer_has_rated(scene: Scene) -> None:
    scene.sit()
    ticket = scene.take()
    scene.serve(ticket)
    scene.do(CLERK, cmd.FinishService(ticket_id=ticket))
    scene.do(KIOSK, cmd.RateService(ticket_id=ticket, rating=Rating.NEUTRAL))
    for actor in (CLERK, DUTY_MANAGER):
        assert scene.refused(actor, undo(ticket)) == "nothing_to_undo"


def finished(scene: Scene) -> str:
    scene.sit()
    ticket = scene.take()
    scene.serve(ticket)
    scene.do(CLERK, cmd.FinishService(ticket_id=ticket))
    return ticket


def test_not_to_a_counter_that_has_the_next_customer(scene: Scene) -> None:
    ticket = finished(scene)
    scene.call(scene.take())
    assert scene.refused(CLERK, undo(ticket)) == "counter_busy"


def test_not_to_a_counter_that_was_left_or_has_somebody_else(scene: Scene) -> None:
    ticket = finished(scene)
    scene.do(CLERK, ReleaseCounter(counter_id=FIRST))
    assert scene.refused(CLERK, undo(ticket)) == "counter_left"
    scene.sit(COLLEAGUE)
    for actor in (CLERK, DUTY_MANAGER):
        assert scene.refused(actor, undo(ticket)) == "counter_left"


def test_not_to_a_paused_counter(scene: Scene) -> None:
    ticket = finished(scene)
    scene.do(CLERK, PauseCounter(counter_id=FIRST, reason=PauseReason.LUNCH))
    assert scene.refused(CLERK, undo(ticket)) == "counter_paused"
