"""Tables that only a hub fills: whom it lets in. None of them is ever in a snapshot."""

from sqlmodel import Field, SQLModel


class HubSecretRow(SQLModel, table=True):
    """A secret of the hub's own, such as the key under its tokens."""

    __tablename__ = "hub_secret"

    name: str = Field(primary_key=True)
    value: str


class HubCodeRow(SQLModel, table=True):
    """An enrolment code that was given out."""

    __tablename__ = "hub_code"

    digest: str = Field(primary_key=True)
    """SHA-256 of its secret half."""
    hall: str
    """Id of the hall whose terminal it lets in."""
    expires_ms: int
    device: str | None = None
    """Who used it."""


class HubDeviceRow(SQLModel, table=True):
    """A terminal that was enrolled."""

    __tablename__ = "hub_device"

    id: str = Field(primary_key=True)
    hall: str
    public_key: str
    lane: int
    """Number that no other terminal of the hub has; see `SyncLinkRow.lane`."""
    enrolled_ms: int
    family: str
    """Names the line of its refresh tokens."""
    generation: int = 1
    """Of the newest tokens given out."""
    used: bool = False
    """Whether the newest ones were shown, so that those before are used up."""
    revoked_ms: int | None = None
    revoked_why: str = ""
    """by_hand, or token_reused when a used refresh token was shown again."""


class HubCursorRow(SQLModel, table=True):
    """How far a terminal has taken a stream in, by the last place that it asked from."""

    __tablename__ = "hub_cursor"

    device: str = Field(primary_key=True)
    stream: str = Field(primary_key=True)
    seq: int
    at_ms: int


class HubAsideRow(SQLModel, table=True):
    """A command of a revoked terminal: kept for a manager to look at, never applied."""

    __tablename__ = "hub_aside"

    id: str = Field(primary_key=True)
    """The command's."""
    device: str = Field(index=True)
    received_ms: int
    bytes: int
    envelope: str
    """JSON, with the personal data beside it."""
