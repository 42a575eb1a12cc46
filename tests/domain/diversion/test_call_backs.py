"""Call-backs (回电): who calls, how often, and that none is dropped."""

from datetime import timedelta

import pytest

from hallterm.domain.call_back import commands as cmd
from hallterm.domain.call_back.state import CallBack
from hallterm.domain.call_back.words import CallBackState, CallOutcome
from hallterm.domain.company.commands import RetireStaff
from hallterm.domain.day import CloseDay, OpenDay
from hallterm.domain.ticket.words import UndoReason
from tests.domain.diversion.offers import DivertingScene
from tests.support.rulebook import (
    ADMINISTRATOR,
    CLERK,
    COLLEAGUE,
    DUTY_MANAGER,
    GREETER,
    KIOSK,
    MORNING,
)

NO_ANSWER = cmd.NoteNoAnswer(call_back_id="cb1")
TAKE_OVER = cmd.AssignCallBack(call_back_id="cb1", staff_id=COLLEAGUE.staff_id)
UNDO = cmd.UndoCallBack(call_back_id="cb1", reason=UndoReason.WRONG_KEY)


@pytest.fixture
def hall() -> DivertingScene:
    scene = DivertingScene()
    scene.promised()
    return scene


def one(hall: DivertingScene) -> CallBack:
    return hall.hall.call_backs["cb1"]


def test_spoken_with_in_time(hall: DivertingScene) -> None:
    hall.wait(minutes=119)
    assert one(hall).in_time is None
    hall.spoken(CallOutcome.SETTLED)
    assert (one(hall).state, one(hall).outcome) == (CallBackState.DONE, CallOutcome.SETTLED)
    assert one(hall).in_time
    assert hall.refused(CLERK, NO_ANSWER) == "call_back_ended"
    assert hall.refused(CLERK, TAKE_OVER) == "call_back_ended"


def test_late_is_late(hall: DivertingScene) -> None:
    hall.wait(minutes=121)
    hall.spoken(CallOutcome.SETTLED)
    assert one(hall).in_time is False


def test_nobody_answers_three_times(hall: DivertingScene) -> None:
    limits = hall.rules.standards.diversion
    for tries in range(1, limits.call_back_tries):
        hall.do(CLERK, NO_ANSWER)
        assert (one(hall).state, one(hall).tries) == (CallBackState.DUE, tries)
        assert one(hall).call_at == hall.now + timedelta(minutes=limits.retry_minutes)
        hall.wait(minutes=limits.retry_minutes)
    hall.do(CLERK, NO_ANSWER)
    assert one(hall).state is CallBackState.NOT_REACHED
    assert one(hall).in_time, "the first call was in time"


def test_it_goes_to_a_colleague_and_back(hall: DivertingScene) -> None:
    hall.do(CLERK, TAKE_OVER)
    assert one(hall).staff_id == COLLEAGUE.staff_id
    assert hall.do(CLERK, TAKE_OVER) == ()
    hall.do(CLERK, UNDO)
    assert one(hall).staff_id == CLERK.staff_id
    assert hall.refused(CLERK, UNDO) == "nothing_to_undo"
    hall.do(ADMINISTRATOR, RetireStaff(staff_id=COLLEAGUE.staff_id))
    assert hall.refused(CLERK, TAKE_OVER) == "call_back_nobody"


def test_anybody_on_the_floor_may_call_and_only_they_take_it_back(hall: DivertingScene) -> None:
    before = one(hall)
    assert hall.refused(KIOSK, NO_ANSWER) == "not_allowed"
    hall.do(COLLEAGUE, NO_ANSWER)
    assert hall.refused(GREETER, UNDO) == "not_your_action"
    hall.do(DUTY_MANAGER, UNDO)
    assert one(hall) == before
    unknown = cmd.NoteNoAnswer(call_back_id="cb9")
    assert hall.refused(CLERK, unknown) == "unknown_call_back"


def test_a_due_one_outlives_the_day_and_an_ended_one_does_not(hall: DivertingScene) -> None:
    hall.promised(call_back_id="cb2", person_id="p2")
    hall.spoken(CallOutcome.SETTLED)
    hall.do(DUTY_MANAGER, CloseDay())
    hall.wait(minutes=24 * 60)
    hall.do(GREETER, OpenDay(day=MORNING.date() + timedelta(days=1)))
    assert list(hall.hall.call_backs) == ["cb2"]
    hall.do(CLERK, cmd.NoteNoAnswer(call_back_id="cb2"))
    assert hall.hall.call_backs["cb2"].in_time is False
