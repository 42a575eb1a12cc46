"""What screens and the command line show of receptions and checklists: plain values."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from hallterm.desk.views import Clock
from hallterm.domain.checklist.words import Asks, DoneBy, RunEnd, SkipReason, StepKind
from hallterm.domain.counter.state import CounterKind
from hallterm.domain.errand.words import ErrandKind
from hallterm.domain.reception.words import CloseReason, ReceptionState
from hallterm.domain.ticket.promise import Verdict
from hallterm.domain.ticket.words import Outcome, Rating, TicketState
from hallterm.domain.tiers import Grade


@dataclass(frozen=True, slots=True)
class StaffName:
    """A member of staff as shown: 工号 and name."""

    staff_id: str
    name: str
    """Empty when unknown."""


@dataclass(frozen=True, slots=True)
class ReceptionRow:
    """One reception as the receiver's, the board's and the manager's screens show it."""

    ticket_id: str
    number: str
    grade: Grade | None
    customer: str
    """Masked name and number, or empty."""
    state: ReceptionState
    clock: Clock
    """The five minutes: identity shown → received (S0); stands until somebody has the customer."""
    service: Clock
    """Identity shown → service begun."""
    ticket_state: TicketState
    asked: tuple[StaffName, ...]
    """Who is asked now."""
    asked_since: float
    """Seconds since the epoch."""
    for_me: bool
    """The viewer is asked and nobody has answered: ring."""
    mine: bool
    """The viewer has the customer."""
    receiver: StaffName | None
    place: str
    """Where the customer was led; empty: not yet."""
    steps_done: int
    steps_asked: int
    """Required steps, those done or skipped included."""
    next_step: str
    """Title of the first required step that is open; empty without one."""


@dataclass(frozen=True, slots=True)
class ChoiceRow:
    """One answer to a step."""

    choice_id: str
    title: str
    chosen: bool
    due_minutes: int | None
    books: bool = False
    """Choosing it asks for the customer's next appointment first."""


@dataclass(frozen=True, slots=True)
class StepRow:
    """One step of a run."""

    step_id: str
    title: str
    kind: StepKind
    required: bool
    say: str
    hint: str
    choices: tuple[ChoiceRow, ...]
    remember: str
    source: str
    done: bool
    skipped: SkipReason | None
    late: bool
    asks: Asks | None
    """What is asked for when the step is done; None: nothing."""
    done_by: DoneBy | None
    """What ticks it by itself; None: only a person does."""
    came_by_itself: bool
    """Its entry did; a person may still answer otherwise."""
    who: StaffName | None
    """Who ticked or skipped it; None while it is open."""
    happened: float | None
    """Seconds since the epoch."""
    entered: float | None
    undoable: bool
    """The viewer may take the entry back."""

    @property
    def is_open(self) -> bool:
        """Whether it is neither done nor skipped."""
        return not self.done and self.skipped is None

    @property
    def is_to_answer(self) -> bool:
        """Whether a person may answer it now."""
        return self.is_open or (self.came_by_itself and bool(self.choices))


@dataclass(frozen=True, slots=True)
class ChecklistView:
    """A run of a checklist as it stands. Steps that are not asked for here are left out."""

    run_id: str
    template_id: str
    title: str
    source: str
    ticket_id: str | None
    steps: tuple[StepRow, ...]
    required_open: int
    started: float
    started_by: StaffName
    ended: RunEnd | None
    due: float | None
    """Time limit that an answer has set, seconds since the epoch; None: none, or over."""
    newer: bool
    """The file has changed since it began; this run keeps its version."""


@dataclass(frozen=True, slots=True)
class Told:
    """An answer that an earlier run wanted remembered for this customer."""

    name: str
    """What it is called, such as 介绍过."""
    choice: str
    at: datetime
    """Hall's local time."""
    ticket_id: str


@dataclass(frozen=True, slots=True)
class ReceptionPage:
    """All that the checklist screen of a reception shows."""

    row: ReceptionRow
    checklist: ChecklistView | None
    told: tuple[Told, ...]
    """At earlier visits, the latest first."""
    undoable: str
    """Words of what undo would take back; empty when there is nothing."""


class PlaceState(StrEnum):
    """Whether a customer can be led there."""

    FREE = "free"
    BUSY = "busy"
    PAUSED = "paused"
    UNSTAFFED = "unstaffed"
    SEAT = "seat"
    """A seat in the hall; always there."""


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A place to which the customer can be led; the best one first."""

    counter_id: str | None
    """None: a seat in the hall."""
    number: int | None
    name: str
    kind: CounterKind | None
    state: PlaceState
    taken_by: str
    """Number of the ticket that is there; empty without one."""


@dataclass(frozen=True, slots=True)
class StepLine:
    """One step on the summary card."""

    title: str
    done: bool
    skipped: SkipReason | None
    late: bool
    answers: tuple[str, ...]
    who: str
    """工号; empty when it was left open."""
    happened: datetime | None
    """Hall's local time."""


@dataclass(frozen=True, slots=True)
class MoveLine:
    """One thing that happened to a reception: what, who, when, from where."""

    event: str
    """Type of the event; `hallterm.words.actions.action_word` names it."""
    state: ReceptionState
    at: datetime
    """Hall's local time."""
    staff_id: str
    device: str
    detail: str


@dataclass(frozen=True, slots=True)
class Arranged:
    """What was agreed on at a visit and is still to come."""

    kind: ErrandKind | None
    """A visit or a delivery; None: an appointment in the hall."""
    begins: datetime
    """Hall's local time."""
    business: str


@dataclass(frozen=True, slots=True)
class ReceptionSummary:
    """The card after the visit (接待小结)."""

    ticket_id: str
    number: str
    day: date
    grade: Grade | None
    person_id: str | None
    customer: str
    state: ReceptionState
    close_reason: CloseReason | None
    receiver: StaffName | None
    """Who stopped the five minutes."""
    shown: datetime
    """Identity shown, hall's local time."""
    received: datetime | None
    received_s: float | None
    """Seconds from identity shown to received; None: never."""
    reception_budget_s: int
    received_in_time: bool | None
    """None: not decided, or left while there was time."""
    service_s: float | None
    """Seconds from identity shown to service begun; None: never."""
    service_budget_s: int
    service: Verdict
    closed: datetime | None
    place: str
    businesses: tuple[str, ...]
    outcome: Outcome | None
    rating: Rating | None
    steps: tuple[StepLine, ...]
    remembered: tuple[tuple[str, tuple[str, ...]], ...]
    """Name, such as 介绍过 → answers."""
    arranged: tuple[Arranged, ...]
    """By time."""
    moves: tuple[MoveLine, ...]

    @property
    def skipped(self) -> tuple[StepLine, ...]:
        """Steps left out with a reason."""
        return tuple(step for step in self.steps if step.skipped)

    @property
    def late(self) -> tuple[StepLine, ...]:
        """Steps entered late."""
        return tuple(step for step in self.steps if step.late)


@dataclass(frozen=True, slots=True)
class ReceptionFigures:
    """Receptions of a hall or of one receiver in numbers."""

    receptions: int
    received: int
    received_in_time: int
    """In the five minutes (S0)."""
    not_in_time: int
    """Received later, or gone unreceived after the five minutes."""
    served: int
    served_in_time: int
    """In the ten minutes (S0 §1.4)."""
    seen_off: int
    steps_done: int
    late: int
    """Steps entered late."""
    skipped: tuple[tuple[str, SkipReason, int], ...]
    """Step, reason, how often; the most frequent first."""
