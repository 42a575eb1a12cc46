"""Decisions about checklists: start, tick, skip, take back, end."""

from datetime import timedelta

from hallterm.domain.actor import Circumstances
from hallterm.domain.checklist import commands as cmd
from hallterm.domain.checklist import events as ev
from hallterm.domain.checklist.state import ChecklistRun, Matter
from hallterm.domain.checklist.template import ChecklistTemplate, Step
from hallterm.domain.checklist.words import RunEnd, StartsWith, StepKind
from hallterm.domain.hall import Hall, Rules
from hallterm.domain.refusal import Refusal, refuse
from hallterm.domain.stream import Event
from hallterm.domain.ticket.words import UndoReason

Answer = tuple[Event, ...] | Refusal

CLOCK_TOLERANCE = timedelta(seconds=5)
LONGEST_BACKDATE = timedelta(hours=12)
"""A step said to have happened longer ago is a slip of the keys."""


def beginning(
    hall: Hall, template: ChecklistTemplate, run_id: str, ticket_id: str | None
) -> tuple[Event, ...]:
    """Return the events that begin a run: its version if it is new, and the start."""
    if hall.last_day is None:
        return ()
    digest = template.digest
    published = ev.ChecklistPublished(digest=digest, template=template)
    started = ev.ChecklistStarted(
        run_id=run_id,
        template_id=template.id,
        digest=digest,
        day=hall.last_day,
        ticket_id=ticket_id,
    )
    return (started,) if digest in hall.versions else (published, started)


def start(hall: Hall, command: cmd.StartChecklist, _: Circumstances, rules: Rules) -> Answer:
    """Begin a run by hand."""
    template = rules.checklists.get(command.template_id)
    if template is None:
        return refuse("unknown_checklist", checklist=command.template_id)
    if command.run_id in hall.runs:
        return refuse("checklist_running", title=template.title)
    if hall.last_day is None:
        return refuse("day_closed")
    if command.ticket_id is not None and command.ticket_id not in hall.tickets:
        return refuse("unknown_ticket", ticket=command.ticket_id)
    same = (
        run
        for run in hall.runs.values()
        if run.end is None
        and run.template_id == template.id
        and run.ticket_id == command.ticket_id is not None
    )
    if next(same, None):
        return refuse("checklist_running", title=template.title)
    return beginning(hall, template, command.run_id, command.ticket_id)


def matter_of(hall: Hall, run: ChecklistRun) -> Matter:
    """Return what a run is about."""
    return Matter(hall.tickets.get(run.ticket_id or ""), run)


def running(hall: Hall, run_id: str) -> tuple[ChecklistRun, ChecklistTemplate] | Refusal:
    """Return a run that goes on, with the version that it keeps."""
    run = hall.runs.get(run_id)
    if run is None:
        return refuse("unknown_run")
    template = hall.versions[run.digest]
    return refuse("checklist_ended", title=template.title) if run.end else (run, template)


def tick(hall: Hall, command: cmd.TickSteps, where: Circumstances, rules: Rules) -> Answer:
    """Enter steps as done. What a colleague has entered meanwhile stands; the rest is taken.

    A person's answer replaces one that came by itself.
    """
    found = running(hall, command.run_id)
    if isinstance(found, Refusal):
        return found
    run, template = found
    ticked: list[ev.Ticked] = []
    replaced: list[ev.StepUndone] = []
    for ticking in command.steps:
        step = template.step(ticking.step_id)
        if step is None:
            return refuse("unknown_step", step=ticking.step_id)
        problem = _answer_problem(step, ticking) or _time_problem(hall, run, ticking, where)
        if problem:
            return problem
        entry = run.entry(step.id)
        if (entry and entry.by is None) or any(t.step_id == step.id for t in ticked):
            continue
        if entry:
            other = UndoReason.OTHER
            replaced.append(ev.StepUndone(run_id=run.id, step_id=step.id, reason=other))
        limit = timedelta(seconds=rules.standards.reception.late_entry_seconds)
        late = where.at - ticking.happened_at > limit
        ticked.append(ev.Ticked(**ticking.model_dump(), late=late))
    if not ticked:
        return _done_already(run, template, command.steps[0].step_id)
    return (*replaced, ev.StepsTicked(run_id=run.id, steps=tuple(ticked)))


def _done_already(run: ChecklistRun, template: ChecklistTemplate, step_id: str) -> Refusal:
    entry, step = run.entry(step_id), template.step(step_id)
    title = step.title if step else step_id
    return refuse("step_done", title=title, staff=entry.staff_id if entry else "")


def _answer_problem(step: Step, ticking: cmd.Ticking) -> Refusal | None:
    known = {choice.id for choice in step.choices}
    given = ticking.choices
    fits = {
        StepKind.TICK: not given,
        StepKind.CHOICE: len(given) == 1,
        StepKind.SEVERAL: bool(given) and len(set(given)) == len(given),
    }[step.kind]
    if fits and known.issuperset(given):
        return None
    return refuse("step_answer", title=step.title)


def _time_problem(
    hall: Hall, run: ChecklistRun, ticking: cmd.Ticking, where: Circumstances
) -> Refusal | None:
    happened = ticking.happened_at
    if happened > where.at + CLOCK_TOLERANCE:
        return refuse("time_in_future")
    if where.at - happened > LONGEST_BACKDATE:
        minutes = int(LONGEST_BACKDATE.total_seconds() // 60)
        return refuse("time_too_old", minutes=minutes)
    ticket = hall.tickets.get(run.ticket_id or "")
    # After a clock went back "now" may lie before the arrival; now is always believed.
    now = where.at - happened <= CLOCK_TOLERANCE
    if ticket and happened < ticket.arrived_at and not now:
        return refuse("time_before_arrival", number=ticket.number)
    return None


def skip(hall: Hall, command: cmd.SkipStep, _: Circumstances, __: Rules) -> Answer:
    """Leave a step out."""
    found = running(hall, command.run_id)
    if isinstance(found, Refusal):
        return found
    run, template = found
    if template.step(command.step_id) is None:
        return refuse("unknown_step", step=command.step_id)
    if run.entry(command.step_id):
        return _done_already(run, template, command.step_id)
    skipped = ev.StepSkipped(run_id=run.id, step_id=command.step_id, reason=command.reason)
    return (skipped,)


def undo(hall: Hall, command: cmd.UndoStep, where: Circumstances, _: Rules) -> Answer:
    """Take an entry back: one's own, one that came by itself, or as manager anybody's."""
    found = running(hall, command.run_id)
    if isinstance(found, Refusal):
        return found
    run, _template = found
    entry = run.entry(command.step_id)
    if entry is None:
        return refuse("nothing_to_undo")
    if not entry.may_be_undone_by(where.actor):
        return refuse("not_your_action", staff=entry.staff_id)
    return (ev.StepUndone(run_id=run.id, step_id=entry.step_id, reason=command.reason),)


def end(hall: Hall, command: cmd.EndChecklist, _: Circumstances, __: Rules) -> Answer:
    """End a run that somebody started; one that started by itself ends with its reception."""
    found = running(hall, command.run_id)
    if isinstance(found, Refusal):
        return found
    run, template = found
    if template.starts is StartsWith.RECEPTION and run.id in hall.receptions:
        return refuse("checklist_of_reception", title=template.title)
    if command.withdraw:
        return (ev.ChecklistEnded(run_id=run.id, end=RunEnd.WITHDRAWN),)
    return steps_left(hall, run) or (ev.ChecklistEnded(run_id=run.id, end=RunEnd.FINISHED),)


def steps_left(hall: Hall, run: ChecklistRun) -> Refusal | None:
    """Refuse to finish while a required step is neither done nor skipped."""
    left = list(matter_of(hall, run).open_steps(hall.versions[run.digest]))
    return refuse("steps_open", count=len(left), title=left[0].title) if left else None
