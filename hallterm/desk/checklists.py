"""Use cases of checklists (步骤单): which are offered, start, tick, skip, take back, end."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from hallterm.desk.desk import Desk, Done
from hallterm.desk.reception_views import ChecklistView, ChoiceRow, StaffName, StepRow
from hallterm.desk.staff_names import StaffNames
from hallterm.domain.actor import Actor
from hallterm.domain.checklist import commands as cmd
from hallterm.domain.checklist.state import ChecklistRun, Matter, StepEntry, due_at
from hallterm.domain.checklist.template import ChecklistTemplate, Step
from hallterm.domain.checklist.words import SkipReason, StartsWith
from hallterm.domain.decisions.checklist import matter_of
from hallterm.domain.person.text import clean_code
from hallterm.domain.refusal import Refusal, refuse
from hallterm.domain.ticket.words import UndoReason

Ticking = cmd.Ticking
"""A step to tick: step_id, choices, happened_at (aware)."""


def offered(
    desk: Desk, actor: Actor, ticket_id: str | None = None
) -> tuple[ChecklistTemplate, ...]:
    """Return the checklists that fit this person, this time of day and this ticket.

    Those for a tier or business are offered with a ticket, the others without one.
    """
    now = desk.clock.now().astimezone(desk.timezone).time()
    ticket = desk.hall.tickets.get(ticket_id or "")
    asked_for = {line.business_id for line in ticket.businesses} if ticket else set()

    def fits(template: ChecklistTemplate) -> bool:
        attach = template.attach
        about_ticket = bool(attach.tiers or attach.businesses)
        return (
            template.starts is StartsWith.HAND
            and about_ticket == (ticket is not None)
            and (not attach.roles or actor.is_one_of(frozenset(attach.roles)))
            and (not attach.tiers or (ticket is not None and ticket.tier in attach.tiers))
            and (not attach.businesses or bool(asked_for & set(attach.businesses)))
            and (
                attach.opens is None or attach.closes is None or attach.opens <= now < attach.closes
            )
        )

    return tuple(template for template in desk.rules.checklists.values() if fits(template))


def start(
    desk: Desk, actor: Actor, template_id: str, ticket_id: str | None = None
) -> str | Refusal:
    """Begin a run; return its id."""
    run_id = desk.new_id()
    command = cmd.StartChecklist(run_id=run_id, template_id=template_id, ticket_id=ticket_id)
    result = desk.act(actor, command)
    return result if isinstance(result, Refusal) else run_id


def tick(desk: Desk, actor: Actor, run_id: str, steps: Sequence[Ticking]) -> Done | Refusal:
    """Enter steps as done, several at once; what a colleague has entered meanwhile stands."""
    if not steps:
        return refuse("step_missing")
    return desk.act(actor, cmd.TickSteps(run_id=run_id, steps=tuple(steps)))


def tick_now(
    desk: Desk, actor: Actor, run_id: str, step_id: str, choices: Iterable[str] = ()
) -> Done | Refusal:
    """Enter one step as done just now."""
    now = desk.clock.now()
    return tick(
        desk,
        actor,
        run_id,
        [Ticking(step_id=step_id, choices=tuple(choices), happened_at=now)],
    )


def skip(desk: Desk, actor: Actor, run_id: str, step_id: str, reason: SkipReason) -> Done | Refusal:
    """Leave a step out."""
    return desk.act(actor, cmd.SkipStep(run_id=run_id, step_id=step_id, reason=reason))


def undo(desk: Desk, actor: Actor, run_id: str, step_id: str, reason: UndoReason) -> Done | Refusal:
    """Take one entry back."""
    return desk.act(actor, cmd.UndoStep(run_id=run_id, step_id=step_id, reason=reason))


def end(desk: Desk, actor: Actor, run_id: str, *, withdraw: bool = False) -> Done | Refusal:
    """End a run that was started by hand."""
    return desk.act(actor, cmd.EndChecklist(run_id=run_id, withdraw=withdraw))


def happened(desk: Desk, digits: str) -> datetime | Refusal:
    """Read when a step happened from the keypad: ``7`` is 7 minutes ago, ``1432`` is 14:32.

    A time of day later than now was yesterday's if that is less than half a day ago.
    """
    text = clean_code(digits)
    now = desk.clock.now()
    if text.isascii() and text.isdigit() and len(text) in (1, 2):
        return now - timedelta(minutes=int(text))
    if not (text.isascii() and text.isdigit() and len(text) == len("1432")):
        return refuse("moment_form")
    hour, minute = int(text[:2]), int(text[2:])
    if hour > 23 or minute > 59:  # noqa: PLR2004 - a clock face
        return refuse("moment_form")
    local = now.astimezone(desk.timezone)
    moment = local.replace(hour=hour, minute=minute, second=0, microsecond=0)
    if moment > local and moment - local > timedelta(hours=12):
        moment -= timedelta(days=1)
    return moment.astimezone(now.tzinfo) if moment <= local else refuse("time_in_future")


class Checklists:
    """Makes views of runs."""

    def __init__(self, desk: Desk, names: StaffNames | None = None) -> None:
        self._desk = desk
        self._names = names or StaffNames(desk)

    def going_on(self, actor: Actor) -> tuple[ChecklistView, ...]:
        """Return the runs of the hall itself that go on, those with a time limit first."""
        runs = (r for r in self._desk.hall.runs.values() if r.end is None and r.ticket_id is None)
        views = [self._view(run, actor) for run in runs]
        return tuple(sorted(views, key=lambda v: (v.due is None, v.due or v.started, v.run_id)))

    def of_ticket(self, ticket_id: str, actor: Actor) -> tuple[ChecklistView, ...]:
        """Return the runs of a ticket, the reception's first."""
        runs = [r for r in self._desk.hall.runs.values() if r.ticket_id == ticket_id]
        runs.sort(key=lambda run: (run.id != ticket_id, run.started_at, run.id))
        return tuple(self._view(run, actor) for run in runs)

    def view(self, run_id: str, actor: Actor) -> ChecklistView | None:
        """Return a run as the actor sees it; None when there is none of this id."""
        run = self._desk.hall.runs.get(run_id)
        return self._view(run, actor) if run else None

    def _view(self, run: ChecklistRun, actor: Actor) -> ChecklistView:
        desk = self._desk
        template = desk.hall.versions[run.digest]
        matter = matter_of(desk.hall, run)
        due = due_at(template, run) if run.end is None else None
        present = desk.rules.checklists.get(template.id)
        return ChecklistView(
            run_id=run.id,
            template_id=template.id,
            title=template.title,
            source=template.source,
            ticket_id=run.ticket_id,
            steps=tuple(self._steps(template, matter, actor)),
            required_open=sum(1 for _ in matter.open_steps(template)),
            started=run.started_at.timestamp(),
            started_by=self._names[run.started_by],
            ended=run.end,
            due=due.timestamp() if due else None,
            newer=present is not None and present.digest != run.digest,
        )

    def _steps(
        self, template: ChecklistTemplate, matter: Matter, actor: Actor
    ) -> Iterable[StepRow]:
        for step in template.steps:
            entry = matter.run.entry(step.id)
            if entry or matter.asks(step):
                who = self._names[entry.staff_id] if entry else None
                goes_on = matter.run.end is None
                undoable = goes_on and entry is not None and entry.may_be_undone_by(actor)
                yield step_row(step, entry, who, undoable=undoable)


def step_row(
    step: Step, entry: StepEntry | None, who: StaffName | None, *, undoable: bool
) -> StepRow:
    """Return a step with its entry, if there is one."""
    chosen = entry.choices if entry else ()
    return StepRow(
        step_id=step.id,
        title=step.title,
        kind=step.kind,
        required=step.required,
        say=step.say,
        hint=step.hint,
        choices=tuple(
            ChoiceRow(
                choice.id, choice.title, choice.id in chosen, choice.due_minutes, choice.books
            )
            for choice in step.choices
        ),
        remember=step.remember,
        source=step.source,
        done=entry is not None and entry.skipped is None,
        skipped=entry.skipped if entry else None,
        late=entry.late if entry else False,
        asks=step.asks,
        done_by=step.done_by,
        came_by_itself=entry is not None and entry.by is not None,
        who=who,
        happened=entry.happened_at.timestamp() if entry else None,
        entered=entry.entered_at.timestamp() if entry else None,
        undoable=undoable,
    )
