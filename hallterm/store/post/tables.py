"""Tables of the post room."""

from sqlmodel import Field, SQLModel


class OfficeSecretRow(SQLModel, table=True):
    """The private half of an office's key. Its public half is a fact of the log."""

    __tablename__ = "office_secret"

    key_id: str = Field(primary_key=True)
    secret: str
    """64 hexadecimal digits."""
    made_ms: int


class SealedFormRow(SQLModel, table=True):
    """A form as an office has approved it; never changed afterwards."""

    __tablename__ = "sealed_form"

    request_id: str = Field(primary_key=True)
    version: int = Field(primary_key=True)
    """Version of the form."""
    digest: str = Field(primary_key=True)
    """SHA-256 over the canonical order: one sent on to another hall is sealed anew."""
    number: str = Field(index=True)
    order_json: str
    """The order as JSON, from which its canonical bytes are made."""
    customer_json: str | None = None
    """The whole customer; None once the person was erased."""
    seal_json: str
    sealed_ms: int


class LetterRow(SQLModel, table=True):
    """One letter to one recipient, made once."""

    __tablename__ = "letter"

    id: str = Field(primary_key=True)
    """Made of the fact it follows from and the recipient's office: never twice."""
    fact_seq: int
    """Place of this fact in the company stream."""
    request_id: str = Field(index=True)
    number: str
    purpose: str
    """Type of the fact."""
    office: str
    """To whom, as the offices' file names them."""
    message_id: str = Field(unique=True)
    recipient: str
    """Empty while the office has no address."""
    message: bytes | None = None
    state: str = Field(index=True)
    """See `spool.LetterState`."""
    attempts: int = 0
    due_ms: int
    """Not before this moment."""
    lease: str | None = None
    """Who is giving it to the server now."""
    lease_ms: int | None = None
    """Until when."""
    said: str = ""
    """What the server said last."""
    made_ms: int
    ended_ms: int | None = None


class ReceivedRow(SQLModel, table=True):
    """A letter or fax that came in."""

    __tablename__ = "received"

    id: str = Field(primary_key=True)
    """Message-ID of a letter, digest of a fax: taken once."""
    kind: str
    """mail or fax."""
    digest: str
    """Of the attachment that holds it."""
    sender: str = ""
    subject: str = ""
    number: str = ""
    """Number of the form it was matched with; empty while it wasn't."""
    request_id: str | None = Field(default=None, index=True)
    verdict: str
    """See `evidence.Verdict`."""
    at_ms: int
    reported: bool = False
    """The request knows of it as a confirmation."""


class AttachmentRow(SQLModel, table=True):
    """A file by its digest: letters, faxes, forms. Encrypted as all of the store is."""

    __tablename__ = "attachment"

    digest: str = Field(primary_key=True)
    """SHA-256, hexadecimal."""
    media: str
    content: bytes
    about: str | None = Field(default=None, index=True)
    """Request it belongs to."""
    kept_ms: int


class EvidenceViewRow(SQLModel, table=True):
    """Somebody took a letter or fax out to look at it."""

    __tablename__ = "evidence_view"

    id: int | None = Field(default=None, primary_key=True)
    digest: str = Field(index=True)
    """Of the file; what it held may be erased since."""
    staff_id: str
    device: str
    at_ms: int


class PostCursorRow(SQLModel, table=True):
    """How far the log was read for letters and faxes to make."""

    __tablename__ = "post_cursor"

    stream: str = Field(primary_key=True)
    seq: int


class FaxRow(SQLModel, table=True):
    """A fax page made for the fax server's folder, once for each signed form."""

    __tablename__ = "fax"

    id: str = Field(primary_key=True)
    """Id of the fact it follows from."""
    request_id: str = Field(index=True)
    number: str
    target: str
    """Telephone number of the hall's fax; may be empty."""
    page: bytes
    """TIFF."""
    state: str
    """waiting or filed."""
    said: str = ""
    made_ms: int
    filed_ms: int | None = None


MODELS = (
    OfficeSecretRow,
    SealedFormRow,
    LetterRow,
    ReceivedRow,
    AttachmentRow,
    PostCursorRow,
    FaxRow,
    EvidenceViewRow,
)
