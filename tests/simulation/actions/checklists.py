"""Checklists are worked through."""

from datetime import timedelta

from hallterm.desk import checklists
from hallterm.domain.checklist import commands as cmd
from hallterm.domain.checklist.state import ChecklistRun
from hallterm.domain.checklist.template import Step
from hallterm.domain.checklist.words import SkipReason, StepKind
from hallterm.domain.roles import FLOOR
from hallterm.domain.ticket.words import UndoReason
from tests.simulation.actions.registry import action
from tests.simulation.actions.scene import Scene
from tests.support.rulebook import DUTY_MANAGER


def _run(at: Scene) -> tuple[ChecklistRun, Step] | None:
    runs = sorted(at.desk.hall.runs.values(), key=lambda one: one.id)
    if at.sensible():
        runs = [one for one in runs if one.end is None]
    if not runs:
        return None
    run = at.some(runs)
    return run, at.some(at.desk.hall.versions[run.digest].steps)


@action(cmd.StartChecklist)
def start(at: Scene) -> object:
    template = at.some(sorted(at.desk.rules.checklists))
    tickets = sorted(at.desk.hall.tickets)
    ticket_id = at.perhaps(at.some(tickets), 0.3) if tickets else None
    return checklists.start(at.desk, at.actor(*sorted(FLOOR)), template, ticket_id)


@action(cmd.TickSteps, weight=5)
def tick(at: Scene) -> object:
    found = _run(at)
    if found is None:
        return None
    run, step = found
    choices: tuple[str, ...] = ()
    if step.kind is not StepKind.TICK:
        choices = (at.some(step.choices).id,)
    ago = timedelta(seconds=at.chance.randint(0, 300))
    done = cmd.Ticking(step_id=step.id, choices=choices, happened_at=at.desk.clock.now() - ago)
    return checklists.tick(at.desk, at.actor(*sorted(FLOOR)), run.id, [done])


@action(cmd.SkipStep, weight=3)
def skip(at: Scene) -> object:
    found = _run(at)
    if found is None:
        return None
    run, step = found
    return checklists.skip(at.desk, at.actor(*sorted(FLOOR)), run.id, step.id, at.some(SkipReason))


@action(cmd.UndoStep)
def undo(at: Scene) -> object:
    runs = [one for one in at.desk.hall.runs.values() if one.entries]
    if not runs:
        return None
    run = at.some(sorted(runs, key=lambda one: one.id))
    step_id = at.some(run.entries).step_id
    return checklists.undo(at.desk, DUTY_MANAGER, run.id, step_id, at.some(UndoReason))


@action(cmd.EndChecklist)
def end(at: Scene) -> object:
    found = _run(at)
    if found is None:
        return None
    actor = at.actor(*sorted(FLOOR))
    return checklists.end(at.desk, actor, found[0].id, withdraw=at.sensible())
