"""A checklist of tests: a choice, a step that depends on it, an optional one, a time limit."""

from datetime import timedelta

from hallterm.domain.actor import Actor
from hallterm.domain.checklist import commands as cmd
from hallterm.domain.checklist.state import ChecklistRun
from hallterm.domain.checklist.template import ChecklistTemplate, Choice, Condition, Step
from hallterm.domain.checklist.words import StepKind
from hallterm.domain.hall import Rules
from hallterm.domain.tiers import Grade
from tests.support.rulebook import CLERK
from tests.support.scene import Scene

FAULT = ChecklistTemplate(
    id="fault",
    title="故障",
    source="S1 §19",
    steps=(
        Step(
            id="what",
            title="什么",
            kind=StepKind.CHOICE,
            choices=(Choice(id="small", title="小"), Choice(id="big", title="大")),
        ),
        Step(
            id="limit",
            title="时限",
            kind=StepKind.SEVERAL,
            choices=(
                Choice(id="hour", title="一小时", due_minutes=60),
                Choice(id="call", title="再打电话"),
            ),
            when=Condition(step="what", choices=("big",)),
        ),
        Step(id="sign", title="挂牌"),
        Step(id="tidy", title="收拾", required=False),
        Step(id="gold", title="金卡", when=Condition(grades=(Grade.GOLD,))),
    ),
)
CHANGED = FAULT.model_copy(update={"steps": FAULT.steps[:1]})


class FaultScene(Scene):
    """A hall that knows this checklist only."""

    template = FAULT

    @property
    def rules(self) -> Rules:
        """The usual rules with this checklist."""
        usual = super().rules
        checklists = {self.template.id: self.template}
        return Rules(usual.company, usual.standards, usual.businesses, checklists)

    def begin(self, run_id: str = "r1", ticket_id: str | None = None) -> str:
        """Start a run by hand."""
        command = cmd.StartChecklist(run_id=run_id, template_id="fault", ticket_id=ticket_id)
        self.do(CLERK, command)
        return run_id

    def ticks(self, run_id: str, *steps: cmd.Ticking) -> cmd.TickSteps:
        """Return the command that ticks steps."""
        return cmd.TickSteps(run_id=run_id, steps=steps)

    def did(self, step_id: str, *choices: str, ago: float = 0) -> cmd.Ticking:
        """Return a step done some minutes ago."""
        happened = self.now - timedelta(minutes=ago)
        return cmd.Ticking(step_id=step_id, choices=choices, happened_at=happened)

    def tick(self, run_id: str, step_id: str, *choices: str, actor: Actor = CLERK) -> None:
        """Tick a step now."""
        self.do(actor, self.ticks(run_id, self.did(step_id, *choices)))

    def run_of(self, run_id: str) -> ChecklistRun:
        """Return a run as it stands."""
        return self.hall.runs[run_id]
