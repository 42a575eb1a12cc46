"""A visit or delivery from the plan to the end, and what may not happen on the way."""

from datetime import timedelta

import pytest

from hallterm.domain.day import CloseDay, OpenDay
from hallterm.domain.errand import commands as cmd
from hallterm.domain.errand.state import NoteRef
from hallterm.domain.errand.words import (
    AheadOutcome,
    ErrandCancel,
    ErrandNote,
    ErrandOutcome,
    ErrandState,
)
from hallterm.domain.stream import Command
from hallterm.domain.ticket.words import UndoReason
from tests.support.appointments import errand_of, plan, planning
from tests.support.rulebook import ADMINISTRATOR, CLERK, COLLEAGUE, DUTY_MANAGER, MORNING
from tests.support.scene import Scene

ADDRESS = NoteRef(about=ErrandNote.ADDRESS, id="n1")


def call(errand_id: str, outcome: AheadOutcome = AheadOutcome.AGREED) -> cmd.CallAhead:
    return cmd.CallAhead(errand_id=errand_id, outcome=outcome)


def rebooking(errand_id: str, hours: float = 24, **more: object) -> cmd.RebookErrand:
    begins = MORNING + timedelta(hours=hours)
    fields = {"begins": begins, "ends": begins + timedelta(hours=2), **more}
    return cmd.RebookErrand.model_validate({"errand_id": errand_id, **fields})


def undoing(errand_id: str) -> cmd.UndoErrand:
    return cmd.UndoErrand(errand_id=errand_id, reason=UndoReason.WRONG_KEY)


def test_from_the_plan_to_the_end(scene: Scene) -> None:
    mine = plan(scene, origin="t1", notes=(ADDRESS,))
    assert scene.refused(CLERK, cmd.DepartErrand(errand_id=mine)) == "call_ahead_first"
    scene.do(CLERK, cmd.AssignErrand(errand_id=mine, goes=COLLEAGUE.staff_id))
    scene.do(CLERK, call(mine))
    assert errand_of(scene, mine).state is ErrandState.CALLED
    scene.do(COLLEAGUE, cmd.DepartErrand(errand_id=mine))
    scene.do(COLLEAGUE, cmd.FinishErrand(errand_id=mine))
    done = errand_of(scene, mine)
    assert (done.state, done.outcome) == (ErrandState.DONE, ErrandOutcome.COMPLETED)
    assert (done.origin, done.goes) == ("t1", COLLEAGUE.staff_id)
    assert [(move.event, move.staff_id) for move in done.moves] == [
        ("errand_planned", CLERK.staff_id),
        ("errand_assigned", CLERK.staff_id),
        ("errand_called", CLERK.staff_id),
        ("errand_departed", COLLEAGUE.staff_id),
        ("errand_finished", COLLEAGUE.staff_id),
    ]


def test_a_call_that_nobody_answers_is_a_call_all_the_same(scene: Scene) -> None:
    mine = plan(scene)
    scene.do(CLERK, call(mine, AheadOutcome.NO_ANSWER))
    assert errand_of(scene, mine).state is ErrandState.PLANNED
    scene.do(CLERK, cmd.DepartErrand(errand_id=mine))
    assert errand_of(scene, mine).goes == CLERK.staff_id


def test_nobody_there_a_note_left_and_another_window(scene: Scene) -> None:
    mine = plan(scene, notes=(ADDRESS,))
    scene.do(CLERK, call(mine))
    scene.do(CLERK, cmd.DepartErrand(errand_id=mine))
    scene.do(CLERK, cmd.MissErrand(errand_id=mine, left_note=True))
    missed = errand_of(scene, mine)
    assert (missed.state, missed.misses, missed.left_note) == (ErrandState.MISSED, 1, True)
    assert scene.refused(CLERK, cmd.DepartErrand(errand_id=mine)) == "errand_state"
    new = NoteRef(about=ErrandNote.ADDRESS, id="n2")
    phone = NoteRef(about=ErrandNote.PHONE, id="n3")
    scene.do(CLERK, rebooking(mine, notes=(new, phone)))
    again = errand_of(scene, mine)
    assert (again.state, again.misses, again.calls) == (ErrandState.PLANNED, 1, 0)
    assert (again.note_id(ErrandNote.ADDRESS), again.note_id(ErrandNote.PHONE)) == ("n2", "n3")
    assert again.note_id(ErrandNote.BRING) is None
    assert scene.refused(CLERK, cmd.DepartErrand(errand_id=mine)) == "call_ahead_first"


@pytest.mark.parametrize(
    ("begins", "ends", "code"),
    [
        (5, 5, "window_reversed"),
        (-3, -1, "window_past"),
        (1, 14, "window_too_long"),
        (61 * 24, 61 * 24 + 1, "slot_too_far"),
    ],
)
def test_a_window_lies_ahead_and_says_something(
    scene: Scene, begins: float, ends: float, code: str
) -> None:
    window = {
        "begins": MORNING + timedelta(hours=begins),
        "ends": MORNING + timedelta(hours=ends),
    }
    assert scene.refused(CLERK, planning(**window)) == code
    mine = plan(scene)
    assert scene.refused(CLERK, cmd.RebookErrand(errand_id=mine, **window)) == code


def test_a_window_that_has_begun_can_still_be_agreed_on(scene: Scene) -> None:
    plan(scene, begins=MORNING - timedelta(hours=1), ends=MORNING + timedelta(hours=1))


def test_only_members_of_the_staff_go(scene: Scene) -> None:
    assert scene.refused(CLERK, planning(goes="9999")) == "unknown_staff"
    mine = plan(scene)
    assert scene.refused(CLERK, cmd.AssignErrand(errand_id=mine, goes="9999")) == "unknown_staff"
    scene.do(CLERK, call(mine))
    away = cmd.DepartErrand(errand_id=mine, goes="9999")
    assert scene.refused(CLERK, away) == "unknown_staff"


def test_whoever_did_it_takes_it_back_one_by_one(scene: Scene) -> None:
    mine = plan(scene)
    scene.do(CLERK, call(mine))
    scene.do(COLLEAGUE, cmd.DepartErrand(errand_id=mine))
    assert scene.refused(CLERK, undoing(mine)) == "not_your_action"
    scene.do(COLLEAGUE, undoing(mine))
    assert errand_of(scene, mine).state is ErrandState.CALLED
    scene.do(DUTY_MANAGER, undoing(mine))
    assert (errand_of(scene, mine).state, errand_of(scene, mine).calls) == (ErrandState.PLANNED, 0)
    assert scene.refused(CLERK, undoing(mine)) == "nothing_to_undo"


@pytest.mark.parametrize("reason", ErrandCancel)
def test_called_off_and_taken_back(scene: Scene, reason: ErrandCancel) -> None:
    mine = plan(scene)
    scene.do(CLERK, cmd.CancelErrand(errand_id=mine, reason=reason))
    assert errand_of(scene, mine).cancel_reason is reason
    assert scene.refused(CLERK, call(mine)) == "errand_state"
    scene.do(CLERK, undoing(mine))
    assert errand_of(scene, mine).cancel_reason is None


def test_it_outlives_the_day(scene: Scene) -> None:
    mine, ended = plan(scene), plan(scene)
    scene.do(CLERK, cmd.CancelErrand(errand_id=ended, reason=ErrandCancel.MISTAKE))
    scene.do(DUTY_MANAGER, CloseDay())
    scene.wait(minutes=24 * 60)
    scene.do(CLERK, OpenDay(day=scene.now.date()))
    assert list(scene.hall.errands) == [mine]


def test_what_is_no_errand_is_refused(scene: Scene) -> None:
    commands: tuple[Command, ...] = (
        cmd.AssignErrand(errand_id="x", goes=CLERK.staff_id),
        call("x"),
        cmd.DepartErrand(errand_id="x"),
        cmd.FinishErrand(errand_id="x"),
        cmd.MissErrand(errand_id="x", left_note=False),
        rebooking("x"),
        cmd.CancelErrand(errand_id="x", reason=ErrandCancel.CUSTOMER),
        undoing("x"),
    )
    for command in commands:
        assert scene.refused(CLERK, command) == "unknown_errand"
    assert scene.refused(ADMINISTRATOR, planning()) == "not_allowed"
    assert scene.refused(CLERK, planning(business_id="nothing")) == "unknown_business"
    twice = planning()
    scene.do(CLERK, twice)
    assert scene.refused(CLERK, twice) == "errand_exists"
