"""Tables of the person records. The only place in the store where a person is named."""

from sqlmodel import Field, SQLModel


class PersonRow(SQLModel, table=True):
    """One person's record as it stands. A field at its default is NULL, which keeps rows short."""

    __tablename__ = "person"

    row: int | None = Field(default=None, primary_key=True)
    """Number of the row; what the search keys point to."""
    person_id: str = Field(unique=True)
    version: int
    kind: str | None = None
    name: str | None = None
    phone: str | None = None
    vip_card: str | None = None
    id_number: str | None = None
    tier: str | None = None
    grade: str | None = None
    account_manager: str | None = None
    brand: str | None = None
    home: str | None = None
    group_member: bool | None = None
    special: bool | None = None
    contact: str | None = None
    notes: str | None = None
    consent_at: int | None = None
    """Milliseconds since the epoch."""
    consent_way: str | None = None
    consent_purpose: str | None = None
    recorded_ms: int
    recorded_by: str
    changed_ms: int | None = None
    changed_by: str | None = None


class PersonVersionRow(SQLModel, table=True):
    """What a record held before one of its changes."""

    __tablename__ = "person_version"
    __table_args__ = {"sqlite_with_rowid": False}

    row: int = Field(primary_key=True)
    version: int = Field(primary_key=True)
    """Version that the change made; 2 for the first change."""
    at_ms: int
    actor: str
    previous: str
    """JSON object: values before, by name of changed field."""


class PersonKeyRow(SQLModel, table=True):
    """One way to find a person. Sorted by kind, rank and text: a list comes out VIP first."""

    __tablename__ = "person_key"
    __table_args__ = {"sqlite_with_rowid": False}

    kind: int = Field(primary_key=True)
    """See `keys.KeyKind`."""
    rank: int = Field(primary_key=True)
    text: str = Field(primary_key=True)
    row: int = Field(primary_key=True)


class PersonDueRow(SQLModel, table=True):
    """An imported record whose name keys are not written yet; see `bulk`."""

    __tablename__ = "person_due"

    row: int | None = Field(default=None, primary_key=True)


class PersonTombstoneRow(SQLModel, table=True):
    """A record that was erased; applied again after every restore (S2)."""

    __tablename__ = "person_tombstone"

    person_id: str = Field(primary_key=True)
    at_ms: int
    actor: str
    scrubbed: bool = Field(default=False, sa_column_kwargs={"server_default": "0"})
    """Whether the bytes are gone from the files as well; see `erasing.scrub`."""


class NoteRow(SQLModel, table=True):
    """Free words about a person or a matter, under the id that the log holds."""

    __tablename__ = "note"
    __table_args__ = {"sqlite_with_rowid": False}

    id: str = Field(primary_key=True)
    person_id: str | None = Field(default=None, index=True)
    about: str = Field(index=True)
    command_id: str = Field(index=True)
    """Id of the command that brought it."""
    text: str
    at_ms: int
    actor: str


class PersonConflictRow(SQLModel, table=True):
    """A change that was kept aside, as others had changed the same fields meanwhile."""

    __tablename__ = "person_conflict"

    change_id: str = Field(primary_key=True)
    person_id: str = Field(index=True)
    fields: str
    """JSON object: the values that were to hold, by name of field."""
    at_ms: int
    actor: str
