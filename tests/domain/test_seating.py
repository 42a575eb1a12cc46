"""Who sits at a counter."""

import pytest

from hallterm.domain.company.commands import RetireCounter
from hallterm.domain.counter.commands import (
    PauseCounter,
    ReleaseCounter,
    ReopenCounter,
    TakeCounter,
)
from hallterm.domain.ticket import commands as cmd
from hallterm.domain.ticket.words import ParkReason, PauseReason
from tests.support.rulebook import (
    ADMINISTRATOR,
    CLERK,
    COLLEAGUE,
    DUTY_MANAGER,
    FIRST,
    SECOND,
)
from tests.support.scene import Scene


def sit(counter: str = FIRST, session: str = "s", *, take_over: bool = False) -> TakeCounter:
    return TakeCounter(counter_id=counter, session_id=session, take_over=take_over)


def test_a_taken_counter_stays_with_whoever_took_it(scene: Scene) -> None:
    scene.sit()
    assert scene.refused(COLLEAGUE, sit(session="t")) == "counter_taken"
    assert scene.refused(COLLEAGUE, sit(session="t", take_over=True)) == "counter_taken"
    assert scene.refused(DUTY_MANAGER, sit(session="u", take_over=True)) == "counter_taken"
    assert scene.hall.duty(FIRST).staff_id == CLERK.staff_id


def test_a_second_terminal_on_ones_own_counter_must_take_over(scene: Scene) -> None:
    scene.sit(session="first")
    ticket = scene.take()
    scene.serve(ticket)
    assert scene.do(CLERK, sit(session="first")) == ()
    assert scene.refused(CLERK, sit(session="second")) == "counter_taken_by_you"
    scene.do(CLERK, sit(session="second", take_over=True))
    assert scene.hall.duty(FIRST).session_id == "second"
    assert scene.refused(CLERK, sit(session="first")) == "counter_taken_by_you"
    scene.do(CLERK, cmd.FinishService(ticket_id=ticket))


def test_one_counter_for_one_person(scene: Scene) -> None:
    scene.sit()
    assert scene.refused(CLERK, sit(SECOND)) == "at_another_counter"
    assert scene.refused(CLERK, sit("nowhere")) == "unknown_counter"


def test_somebody_at_a_counter_that_was_closed_is_told_so(scene: Scene) -> None:
    scene.sit()
    scene.do(ADMINISTRATOR, RetireCounter(counter_id=FIRST))
    assert scene.refused(CLERK, sit(SECOND)) == "at_another_counter"
    scene.do(CLERK, ReleaseCounter(counter_id=FIRST))
    scene.do(CLERK, sit(SECOND))


def test_a_paused_counter_calls_nobody(scene: Scene) -> None:
    scene.sit()
    ticket = scene.take()
    scene.do(CLERK, PauseCounter(counter_id=FIRST, reason=PauseReason.BREAK))
    again = PauseCounter(counter_id=FIRST, reason=PauseReason.LUNCH)
    assert scene.refused(CLERK, again) == "already_paused"
    assert scene.refused(CLERK, cmd.CallTicket(ticket_id=ticket)) == "counter_paused"
    assert scene.hall.duty(FIRST).paused is PauseReason.BREAK
    scene.do(CLERK, ReopenCounter(counter_id=FIRST))
    assert scene.refused(CLERK, ReopenCounter(counter_id=FIRST)) == "not_paused"
    scene.call(ticket)


@pytest.mark.parametrize("serving", [False, True])
def test_a_customer_is_brought_to_a_resting_point_first(scene: Scene, *, serving: bool) -> None:
    scene.sit()
    ticket = scene.take()
    if serving:
        scene.serve(ticket)
    else:
        scene.call(ticket)
    leave = (
        PauseCounter(counter_id=FIRST, reason=PauseReason.BREAK),
        ReleaseCounter(counter_id=FIRST),
    )
    for command in leave:
        assert scene.refused(CLERK, command) == "matter_open"
    if serving:
        scene.do(CLERK, cmd.ParkService(ticket_id=ticket, reason=ParkReason.MANAGER))
    else:
        scene.do(CLERK, cmd.PassOver(ticket_id=ticket))
    for command in leave:
        scene.do(CLERK, command)


def test_others_leave_a_counter_alone_and_a_manager_frees_it(scene: Scene) -> None:
    scene.sit()
    free = ReleaseCounter(counter_id=FIRST)
    assert scene.refused(COLLEAGUE, free) == "counter_of_other"
    scene.do(DUTY_MANAGER, free)
    assert scene.refused(CLERK, free) == "counter_free"
    scene.do(COLLEAGUE, sit())
