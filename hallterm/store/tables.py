"""Tables of the log and the read tables. Persons have a room of their own."""

from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, SQLModel


class StreamHead(SQLModel, table=True):
    """The last place given out in each stream."""

    __tablename__ = "stream_head"

    stream: str = Field(primary_key=True)
    seq: int = 0
    epoch: int = 1
    """Grows when the stream's home is restored from a backup."""


class LoggedEvent(SQLModel, table=True):
    """One fact of the log. Rows are only ever added."""

    __tablename__ = "event"
    __table_args__ = (
        sa.Index("event_chain", "device", "device_seq", sqlite_where=sa.text("device_seq > 0")),
    )

    stream: str = Field(primary_key=True)
    seq: int = Field(primary_key=True)
    id: str
    aggregate: str
    aggregate_id: str = Field(index=True)
    type: str
    version: int
    actor: str
    device: str
    at_ms: int
    """Adjusted time, milliseconds since the epoch."""
    payload: str
    """JSON of the event's fields."""
    epoch: int = 1
    command_id: str | None = None
    """Id of the command that it answers; the same for all its events."""
    device_seq: int | None = None
    """Place in the device's own chain of commands."""
    device_hash: str | None = None
    """Hash over the device's previous hash and this command."""


class TicketRecord(SQLModel, table=True):
    """Read table: tickets of every day."""

    __tablename__ = "ticket"

    id: str = Field(primary_key=True)
    day: str = Field(index=True)
    number: str
    tier: str
    state: str
    person_id: str | None = Field(default=None, index=True)
    counter_id: str | None = None
    staff_id: str | None = None
    shown_ms: int
    started_ms: int | None = None
    closed_ms: int | None = None
    document: str
    """The whole ticket as JSON."""


class ReceptionRecord(SQLModel, table=True):
    """Read table: receptions of every day."""

    __tablename__ = "reception"

    ticket_id: str = Field(primary_key=True)
    day: str = Field(index=True)
    state: str
    receiver: str | None = None
    document: str


class ChecklistRunRecord(SQLModel, table=True):
    """Read table: runs of checklists of every day."""

    __tablename__ = "checklist_run"

    id: str = Field(primary_key=True)
    ticket_id: str | None = Field(default=None, index=True)
    template_id: str
    digest: str
    day: str = Field(index=True)
    ended_day: str | None = Field(default=None, index=True)
    """Business day on which it ended; None while it goes on."""
    document: str


class ChecklistVersionRecord(SQLModel, table=True):
    """Read table: every version of a checklist that was used."""

    __tablename__ = "checklist_version"

    digest: str = Field(primary_key=True)
    document: str


class CallBackRecord(SQLModel, table=True):
    """Read table: call-backs of every day."""

    __tablename__ = "call_back"

    id: str = Field(primary_key=True)
    ticket_id: str = Field(index=True)
    day: str = Field(index=True)
    """Business day of the promise."""
    state: str
    staff_id: str
    due_ms: int
    closed_day: str | None = Field(default=None, index=True)
    """Business day on which it ended; None while somebody still has to call."""
    document: str


class AppointmentRecord(SQLModel, table=True):
    """Read table: appointments of every day."""

    __tablename__ = "appointment"

    id: str = Field(primary_key=True)
    day: str = Field(index=True)
    """Business day of the slot."""
    at_ms: int
    state: str
    person_id: str = Field(index=True)
    ticket_id: str | None = None
    origin: str | None = Field(default=None, index=True)
    ended_day: str | None = Field(default=None, index=True)
    """Business day on which it ended; None while the customer is expected."""
    document: str


class ErrandRecord(SQLModel, table=True):
    """Read table: visits and deliveries to customers."""

    __tablename__ = "errand"

    id: str = Field(primary_key=True)
    begins_ms: int = Field(index=True)
    state: str
    person_id: str = Field(index=True)
    goes: str | None = None
    origin: str | None = Field(default=None, index=True)
    ended_day: str | None = Field(default=None, index=True)
    """Business day on which it ended; None while it goes on."""
    document: str


class RequestRecord(SQLModel, table=True):
    """Read table: special requests, open and closed."""

    __tablename__ = "request"

    id: str = Field(primary_key=True)
    serial: int = Field(index=True)
    number: str = Field(index=True)
    state: str = Field(index=True)
    person_id: str = Field(index=True)
    ticket_id: str | None = Field(default=None, index=True)
    holder_role: str | None = None
    """None when it is closed; so for the next."""
    holder_id: str | None = None
    """工号; None with a role: whoever of the office takes it."""
    owner: str
    opened_ms: int
    closed_ms: int | None = Field(default=None, index=True)
    seq: int
    """Place of the last event about it in the company's stream."""
    document: str


class DisputeRecord(SQLModel, table=True):
    """Read table: reports that contradict what others said."""

    __tablename__ = "dispute"

    id: str = Field(primary_key=True)
    stream: str
    """hall or company."""
    matter_id: str = Field(index=True)
    settled_day: str | None = Field(default=None, index=True)
    document: str


class DutyRecord(SQLModel, table=True):
    """Read table: who sits at each counter."""

    __tablename__ = "counter_duty"

    counter_id: str = Field(primary_key=True)
    staff_id: str | None = None
    document: str


class HallRecord(SQLModel, table=True):
    """Read table: the open day, numbers given out, customers called."""

    __tablename__ = "hall_state"

    stream: str = Field(primary_key=True)
    document: str


class DayRecord(SQLModel, table=True):
    """Read table: business days."""

    __tablename__ = "business_day"

    day: str = Field(primary_key=True)
    opened_ms: int
    closed_ms: int | None = None


class CompanyRecord(SQLModel, table=True):
    """Read table: profile, counters as set up, accounts; one row each."""

    __tablename__ = "company"

    kind: str = Field(primary_key=True)
    id: str = Field(primary_key=True)
    document: str


class StaffRecord(SQLModel, table=True):
    """What a person of the staff is called, and the hash of the PIN. Not in the log."""

    __tablename__ = "staff_record"

    staff_id: str = Field(primary_key=True)
    name: str
    pin_hash: str
    """argon2id, with its parameters."""
    public_key: str = Field(default="", sa_column_kwargs={"server_default": ""})
    """Ed25519, base64; empty until the person has signed in once since there are keys."""
    sealed_key: str = Field(default="", sa_column_kwargs={"server_default": ""})
    """The private half under a key made from the PIN; see `desk.signatures`."""
    former_key: str = Field(default="", sa_column_kwargs={"server_default": ""})
    key_since_ms: int = Field(default=0, sa_column_kwargs={"server_default": "0"})


class LearntRecord(SQLModel, table=True):
    """What was learnt from the days before: worked out once a day, for all processes.

    Not a read table: it depends on the operator's files, too, and can always be made again.
    """

    __tablename__ = "learnt"

    key: str = Field(primary_key=True)
    """Names the days and the settings that it was learnt from."""
    document: str


class StrangerRecord(SQLModel, table=True):
    """Wrong tries at accounts that aren't there. Not in the log: it says nothing of the hall."""

    __tablename__ = "stranger"

    staff_id: str = Field(primary_key=True)
    """As typed."""
    wrong: int
    locked_until_ms: int = 0
    last_ms: int


def table_of(model: Any) -> sa.Table:  # noqa: ANN401 - SQLModel's classes have no type for it
    """Return the SQLAlchemy table of a SQLModel class."""
    table: sa.Table = model.__table__
    return table
