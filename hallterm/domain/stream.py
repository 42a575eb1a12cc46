"""Commands, events and facts: what is wanted, what happened, and where that stands in a log."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Literal

from hallterm.domain.frozen import Frozen
from hallterm.domain.roles import EVERYBODY, Role

StreamKind = Literal["hall", "company"]
"""Which log an aggregate's events stand in: the hall's own, or the company's."""

CommandKind = Literal["claim", "report"]
"""A claim wants something and can lose it to another terminal; a report says what has happened
and is kept whatever others have said meanwhile."""


class Command(Frozen):
    """What a person or a device wants."""

    stream: ClassVar[StreamKind] = "hall"
    says: ClassVar[CommandKind] = "claim"
    allowed: ClassVar[frozenset[Role]] = EVERYBODY
    """Roles that may give this command; the domain refuses everybody else."""
    opens_day: ClassVar[bool] = True
    """Whether the business day begins with it, when that is due."""


class Event(Frozen):
    """Something that happened. Never holds a name, number or free words about a person."""

    type: ClassVar[str]
    """Stable name in the log, such as ``ticket_called``."""
    aggregate: ClassVar[str]
    """Kind of thing it happened to: ticket, counter, day, staff, person …"""
    stream: ClassVar[StreamKind] = "hall"
    version: ClassVar[int] = 1
    """Shape of the payload; grows when fields change."""

    @property
    def aggregate_id(self) -> str:
        """Id of the one thing it happened to."""
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class Fact:
    """An event with its place in a stream."""

    seq: int
    """1 for the first of the stream; no gaps."""
    id: str
    """UUIDv7, made by whoever gave the command."""
    at: datetime
    """Adjusted time, aware, UTC."""
    actor: str
    """工号, or the name of a device."""
    device: str
    event: Event
