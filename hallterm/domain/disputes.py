"""Reports that contradict what others said: kept, marked, and settled by a manager (争议).

A report says what has happened and is never refused. Where the hall's stream cannot take it as it
is, because somebody else was first, it stands here with who, when and what until a manager has
looked at it.
"""

from datetime import date, datetime
from typing import Any, ClassVar

from pydantic import Field

from hallterm.domain.frozen import Frozen
from hallterm.domain.refusal import Refusal
from hallterm.domain.roles import MANAGERS, Role
from hallterm.domain.stream import Command, Event, Fact, StreamKind


class SettleDispute(Command):
    """A manager has looked at it; nothing is open any more (处理争议)."""

    allowed: ClassVar[frozenset[Role]] = MANAGERS
    dispute_id: str


class SettleCompanyDispute(SettleDispute):
    """The same for a report to the company's stream."""

    stream: ClassVar[StreamKind] = "company"


class DisputeEvent(Event):
    """Something that happened to a disputed report."""

    aggregate: ClassVar[str] = "dispute"
    dispute_id: str
    """Id of the command that reported it."""

    @property
    def aggregate_id(self) -> str:
        """Id of the dispute."""
        return self.dispute_id


class ReportDisputed(DisputeEvent):
    """A report contradicts what the stream says."""

    type: ClassVar[str] = "report_disputed"
    matter_id: str
    """Id of the ticket, run or counter that it is about."""
    command: str
    """Name of the command's class."""
    code: str
    """Why it would have been refused."""
    args: dict[str, str | int]
    stands: bool
    """Whether what was reported was done all the same, such as a started service."""


class DisputeSettled(DisputeEvent):
    """A manager has looked at it."""

    type: ClassVar[str] = "dispute_settled"


class CompanyReportDisputed(ReportDisputed):
    """The same in the company's stream, such as evidence for a request withdrawn meanwhile."""

    type: ClassVar[str] = "company_report_disputed"
    stream: ClassVar[StreamKind] = "company"


class CompanyDisputeSettled(DisputeSettled):
    """A manager has looked at it."""

    type: ClassVar[str] = "company_dispute_settled"
    stream: ClassVar[StreamKind] = "company"


class Dispute(Frozen):
    """One disputed report."""

    id: str
    matter_id: str
    command: str
    code: str
    args: dict[str, str | int]
    stands: bool
    reported_at: datetime
    staff_id: str
    device: str
    settled_by: str | None = None
    settled_at: datetime | None = None
    settled_day: date | None = None
    """Business day on which it was settled; None while it is open."""


def disputed(fact: Fact, event: ReportDisputed) -> Dispute:
    """Return the new dispute."""
    return Dispute(
        id=event.dispute_id,
        reported_at=fact.at,
        staff_id=fact.actor,
        device=fact.device,
        **event.model_dump(exclude={"dispute_id"}),
    )


def settled(dispute: Dispute, fact: Fact, day: date | None) -> Dispute:
    """Return the dispute after a manager has looked at it; day: the hall's last one."""
    told = {"settled_by": fact.actor, "settled_at": fact.at, "settled_day": day}
    return dispute.model_copy(update=told)


class CommandSettled(Event):
    """A command of a terminal that gave no other event: refused, or nothing was left to do."""

    aggregate: ClassVar[str] = "command"
    type: ClassVar[str] = "command_settled"
    command_id: str
    command: str
    code: str = ""
    """Why it was refused; empty when there was nothing to do."""
    args: dict[str, str | int] = Field(default_factory=dict)

    @property
    def aggregate_id(self) -> str:
        """Id of the command."""
        return self.command_id

    @property
    def refusal(self) -> Refusal | None:
        """Why it was refused."""
        return Refusal(self.code, dict(self.args)) if self.code else None


class CompanyCommandSettled(CommandSettled):
    """The same in the company stream."""

    type: ClassVar[str] = "company_command_settled"
    stream: ClassVar[StreamKind] = "company"


def command_settled(
    stream: StreamKind, command: str, command_id: str, refusal: Refusal | None
) -> CommandSettled:
    """Return how a command without events of its own ended; command: name of its class."""
    kind = CommandSettled if stream == "hall" else CompanyCommandSettled
    told: dict[str, Any] = {"code": refusal.code, "args": plain(refusal)} if refusal else {}
    return kind(command_id=command_id, command=command, **told)


def plain(refusal: Refusal) -> dict[str, str | int]:
    """Return a refusal's arguments as the log keeps them."""
    args = refusal.args.items()
    return {name: value if isinstance(value, int) else str(value) for name, value in args}
