"""Steps that the end of a service ticks by itself (办结), in whatever checklist names them so.

Whoever ends a service at the counter has said how it ended; nobody is to say it again at another
screen. Taking the end back takes these ticks back with it.
"""

from collections.abc import Iterator, Set

from hallterm.domain.checklist.events import StepsTicked, StepUndone, Ticked
from hallterm.domain.checklist.state import ChecklistRun, Matter
from hallterm.domain.checklist.template import Step
from hallterm.domain.checklist.words import DoneBy, StepKind
from hallterm.domain.hall import Hall
from hallterm.domain.stream import Event
from hallterm.domain.ticket.state import Ticket
from hallterm.domain.ticket.words import TicketState, UndoReason


def steps_of_service(
    hall: Hall,
    before: Ticket | None,
    after: Ticket,
    why: UndoReason,
    reopened: Set[str],
) -> Iterator[Event]:
    """Return the ticks, or what takes them back, that follow from how a ticket has changed.

    why: reason for which the end was taken back, if it was.
    reopened: ids of the runs that go on again with this decision.
    """
    was_done = before is not None and before.state is TicketState.DONE
    is_done = after.state is TicketState.DONE
    if was_done == is_done:
        return
    for run in list(hall.runs.values()):
        if run.ticket_id != after.id:
            continue
        if is_done and run.end is None:
            yield from _ticked(hall, run, after)
        elif was_done and (run.end is None or run.id in reopened):
            yield from _untick(run, why)


def _ticked(hall: Hall, run: ChecklistRun, ticket: Ticket) -> Iterator[Event]:
    matter, ended = Matter(ticket, run), ticket.closed_at or ticket.state_since
    ticks = []
    for step in hall.versions[run.digest].steps:
        mine = step.done_by is DoneBy.SERVICE and run.entry(step.id) is None and matter.asks(step)
        answer = _answer(step, ticket) if mine else None
        if answer is not None:
            by = DoneBy.SERVICE
            ticks.append(Ticked(step_id=step.id, choices=answer, happened_at=ended, by=by))
    if ticks:
        yield StepsTicked(run_id=run.id, steps=tuple(ticks))


def _answer(step: Step, ticket: Ticket) -> tuple[str, ...] | None:
    """Return how the service answers a step; None when only a person knows the answer."""
    if step.kind is StepKind.TICK:
        return ()
    fitting = tuple(one.id for one in step.choices if ticket.outcome in one.outcomes)
    return fitting or None


def _untick(run: ChecklistRun, reason: UndoReason) -> Iterator[Event]:
    for entry in run.entries:
        if entry.by is DoneBy.SERVICE:
            yield StepUndone(run_id=run.id, step_id=entry.step_id, reason=reason)
