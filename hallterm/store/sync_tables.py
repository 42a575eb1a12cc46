"""Tables of sync: a terminal's outbox and what lies under it, a home's chains of devices."""

from sqlmodel import Field, SQLModel


class SyncLinkRow(SQLModel, table=True):
    """The one row of a terminal that follows a home; none where the store is its own home."""

    __tablename__ = "sync_link"

    id: int = Field(default=1, primary_key=True)
    device: str
    hall: str
    """Id of the hall whose stream is followed."""
    lane: int = 1
    """Ends the numbers given when cut off and out of lent ones; no other terminal has it."""
    epoch: int = 1
    device_seq: int = 0
    """Last place of the own chain."""
    device_hash: str = ""
    """Digest of the envelope there."""
    acknowledged: int = 0
    """Last place of the own chain that the home is known to have."""
    generation: int = 0
    """Grows whenever pending commands were decided again."""


class OutboxRow(SQLModel, table=True):
    """A command that is not a fact yet."""

    __tablename__ = "outbox"

    device_seq: int = Field(primary_key=True)
    command_id: str = Field(unique=True)
    at_ms: int
    envelope: str
    """JSON, with the personal data beside it."""
    events: str
    """JSON list of what it gives here on top of the facts: [stream, type, payload] each."""
    refused: bool = False
    """Decided again here and refused; its home has the last word."""


class PendingBeforeRow(SQLModel, table=True):
    """A row as the facts alone make it, kept while pending commands have changed it."""

    __tablename__ = "pending_before"
    __table_args__ = {"sqlite_with_rowid": False}

    table_name: str = Field(primary_key=True)
    key: str = Field(primary_key=True)
    """JSON list of the key's values."""
    row: str | None = None
    """JSON object; None: there was no such row."""


class DeviceChainRow(SQLModel, table=True):
    """At a home: how far it has each device's chain."""

    __tablename__ = "device_chain"

    device: str = Field(primary_key=True)
    seq: int
    digest: str
