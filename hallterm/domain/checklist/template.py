"""What an operator's checklist file says, checked."""

from datetime import time
from hashlib import sha256

from pydantic import Field

from hallterm.domain.checklist.words import Asks, DoneBy, StartsWith, StepKind
from hallterm.domain.frozen import Frozen
from hallterm.domain.roles import Role
from hallterm.domain.ticket.words import Outcome
from hallterm.domain.tiers import Grade, Tier

ID = r"^[a-z][a-z0-9_]*$"


class Choice(Frozen):
    """One answer to a step."""

    id: str = Field(pattern=ID)
    title: str = Field(min_length=1, max_length=24)
    due_minutes: int | None = Field(default=None, ge=1, le=20160)
    """Choosing it sets a time limit from the moment it happened, minutes (限时报修)."""
    books: bool = False
    """Choosing it asks for the customer's next appointment (预约) first."""
    outcomes: tuple[Outcome, ...] = ()
    """With `done_by` of the step: a service that ended like this is answered with it."""


class Condition(Frozen):
    """When a step is asked for. Everything that is given must hold."""

    tiers: tuple[Tier, ...] = ()
    grades: tuple[Grade, ...] = ()
    businesses: tuple[str, ...] = ()
    """The visit has at least one of these businesses."""
    agent: bool | None = None
    """Whether somebody came on behalf of the customer (经办人)."""
    group: bool | None = None
    """Whether it is a group customer (集团)."""
    step: str | None = None
    """An earlier step that was answered with one of `choices`."""
    choices: tuple[str, ...] = ()


class Step(Frozen):
    """One thing to do."""

    id: str = Field(pattern=ID)
    title: str = Field(min_length=1, max_length=24)
    kind: StepKind = StepKind.TICK
    required: bool = True
    """A required step is ticked, or skipped with a reason."""
    say: str = Field(default="", max_length=200)
    """Words to say to the customer."""
    hint: str = Field(default="", max_length=200)
    """What to mind."""
    choices: tuple[Choice, ...] = Field(default=(), max_length=20)
    remember: str = Field(default="", max_length=24)
    """Name under which the answer is shown at the customer's next visit; empty: not at all."""
    asks: Asks | None = None
    """What is asked for when the step is done; None: nothing."""
    done_by: DoneBy | None = None
    """What ticks it without anybody's key; a person may still do it first."""
    when: Condition | None = None
    source: str = ""


class Attachment(Frozen):
    """Where a checklist belongs; what is left empty fits everything."""

    tiers: tuple[Tier, ...] = ()
    businesses: tuple[str, ...] = ()
    roles: tuple[Role, ...] = ()
    """Who is offered it."""
    opens: time | None = None
    """Offered from this local time on …"""
    closes: time | None = None
    """… until this one, without it."""


class ChecklistTemplate(Frozen):
    """One checklist."""

    id: str = Field(pattern=ID)
    title: str = Field(min_length=1, max_length=24)
    source: str = Field(min_length=1)
    """Document and paragraph it follows, such as ``S0``."""
    starts: StartsWith = StartsWith.HAND
    attach: Attachment = Attachment()
    steps: tuple[Step, ...] = Field(min_length=1, max_length=40)

    def step(self, step_id: str) -> Step | None:
        """Return a step."""
        return next((step for step in self.steps if step.id == step_id), None)

    @property
    def digest(self) -> str:
        """Version: the same words give the same digest, whatever the file's layout."""
        return sha256(self.model_dump_json().encode()).hexdigest()[:16]
