"""How each event changes a run."""

from datetime import date

from hallterm.domain.checklist import events as ev
from hallterm.domain.checklist.state import ChecklistRun, StepEntry
from hallterm.domain.stream import Fact


def started(fact: Fact, event: ev.ChecklistStarted) -> ChecklistRun:
    """Return the new run."""
    return ChecklistRun(
        id=event.run_id,
        template_id=event.template_id,
        digest=event.digest,
        day=event.day,
        ticket_id=event.ticket_id,
        started_at=fact.at,
        started_by=fact.actor,
        device=fact.device,
    )


def evolve(run: ChecklistRun, fact: Fact, today: date | None) -> ChecklistRun:
    """Return the run after one event.

    today: the hall's business day.
    """
    match fact.event:
        case ev.StepsTicked(steps=steps):
            ticked = (_ticked(fact, step) for step in steps)
            return run.model_copy(update={"entries": (*run.entries, *ticked)})
        case ev.StepSkipped() as event:
            return run.model_copy(update={"entries": (*run.entries, _skipped(fact, event))})
        case ev.StepUndone(step_id=step_id):
            kept = tuple(entry for entry in run.entries if entry.step_id != step_id)
            return run.model_copy(update={"entries": kept})
        case ev.ChecklistEnded(end=end):
            changes = {"ended_at": fact.at, "ended_day": today, "end": end}
            return run.model_copy(update=changes)
        case ev.ChecklistReopened():
            return run.model_copy(update={"ended_at": None, "ended_day": None, "end": None})
        case _:
            return run


def _ticked(fact: Fact, step: ev.Ticked) -> StepEntry:
    return StepEntry(
        step_id=step.step_id,
        happened_at=step.happened_at,
        entered_at=fact.at,
        staff_id=fact.actor,
        device=fact.device,
        seq=fact.seq,
        choices=step.choices,
        late=step.late,
        by=step.by,
    )


def _skipped(fact: Fact, event: ev.StepSkipped) -> StepEntry:
    return StepEntry(
        step_id=event.step_id,
        happened_at=fact.at,
        entered_at=fact.at,
        staff_id=fact.actor,
        device=fact.device,
        seq=fact.seq,
        skipped=event.reason,
    )
