"""What requests, their commands and their events are made of."""

from datetime import datetime
from enum import StrEnum

from pydantic import Field

from hallterm.domain.frozen import Frozen
from hallterm.domain.request.words import (
    Confirmation,
    DeclineReason,
    Mood,
    Proof,
    RequestState,
    ReturnReason,
    Superior,
    VisitKind,
)
from hallterm.domain.roles import Role

NoteId = str
"""Id of a note in the notes room; the words themselves never stand in the log."""
REFERENCE_PATTERN = r"^[A-Za-z0-9._-]{1,64}$"
"""What a piece of evidence is called: id of a mail, a fax or a note; never a name of a file."""


class Verdict(StrEnum):
    """What somebody decided (决定)."""

    GRANTED = "granted"
    DECLINED = "declined"
    HAND_OVER = "hand_over"
    """(a) 客户经理 takes it over."""
    AUTHORISE = "authorise"
    """(b) The hall may act."""
    BEYOND = "beyond"
    """(c) Beyond 客户经理's authority, too."""
    APPROVED = "approved"
    REFUSED = "refused"
    RETURNED = "returned"


class ByPhone(Frozen):
    """A decision that somebody gave by phone and somebody else writes down."""

    decider: str | None = None
    """工号; None for somebody without an account: then the words say who."""
    words: NoteId
    """What was said, and by whom."""
    said_at: datetime


class Ruling(Frozen):
    """One decision: what, by whom, in which role, and how it came into the system."""

    id: str
    verdict: Verdict
    role: Role
    """The role in which it was decided; a deputy decides in his own."""
    decider: str | None
    """工号; None: by phone, by somebody without an account."""
    by_phone: bool = False
    said_at: datetime
    reason: DeclineReason | ReturnReason | None = None
    terms: NoteId | None = None
    """What was decided, or the words said by phone."""


class Decision(Frozen):
    """A ruling as the request keeps it."""

    ruling: Ruling
    state: RequestState
    """Stage in which it was decided."""
    entry: int
    """Which visit of that stage; each is decided once."""
    recorded_by: str
    at: datetime
    confirmation: Confirmation | None = None
    """None: given at a terminal, nothing to confirm."""


class Holder(Frozen):
    """Who has the request: one office, or one person in it."""

    role: Role
    staff_id: str | None = None
    """None: whoever of the office takes it."""


class HallAuthority(Frozen):
    """An authority that 客户经理 gave the hall; used once."""

    id: str
    kind: str
    amount_fen: int = 0
    expires_at: datetime
    used_at: datetime | None = None
    used_by: str | None = None


class Evidence(Frozen):
    """One of the three confirmations: what came, when, who entered it."""

    proof: Proof
    reference: str = Field(pattern=REFERENCE_PATTERN)
    """Id of the mail, the fax, or the note about the call."""
    by: str | None = None
    """工号: 客户经理 who confirmed by phone, manager who signed the fax."""
    happened_at: datetime
    recorded_by: str
    recorded_at: datetime
    device: str


class AssistForm(Frozen):
    """《服务协助流转单》 as it stands."""

    version: int = 1
    """Grows with each draft; evidence counts for one version only."""
    solution: NoteId
    superior: Superior
    superior_words: NoteId | None = None
    """Who by name decided it, and in what words."""
    hall_id: str
    """The assisting hall."""
    amount_fen: int = 0
    valid_until: datetime
    drafted_by: str | None
    """工号; None: by phone, by somebody without an account. So for the others."""
    drafted_at: datetime
    mailed_by: str | None = None
    mailed_at: datetime | None = None
    signed_by: str | None = None
    """Manager of 大客户服务室 who signed it for the fax."""
    signed_at: datetime | None = None
    approved_by: str | None = None
    approved_at: datetime | None = None
    forwarded_by: str | None = None
    forwarded_at: datetime | None = None
    evidence: tuple[Evidence, ...] = ()

    def proof(self, proof: Proof) -> Evidence | None:
        """Return the latest evidence of a kind for this version."""
        return next((e for e in reversed(self.evidence) if e.proof is proof), None)

    @property
    def missing(self) -> tuple[Proof, ...]:
        """The confirmations that the gate still waits for."""
        return tuple(proof for proof in Proof if self.proof(proof) is None)


class Visit(Frozen):
    """An appointment for what can't be done on the spot."""

    kind: VisitKind
    at: datetime
    made_by: str
    appointment_id: str | None = None
    """Id in the hall's book of appointments, if it stands there."""


class Move(Frozen):
    """One line of the story: what, who, when, from where, in what words, how it was taken."""

    event: str
    """Type of the event."""
    state: RequestState
    """State after it."""
    at: datetime
    staff_id: str
    device: str
    notes: tuple[NoteId, ...] = ()
    mood: Mood | None = None
    detail: str = ""
    """Reason, proof, verdict or 工号, whatever the event is about."""
    disputed: bool = False
    """It came from a terminal that was cut off and did not fit what had happened meanwhile."""
