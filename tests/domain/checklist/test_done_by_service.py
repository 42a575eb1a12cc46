"""A step that the end of a service ticks by itself, in a checklist that has nothing else to it."""

import pytest

from hallterm.domain.checklist import commands as cmd
from hallterm.domain.checklist.template import (
    Attachment,
    ChecklistTemplate,
    Choice,
    Condition,
    Step,
)
from hallterm.domain.checklist.words import DoneBy, SkipReason, StepKind
from hallterm.domain.ticket import commands as ticket
from hallterm.domain.ticket.words import Outcome, UndoReason
from hallterm.domain.tiers import Grade, Tier
from tests.domain.checklist.templates import FaultScene
from tests.support.rulebook import CLERK, COLLEAGUE, GREETER

SOLVED = ChecklistTemplate(
    id="fault",
    title="专柜",
    source="S0",
    attach=Attachment(tiers=(Tier.GOTONE,)),
    steps=(
        Step(
            id="solve",
            title="办结",
            kind=StepKind.CHOICE,
            done_by=DoneBy.SERVICE,
            choices=(
                Choice(id="solved", title="办好", outcomes=(Outcome.COMPLETED,)),
                Choice(id="again", title="再来"),
                Choice(id="given_up", title="不办了", outcomes=(Outcome.DECLINED,)),
            ),
        ),
        Step(id="closed", title="收好", done_by=DoneBy.SERVICE),
        Step(id="thank", title="致谢"),
        Step(
            id="gold",
            title="金卡",
            done_by=DoneBy.SERVICE,
            when=Condition(grades=(Grade.GOLD,)),
        ),
    ),
)


class SolvedScene(FaultScene):
    """A hall whose one checklist has steps that the service ticks."""

    template = SOLVED


@pytest.fixture
def hall() -> SolvedScene:
    scene = SolvedScene()
    scene.sit()
    return scene


def serving(hall: SolvedScene) -> str:
    """Serve a customer, with a run of the checklist beside it; answers with the ticket."""
    visit = hall.take(Tier.GOTONE)
    hall.begin(ticket_id=visit)
    hall.serve(visit, CLERK)
    return visit


def finish(hall: SolvedScene, visit: str, outcome: Outcome = Outcome.COMPLETED) -> None:
    hall.do(CLERK, ticket.FinishService(ticket_id=visit, outcome=outcome))


def answers(hall: SolvedScene) -> dict[str, tuple[str, ...]]:
    return {entry.step_id: entry.choices for entry in hall.run_of("r1").entries}


@pytest.mark.parametrize(
    ("outcome", "answered"),
    [
        (Outcome.COMPLETED, {"solve": ("solved",), "closed": ()}),
        (Outcome.DECLINED, {"solve": ("given_up",), "closed": ()}),
        (Outcome.DOCUMENTS_MISSING, {"closed": ()}),
        (Outcome.NOT_POSSIBLE_HERE, {"closed": ()}),
    ],
)
def test_the_outcome_is_the_answer_and_one_that_is_not_named_is_left_to_a_person(
    hall: SolvedScene, outcome: Outcome, answered: dict[str, tuple[str, ...]]
) -> None:
    finish(hall, serving(hall), outcome)
    assert answers(hall) == answered


def test_it_stands_under_the_clerk_who_ended_the_service_and_when(hall: SolvedScene) -> None:
    visit = serving(hall)
    moment = hall.wait(minutes=6)
    finish(hall, visit)
    entry = hall.run_of("r1").entry("solve")
    assert entry is not None
    assert (entry.staff_id, entry.happened_at, entry.late) == (CLERK.staff_id, moment, False)
    assert entry.by is DoneBy.SERVICE


def test_taking_the_end_back_takes_the_ticks_back(hall: SolvedScene) -> None:
    visit = serving(hall)
    hall.tick("r1", "thank", actor=GREETER)
    finish(hall, visit)
    hall.do(CLERK, ticket.UndoAction(ticket_id=visit, reason=UndoReason.WRONG_CUSTOMER))
    assert answers(hall) == {"thank": ()}
    undone = [fact.event for fact in hall.facts if fact.event.type == "step_undone"]
    assert {getattr(event, "reason", None) for event in undone} == {UndoReason.WRONG_CUSTOMER}
    finish(hall, visit, Outcome.DECLINED)
    assert answers(hall)["solve"] == ("given_up",)


def test_what_a_person_said_before_stands_and_stays(hall: SolvedScene) -> None:
    visit = serving(hall)
    hall.tick("r1", "solve", "again", actor=GREETER)
    skip = cmd.SkipStep(run_id="r1", step_id="closed", reason=SkipReason.NOT_FITTING)
    hall.do(GREETER, skip)
    finish(hall, visit)
    assert answers(hall) == {"solve": ("again",), "closed": ()}
    hall.do(CLERK, ticket.UndoAction(ticket_id=visit, reason=UndoReason.WRONG_KEY))
    assert answers(hall) == {"solve": ("again",), "closed": ()}


def test_anybody_of_the_floor_may_answer_otherwise(hall: SolvedScene) -> None:
    finish(hall, serving(hall))
    undo = cmd.UndoStep(run_id="r1", step_id="solve", reason=UndoReason.OTHER)
    hall.do(GREETER, undo)
    assert answers(hall) == {"closed": ()}
    hall.tick("r1", "solve", "again", actor=GREETER)
    assert hall.refused(COLLEAGUE, undo) == "not_your_action"


def test_a_person_s_answer_replaces_the_one_that_came_by_itself(hall: SolvedScene) -> None:
    visit = serving(hall)
    finish(hall, visit)
    hall.do(GREETER, hall.ticks("r1", hall.did("solve", "again"), hall.did("thank")))
    entry = hall.run_of("r1").entry("solve")
    assert entry is not None
    assert (entry.staff_id, entry.choices, entry.by) == (GREETER.staff_id, ("again",), None)
    hall.do(CLERK, ticket.UndoAction(ticket_id=visit, reason=UndoReason.WRONG_KEY))
    assert answers(hall) == {"solve": ("again",), "thank": ()}
    finish(hall, visit)
    assert hall.refused(COLLEAGUE, hall.ticks("r1", hall.did("solve", "solved"))) == "step_done"


def test_a_run_of_another_ticket_or_one_that_ended_is_left_alone(hall: SolvedScene) -> None:
    visit = serving(hall)
    hall.begin("r2", hall.take(Tier.GOTONE))
    hall.begin("r3")
    hall.do(CLERK, cmd.EndChecklist(run_id="r1", withdraw=True))
    finish(hall, visit)
    assert [hall.run_of(run).entries for run in ("r1", "r2", "r3")] == [(), (), ()]


def test_a_run_that_ended_keeps_its_ticks_when_the_service_goes_on(hall: SolvedScene) -> None:
    visit = serving(hall)
    finish(hall, visit)
    hall.tick("r1", "thank", actor=GREETER)
    hall.do(GREETER, cmd.EndChecklist(run_id="r1"))
    before = hall.run_of("r1")
    hall.do(CLERK, ticket.UndoAction(ticket_id=visit, reason=UndoReason.WRONG_KEY))
    assert hall.run_of("r1") == before
