"""The desk as the checklist screens use it, for one signed-in person; on the desk's thread."""

from collections.abc import Iterable
from dataclasses import dataclass

from hallterm.desk import calling, checklists
from hallterm.desk.checklists import Checklists, Ticking
from hallterm.desk.desk import Desk, Done
from hallterm.desk.reception_views import ChecklistView, ReceptionRow, Told
from hallterm.domain.actor import Actor
from hallterm.domain.checklist.words import SkipReason
from hallterm.domain.refusal import Refusal
from hallterm.domain.ticket.words import UndoReason

Mark = tuple[str, tuple[str, ...]]
"""A step's id and the answers given."""


@dataclass(frozen=True, slots=True)
class RunPage:
    """All that the screen of a run shows."""

    checklist: ChecklistView | None
    """None: no checklist fits this reception."""
    reception: ReceptionRow | None = None
    told: tuple[Told, ...] = ()
    """At earlier visits, the latest first."""
    undoable: str = ""
    """Words of what undo would take back besides the step under the cursor."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A line of the checklists' menu: a run that goes on, or one to begin."""

    title: str
    source: str
    steps: int
    run: ChecklistView | None = None
    template_id: str = ""
    ticket_id: str | None = None
    number: str = ""
    """Number of the ticket it would be for; empty: for the hall."""


class ChecklistWork:
    """Binds the use cases of checklists to one actor."""

    def __init__(self, desk: Desk, actor: Actor) -> None:
        self._desk = desk
        self._actor = actor
        self._views = Checklists(desk)

    def menu(self) -> tuple[Offer, ...]:
        """Return what goes on, those with a time limit first, then what can be begun now."""
        desk, actor = self._desk, self._actor
        desk.refresh()
        here = calling.current(desk, actor)
        runs = list(self._views.going_on(actor))
        offers = [
            Offer(one.title, one.source, len(one.steps), template_id=one.id)
            for one in checklists.offered(desk, actor)
        ]
        if here is not None:
            own = [v for v in self._views.of_ticket(here.id, actor) if v.run_id != here.id]
            runs += [view for view in own if view.ended is None]
            begun = {view.template_id for view in runs if view.ticket_id == here.id}
            offers += [
                Offer(one.title, one.source, len(one.steps), None, one.id, here.id, here.number)
                for one in checklists.offered(desk, actor, here.id)
                if one.id not in begun
            ]
        going_on = [Offer(v.title, v.source, len(v.steps), v) for v in runs]
        return (*going_on, *offers)

    def start(self, template_id: str, ticket_id: str | None) -> str | Refusal:
        """Begin a run; answers with its id."""
        return checklists.start(self._desk, self._actor, template_id, ticket_id)

    def page(self, run_id: str) -> RunPage | None:
        """Return a run; None when the day has none of this id."""
        self._desk.refresh()
        view = self._views.view(run_id, self._actor)
        return RunPage(view) if view else None

    def tick(self, run_id: str, marks: Iterable[Mark], when: str = "") -> Done | Refusal:
        """Enter steps as done.

        when: digits from the keypad, minutes ago or a time of day; empty: just now.
        """
        happened = checklists.happened(self._desk, when) if when else self._desk.clock.now()
        if isinstance(happened, Refusal):
            return happened
        steps = [
            Ticking(step_id=step_id, choices=choices, happened_at=happened)
            for step_id, choices in marks
        ]
        return checklists.tick(self._desk, self._actor, run_id, steps)

    def skip(self, run_id: str, step_id: str, reason: SkipReason) -> Done | Refusal:
        """Leave a step out."""
        return checklists.skip(self._desk, self._actor, run_id, step_id, reason)

    def undo(self, run_id: str, step_id: str, reason: UndoReason) -> Done | Refusal:
        """Take one entry back."""
        return checklists.undo(self._desk, self._actor, run_id, step_id, reason)

    def end(self, run_id: str, *, withdraw: bool = False) -> Done | Refusal:
        """End a run that was started by hand."""
        return checklists.end(self._desk, self._actor, run_id, withdraw=withdraw)
