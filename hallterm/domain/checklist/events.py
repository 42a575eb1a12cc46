"""What can happen to a checklist's run."""

from datetime import date, datetime
from typing import ClassVar

from hallterm.domain.checklist.template import ChecklistTemplate
from hallterm.domain.checklist.words import DoneBy, RunEnd, SkipReason
from hallterm.domain.frozen import Frozen
from hallterm.domain.stream import Event
from hallterm.domain.ticket.words import UndoReason


class ChecklistPublished(Event):
    """A version of a checklist was used for the first time.

    Each version is in the log once and runs name it by its digest: steps and words are some
    kilobytes, and a hall starts a run with every VIP.
    """

    type: ClassVar[str] = "checklist_published"
    aggregate: ClassVar[str] = "checklist_version"
    digest: str
    template: ChecklistTemplate

    @property
    def aggregate_id(self) -> str:
        """The version."""
        return self.digest


class ChecklistEvent(Event):
    """Something that happened to one run."""

    aggregate: ClassVar[str] = "checklist"
    run_id: str

    @property
    def aggregate_id(self) -> str:
        """Id of the run."""
        return self.run_id


class ChecklistStarted(ChecklistEvent):
    """A run began; it keeps this version whatever becomes of the file."""

    type: ClassVar[str] = "checklist_started"
    template_id: str
    digest: str
    day: date
    ticket_id: str | None


class Ticked(Frozen):
    """One step as it was entered."""

    step_id: str
    choices: tuple[str, ...] = ()
    happened_at: datetime
    late: bool = False
    """Entered longer after it happened than the hall's limit."""
    by: DoneBy | None = None
    """What ticked it by itself; None: the actor did."""


class StepsTicked(ChecklistEvent):
    """Steps were done."""

    type: ClassVar[str] = "steps_ticked"
    steps: tuple[Ticked, ...]


class StepSkipped(ChecklistEvent):
    """A step was left out."""

    type: ClassVar[str] = "step_skipped"
    step_id: str
    reason: SkipReason


class StepUndone(ChecklistEvent):
    """An entry was taken back."""

    type: ClassVar[str] = "step_undone"
    step_id: str
    reason: UndoReason


class ChecklistEnded(ChecklistEvent):
    """The run is over."""

    type: ClassVar[str] = "checklist_ended"
    end: RunEnd


class ChecklistReopened(ChecklistEvent):
    """An ended run goes on, because what it was for goes on."""

    type: ClassVar[str] = "checklist_reopened"
