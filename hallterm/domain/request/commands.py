"""What can be asked of a special request. Words travel beside a command; it holds their ids.

Claims (decide, use, take, forward …) can lose to another one; reports say what was said or came.
"""

from datetime import date, datetime
from typing import ClassVar

from pydantic import Field

from hallterm.domain.request.parts import REFERENCE_PATTERN, ByPhone, NoteId, Verdict
from hallterm.domain.request.words import (
    DeclineReason,
    Mood,
    Proof,
    RequestState,
    ReturnReason,
    Superior,
    TakeReason,
    VisitKind,
    WithdrawReason,
)
from hallterm.domain.roles import EVERYBODY, FLOOR, OFFICES, Role
from hallterm.domain.stream import Command, CommandKind, StreamKind
from hallterm.domain.ticket.words import UndoReason
from hallterm.domain.tiers import Grade, Tier

CHAIN = FLOOR | OFFICES
"""Everybody through whose hands a request may go."""
MOST_FEN = 100_000_000


class RequestCommand(Command):
    """A command about one request."""

    stream: ClassVar[StreamKind] = "company"
    allowed: ClassVar[frozenset[Role]] = CHAIN
    request_id: str


class OpenRequest(RequestCommand):
    """A customer asks for what the rules don't allow; the rule was explained."""

    says: ClassVar[CommandKind] = "report"
    allowed: ClassVar[frozenset[Role]] = FLOOR | {Role.ACCOUNT_MANAGER}
    day: date
    person_id: str
    tier: Tier
    grade: Grade | None = None
    kind_id: str
    amount_fen: int = Field(default=0, ge=0, le=MOST_FEN)
    ticket_id: str | None = None
    account_manager: str | None = None
    """工号 from the customer's record."""
    request_note: NoteId
    explanation_note: NoteId | None = None
    mood: Mood | None = None
    promised_at: datetime | None = None
    """None: as long as the next two stages may take."""


class AnswerRequest(RequestCommand):
    """What the customer said to the explanation or reply."""

    says: ClassVar[CommandKind] = "report"
    allowed: ClassVar[frozenset[Role]] = FLOOR | {Role.ACCOUNT_MANAGER}
    stage: RequestState
    """The stage that the customer answered; it may have gone on meanwhile."""
    accepted: bool
    note: NoteId | None = None
    mood: Mood | None = None
    promised_at: datetime | None = None


class TellCustomer(RequestCommand):
    """The customer was told how far it is."""

    says: ClassVar[CommandKind] = "report"
    allowed: ClassVar[frozenset[Role]] = FLOOR | {Role.ACCOUNT_MANAGER}
    note: NoteId
    mood: Mood | None = None
    promised_at: datetime | None = None


class DecideRequest(RequestCommand):
    """Decide at the store manager's or the account manager's stage."""

    decision_id: str
    stage: RequestState
    """The stage that the decider saw."""
    verdict: Verdict
    reason: DeclineReason | None = None
    """Needed to decline."""
    terms: NoteId | None = None
    """What is granted, or what to say; needed at a terminal."""
    expires_at: datetime | None = None
    """Of an authority for the hall; None: as the house's default."""
    by_phone: ByPhone | None = None


class UseAuthority(RequestCommand):
    """Act once under the authority that was given."""

    allowed: ClassVar[frozenset[Role]] = FLOOR
    note: NoteId | None = None


class AgreeReply(RequestCommand):
    """Hall and account manager agree what to say."""

    note: NoteId
    by_phone: ByPhone | None = None


class DraftForm(RequestCommand):
    """Write the form, or write it anew after it came back."""

    solution: NoteId
    superior: Superior
    superior_words: NoteId | None = None
    hall_id: str
    amount_fen: int = Field(default=0, ge=0, le=MOST_FEN)
    valid_until: datetime | None = None
    by_phone: ByPhone | None = None


class MailForm(RequestCommand):
    """Pass it to the hall-operations liaison."""

    by_phone: ByPhone | None = None


class DecideForm(RequestCommand):
    """Approve, return or refuse a form."""

    decision_id: str
    form_version: int
    """Version that was on the screen."""
    verdict: Verdict
    reason: ReturnReason | DeclineReason | None = None
    """Needed to return or refuse."""
    terms: NoteId | None = None
    by_phone: ByPhone | None = None


class ForwardForm(RequestCommand):
    """Send it to the hall's store manager and duty manager."""

    by_phone: ByPhone | None = None


class SignForm(RequestCommand):
    """Sign it for the fax."""

    allowed: ClassVar[frozenset[Role]] = frozenset({Role.VIP_OFFICE_MANAGER})
    form_version: int


class ReportWrongHall(RequestCommand):
    """It is not for this hall."""

    allowed: ClassVar[frozenset[Role]] = FLOOR
    hall_id: str
    """The right one."""
    note: NoteId | None = None


class ReceiveProof(RequestCommand):
    """Mail or fax came in, or the account manager confirmed the customer by phone."""

    says: ClassVar[CommandKind] = "report"
    allowed: ClassVar[frozenset[Role]] = FLOOR | {Role.KIOSK}
    form_version: int
    proof: Proof
    reference: str = Field(pattern=REFERENCE_PATTERN)
    by: str | None = None
    happened_at: datetime
    note: NoteId | None = None


class DenyIdentity(RequestCommand):
    """The account manager says by phone that this is not the customer."""

    says: ClassVar[CommandKind] = "report"
    allowed: ClassVar[frozenset[Role]] = FLOOR
    by: str | None = None
    note: NoteId


class ReportArrival(RequestCommand):
    """The customer is at the hall."""

    says: ClassVar[CommandKind] = "report"
    allowed: ClassVar[frozenset[Role]] = FLOOR


class BookVisit(RequestCommand):
    """It can't be done on the spot: an appointment was made."""

    says: ClassVar[CommandKind] = "report"
    allowed: ClassVar[frozenset[Role]] = FLOOR
    visit: VisitKind
    visit_at: datetime
    appointment_id: str | None = None
    note: NoteId | None = None


class CarryOut(RequestCommand):
    """Carry the superior's solution out: needs mail, fax and phone."""

    allowed: ClassVar[frozenset[Role]] = FLOOR
    form_version: int
    note: NoteId | None = None
    mood: Mood | None = None


class FollowUp(RequestCommand):
    """The customer was asked how things are."""

    says: ClassVar[CommandKind] = "report"
    note: NoteId
    mood: Mood
    by_phone: ByPhone | None = None


class CloseRequest(RequestCommand):
    """End it after the follow-up."""

    allowed: ClassVar[frozenset[Role]] = FLOOR


class GiveUpRequest(RequestCommand):
    """No solution: the customer was told of mediation and of legal ways."""

    note: NoteId
    mood: Mood | None = None
    by_phone: ByPhone | None = None


class WithdrawRequest(RequestCommand):
    """The customer wants it no more, or it was opened by mistake."""

    allowed: ClassVar[frozenset[Role]] = FLOOR | {Role.ACCOUNT_MANAGER}
    reason: WithdrawReason
    note: NoteId | None = None


class ReopenRequest(RequestCommand):
    """It was closed by mistake."""

    allowed: ClassVar[frozenset[Role]] = FLOOR | {Role.ACCOUNT_MANAGER}
    reason: UndoReason


class TakeRequest(RequestCommand):
    """Take it, from the office or from a colleague who can't act."""

    reason: TakeReason | None = None
    """Needed when somebody holds it by name."""


class RemindRequest(RequestCommand):
    """The stage's clock ran out. Any terminal's tick may give it; it reminds once."""

    allowed: ClassVar[frozenset[Role]] = EVERYBODY


class ExpireRequest(RequestCommand):
    """An authority or a form ran out. Any terminal's tick may give it."""

    allowed: ClassVar[frozenset[Role]] = EVERYBODY


class ConfirmDecision(RequestCommand):
    """Say at a terminal that one decided so by phone, or did not."""

    decision_id: str
    agree: bool = True
    note: NoteId | None = None
    """Needed to deny."""
