"""A run of a checklist as it stands, and which of its steps are asked for."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from hallterm.domain.actor import Actor
from hallterm.domain.checklist.template import ChecklistTemplate, Condition, Step
from hallterm.domain.checklist.words import DoneBy, RunEnd, SkipReason
from hallterm.domain.frozen import Frozen
from hallterm.domain.roles import MANAGERS
from hallterm.domain.ticket.state import Ticket


class StepEntry(Frozen):
    """One step, ticked or skipped."""

    step_id: str
    happened_at: datetime
    entered_at: datetime
    staff_id: str
    device: str
    seq: int
    """Place of its fact in the hall's stream; the latest entry is the one with the highest."""
    choices: tuple[str, ...] = ()
    late: bool = False
    skipped: SkipReason | None = None
    by: DoneBy | None = None
    """What ticked it by itself; None: `staff_id` did."""

    def may_be_undone_by(self, actor: Actor) -> bool:
        """Say whether somebody may take it back: their own word, a manager's, or nobody's word."""
        mine = self.staff_id == actor.staff_id
        return mine or self.by is not None or actor.is_one_of(MANAGERS)


class ChecklistRun(Frozen):
    """One working through a checklist."""

    id: str
    template_id: str
    digest: str
    """Version of the template that it keeps."""
    day: date
    ticket_id: str | None = None
    started_at: datetime
    started_by: str
    device: str
    entries: tuple[StepEntry, ...] = ()
    """In the order in which they were entered."""
    ended_at: datetime | None = None
    ended_day: date | None = None
    end: RunEnd | None = None

    def entry(self, step_id: str) -> StepEntry | None:
        """Return the entry of a step."""
        return next((entry for entry in self.entries if entry.step_id == step_id), None)


@dataclass(frozen=True, slots=True)
class Matter:
    """What a run is about: the ticket, if there is one, and the answers so far."""

    ticket: Ticket | None
    run: ChecklistRun

    def asks(self, step: Step) -> bool:
        """Say whether a step is asked for here."""
        when = step.when
        return when is None or (self._fits_ticket(when) and self._fits_answers(when))

    def _fits_ticket(self, when: Condition) -> bool:
        ticket = self.ticket
        wanted = (when.tiers, when.grades, when.businesses)
        if ticket is None:
            return not any(wanted) and when.agent is None and when.group is None
        asked_for = {line.business_id for line in ticket.businesses}
        return (
            (not when.tiers or ticket.tier in when.tiers)
            and (not when.grades or ticket.grade in when.grades)
            and (not when.businesses or not asked_for.isdisjoint(when.businesses))
            and when.agent in (None, ticket.agent_id is not None)
            and when.group in (None, ticket.group)
        )

    def _fits_answers(self, when: Condition) -> bool:
        if when.step is None:
            return True
        entry = self.run.entry(when.step)
        return entry is not None and not set(entry.choices).isdisjoint(when.choices)

    def open_steps(self, template: ChecklistTemplate) -> Iterator[Step]:
        """Return the required steps that are neither done nor skipped."""
        return (
            step
            for step in template.steps
            if step.required and self.run.entry(step.id) is None and self.asks(step)
        )


def due_at(template: ChecklistTemplate, run: ChecklistRun) -> datetime | None:
    """Return the time limit that the latest answer with one has set; None without any."""
    limits = {
        (step.id, choice.id): timedelta(minutes=choice.due_minutes)
        for step in template.steps
        for choice in step.choices
        if choice.due_minutes
    }
    found = (
        entry.happened_at + limits[entry.step_id, choice]
        for entry in reversed(run.entries)
        for choice in entry.choices
        if (entry.step_id, choice) in limits
    )
    return next(found, None)
