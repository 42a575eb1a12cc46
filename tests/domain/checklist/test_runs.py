"""Working through a checklist: ticks, skips, undo, conditions, time limits, versions."""

import pytest

from hallterm.domain.checklist import commands as cmd
from hallterm.domain.checklist.state import Matter, due_at
from hallterm.domain.checklist.words import RunEnd, SkipReason
from hallterm.domain.day import CloseDay, OpenDay
from hallterm.domain.ticket.words import UndoReason
from hallterm.domain.tiers import Grade, Tier
from tests.domain.checklist.templates import CHANGED, FAULT, FaultScene
from tests.support.rulebook import CLERK, COLLEAGUE, DUTY_MANAGER


@pytest.fixture
def hall() -> FaultScene:
    return FaultScene()


def open_steps(scene: FaultScene, run_id: str) -> list[str]:
    run = scene.run_of(run_id)
    matter = Matter(scene.hall.tickets.get(run.ticket_id or ""), run)
    return [step.id for step in matter.open_steps(FAULT)]


def test_a_run_asks_for_its_required_steps_in_order(hall: FaultScene) -> None:
    run = hall.begin()
    assert open_steps(hall, run) == ["what", "sign"]
    hall.tick(run, "what", "small")
    assert open_steps(hall, run) == ["sign"]


def test_an_answer_asks_for_a_further_step(hall: FaultScene) -> None:
    run = hall.begin()
    hall.tick(run, "what", "big")
    assert open_steps(hall, run) == ["limit", "sign"]
    undo = cmd.UndoStep(run_id=run, step_id="what", reason=UndoReason.WRONG_KEY)
    hall.do(CLERK, undo)
    assert open_steps(hall, run) == ["what", "sign"]


@pytest.mark.parametrize(("grade", "asked"), [(Grade.GOLD, True), (Grade.SILVER, False)])
def test_a_grade_asks_for_a_step(hall: FaultScene, grade: Grade, *, asked: bool) -> None:
    run = hall.begin(ticket_id=hall.take(Tier.VIP, grade))
    assert ("gold" in open_steps(hall, run)) is asked


def test_each_tick_has_who_when_and_from_where(hall: FaultScene) -> None:
    run = hall.begin()
    moment = hall.wait(minutes=1)
    hall.tick(run, "sign", actor=COLLEAGUE)
    entry = hall.run_of(run).entry("sign")
    assert entry is not None
    assert (entry.staff_id, entry.device) == (COLLEAGUE.staff_id, "test")
    assert (entry.happened_at, entry.entered_at, entry.late) == (moment, moment, False)


def test_several_steps_are_entered_at_once_and_late_ones_say_so(hall: FaultScene) -> None:
    run = hall.begin()
    hall.wait(minutes=10)
    steps = (hall.did("what", "small", ago=7), hall.did("sign", ago=2), hall.did("tidy"))
    events = hall.do(CLERK, hall.ticks(run, *steps))
    assert len(events) == 1
    assert [e.late for e in hall.run_of(run).entries] == [True, False, False]
    assert [e.entered_at for e in hall.run_of(run).entries] == [hall.now] * 3


def test_what_a_colleague_entered_meanwhile_stands_and_the_rest_is_taken(
    hall: FaultScene,
) -> None:
    run = hall.begin()
    hall.tick(run, "sign", actor=COLLEAGUE)
    hall.do(CLERK, hall.ticks(run, hall.did("sign"), hall.did("tidy")))
    who = {e.step_id: e.staff_id for e in hall.run_of(run).entries}
    assert who == {"sign": COLLEAGUE.staff_id, "tidy": CLERK.staff_id}
    assert hall.refused(CLERK, hall.ticks(run, hall.did("sign"))) == "step_done"


def test_the_same_step_twice_in_one_entry_counts_once(hall: FaultScene) -> None:
    run = hall.begin()
    hall.do(CLERK, hall.ticks(run, hall.did("sign"), hall.did("sign")))
    assert len(hall.run_of(run).entries) == 1


@pytest.mark.parametrize(
    ("step", "choices"),
    [
        ("what", ()),
        ("what", ("small", "big")),
        ("what", ("huge",)),
        ("limit", ()),
        ("limit", ("hour", "hour")),
        ("sign", ("small",)),
    ],
)
def test_an_answer_must_fit_its_step(hall: FaultScene, step: str, choices: tuple[str, ...]) -> None:
    run = hall.begin()
    wrong = hall.ticks(run, hall.did("tidy"), hall.did(step, *choices))
    assert hall.refused(CLERK, wrong) == "step_answer"
    assert hall.run_of(run).entries == ()


@pytest.mark.parametrize(
    ("ago", "code"), [(-1, "time_in_future"), (721, "time_too_old"), (30, "time_before_arrival")]
)
def test_a_time_that_cannot_be(hall: FaultScene, ago: float, code: str) -> None:
    run = hall.begin(ticket_id=hall.take())
    hall.wait(minutes=10)
    assert hall.refused(CLERK, hall.ticks(run, hall.did("sign", ago=ago))) == code


def test_a_clock_that_went_back_can_be_ticked_now(hall: FaultScene) -> None:
    run = hall.begin(ticket_id=hall.take())
    hall.wait(minutes=-90)
    hall.tick(run, "sign")
    assert hall.run_of(run).entry("sign") is not None


def test_a_skipped_step_says_why_and_can_come_back(hall: FaultScene) -> None:
    run = hall.begin()
    skip = cmd.SkipStep(run_id=run, step_id="sign", reason=SkipReason.NOT_AVAILABLE)
    hall.do(CLERK, skip)
    assert hall.refused(COLLEAGUE, skip) == "step_done"
    undo = cmd.UndoStep(run_id=run, step_id="sign", reason=UndoReason.WRONG_KEY)
    assert hall.refused(COLLEAGUE, undo) == "not_your_action"
    hall.do(DUTY_MANAGER, undo)
    assert hall.refused(CLERK, undo) == "nothing_to_undo"
    hall.tick(run, "sign")


@pytest.mark.parametrize("step", ["nothing", ""])
def test_a_step_that_is_none(hall: FaultScene, step: str) -> None:
    run = hall.begin()
    assert hall.refused(CLERK, hall.ticks(run, hall.did(step))) == "unknown_step"
    skip = cmd.SkipStep(run_id=run, step_id=step, reason=SkipReason.FORGOTTEN)
    assert hall.refused(CLERK, skip) == "unknown_step"


def test_a_run_ends_when_nothing_required_is_left(hall: FaultScene) -> None:
    run = hall.begin()
    assert hall.refused(CLERK, cmd.EndChecklist(run_id=run)) == "steps_open"
    hall.tick(run, "what", "small")
    hall.tick(run, "sign")
    hall.do(CLERK, cmd.EndChecklist(run_id=run))
    assert hall.run_of(run).end is RunEnd.FINISHED
    assert hall.refused(CLERK, hall.ticks(run, hall.did("tidy"))) == "checklist_ended"


def test_a_run_started_by_mistake_is_withdrawn(hall: FaultScene) -> None:
    run = hall.begin()
    hall.do(CLERK, cmd.EndChecklist(run_id=run, withdraw=True))
    assert hall.run_of(run).end is RunEnd.WITHDRAWN


def test_an_answer_sets_a_time_limit_from_when_it_happened(hall: FaultScene) -> None:
    run = hall.begin()
    hall.tick(run, "what", "big")
    reported = hall.wait(minutes=5)
    hall.wait(minutes=3)
    hall.do(CLERK, hall.ticks(run, hall.did("limit", "call", "hour", ago=3)))
    due = due_at(FAULT, hall.run_of(run))
    assert due is not None
    assert (due - reported).total_seconds() == 3600


def test_a_running_one_keeps_its_version_and_a_new_one_gets_the_new(hall: FaultScene) -> None:
    old = hall.begin()
    hall.template = CHANGED
    new = hall.begin("r2")
    assert hall.run_of(old).digest != hall.run_of(new).digest
    hall.tick(old, "sign")
    assert hall.refused(CLERK, hall.ticks(new, hall.did("sign"))) == "unknown_step"
    assert set(hall.hall.versions.values()) == {FAULT, CHANGED}


def test_each_version_is_in_the_log_once(hall: FaultScene) -> None:
    hall.begin()
    hall.begin("r2")
    assert [f.event.type for f in hall.facts].count("checklist_published") == 1


def test_a_fault_outlives_the_day_and_a_ticket_s_run_does_not(hall: FaultScene) -> None:
    fault = hall.begin()
    visit = hall.begin("r2", hall.take())
    day = hall.hall.last_day
    assert day is not None
    hall.do(CLERK, OpenDay(day=day.replace(day=day.day + 1)))
    assert list(hall.hall.runs) == [fault]
    assert visit not in hall.hall.runs
    hall.tick(fault, "sign")
    hall.do(CLERK, cmd.EndChecklist(run_id=fault, withdraw=True))
    hall.do(DUTY_MANAGER, CloseDay())
    assert hall.run_of(fault).ended_day == hall.hall.last_day


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (cmd.StartChecklist(run_id="r9", template_id="nothing"), "unknown_checklist"),
        (cmd.StartChecklist(run_id="r1", template_id="fault"), "checklist_running"),
        (cmd.StartChecklist(run_id="r9", template_id="fault", ticket_id="t9"), "unknown_ticket"),
        (cmd.EndChecklist(run_id="r9"), "unknown_run"),
    ],
)
def test_a_run_that_cannot_be(hall: FaultScene, command: cmd.ChecklistCommand, code: str) -> None:
    hall.begin()
    assert hall.refused(CLERK, command) == code


def test_a_ticket_has_a_checklist_once_at_a_time(hall: FaultScene) -> None:
    visit = hall.take()
    hall.begin(ticket_id=visit)
    again = cmd.StartChecklist(run_id="r2", template_id="fault", ticket_id=visit)
    assert hall.refused(COLLEAGUE, again) == "checklist_running"
