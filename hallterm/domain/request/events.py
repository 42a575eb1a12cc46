"""What can happen to a special request."""

from datetime import date, datetime
from typing import ClassVar

from hallterm.domain.request.parts import ByPhone, NoteId, Ruling
from hallterm.domain.request.words import (
    Mood,
    Proof,
    Superior,
    TakeReason,
    VisitKind,
    WithdrawReason,
)
from hallterm.domain.roles import Role
from hallterm.domain.stream import Event, StreamKind
from hallterm.domain.ticket.words import UndoReason
from hallterm.domain.tiers import Grade, Tier


class RequestEvent(Event):
    """Something that happened to one request."""

    aggregate: ClassVar[str] = "request"
    stream: ClassVar[StreamKind] = "company"
    request_id: str
    behalf: ByPhone | None = None
    """Set when the step was somebody else's, who has no terminal and said so by phone."""

    @property
    def aggregate_id(self) -> str:
        """Id of the request."""
        return self.request_id


class RequestOpened(RequestEvent):
    """Somebody asked for what the rules don't allow; the rule was explained."""

    type: ClassVar[str] = "request_opened"
    serial: int
    number: str
    """Such as ``2026-0012``; stands on the form, in mails and on faxes."""
    day: date
    hall_id: str
    person_id: str
    tier: Tier
    grade: Grade | None
    kind: str
    amount_fen: int
    ticket_id: str | None
    account_manager: str | None
    """工号; None: whoever of 客户经理 takes it."""
    request_note: NoteId
    explanation_note: NoteId | None
    mood: Mood | None
    promised_at: datetime
    """When the customer was promised an answer."""


class Talk(RequestEvent):
    """Something was said to the customer."""

    note: NoteId | None = None
    mood: Mood | None = None
    promised_at: datetime | None = None
    """When the customer was promised the next answer; None: as before."""


class CustomerAccepted(Talk):
    """The customer accepts what was said."""

    type: ClassVar[str] = "request_accepted"


class CustomerDeclined(Talk):
    """The customer does not accept what was said."""

    type: ClassVar[str] = "request_not_accepted"


class CustomerTold(Talk):
    """The customer was told how far it is."""

    type: ClassVar[str] = "request_told"


class Ruled(RequestEvent):
    """Somebody decided."""

    ruling: Ruling


class StoreDecided(Ruled):
    """店面经理 granted or declined it."""

    type: ClassVar[str] = "request_store_decided"


class HandedOver(Ruled):
    """(a) 客户经理 has taken it over."""

    type: ClassVar[str] = "request_handed_over"


class HallAuthorised(Ruled):
    """(b) The hall may act once, until the authority expires."""

    type: ClassVar[str] = "request_hall_authorised"
    kind: str
    amount_fen: int
    expires_at: datetime


class BeyondBoth(Ruled):
    """(c) Beyond 客户经理's authority, too."""

    type: ClassVar[str] = "request_beyond_both"


class AuthorityUsed(RequestEvent):
    """The hall acted under the authority."""

    type: ClassVar[str] = "request_authority_used"
    note: NoteId | None = None


class AuthorityExpired(RequestEvent):
    """The authority was not used in time; 客户经理 is asked again."""

    type: ClassVar[str] = "request_authority_expired"


class ReplyAgreed(RequestEvent):
    """Hall and 客户经理 agreed what to say."""

    type: ClassVar[str] = "request_reply_agreed"
    note: NoteId
    by: str | None
    """工号 of the other side: the one who agreed by phone; None without an account."""


class FormDrafted(RequestEvent):
    """客户经理 wrote the form, or wrote it anew after it came back."""

    type: ClassVar[str] = "form_drafted"
    form_version: int
    solution: NoteId
    superior: Superior
    superior_words: NoteId | None
    hall_id: str
    amount_fen: int
    valid_until: datetime


class FormMailed(RequestEvent):
    """大客户服务室接口人 passed it to 营业管理室接口人."""

    type: ClassVar[str] = "form_mailed"


class FormApproved(Ruled):
    """营业管理室 approved it."""

    type: ClassVar[str] = "form_approved"


class FormReturned(Ruled):
    """It goes back to 客户经理."""

    type: ClassVar[str] = "form_returned"


class FormRefused(Ruled):
    """营业管理室 refused it; 客户经理 has to tell the customer."""

    type: ClassVar[str] = "form_refused"


class FormForwarded(RequestEvent):
    """It went to the hall's 店面经理 and 值班经理."""

    type: ClassVar[str] = "form_forwarded"


class FormSigned(RequestEvent):
    """A manager of 大客户服务室 signed it for the fax."""

    type: ClassVar[str] = "form_signed"
    form_version: int


class WrongHall(RequestEvent):
    """It reached a hall that it isn't for; it goes to the right one."""

    type: ClassVar[str] = "form_wrong_hall"
    hall_id: str
    """The right one."""
    note: NoteId | None = None


class FormExpired(RequestEvent):
    """It was not carried out in time; 客户经理 has to renew it."""

    type: ClassVar[str] = "form_expired"


class ProofReceived(RequestEvent):
    """One of the three confirmations came in."""

    type: ClassVar[str] = "form_proof_received"
    form_version: int
    proof: Proof
    reference: str
    by: str | None
    happened_at: datetime
    note: NoteId | None = None


class IdentityDenied(RequestEvent):
    """客户经理 says by phone that this is not the customer."""

    type: ClassVar[str] = "form_identity_denied"
    by: str | None
    note: NoteId


class CustomerArrived(RequestEvent):
    """The customer is at the hall."""

    type: ClassVar[str] = "request_customer_arrived"


class VisitBooked(RequestEvent):
    """It can't be done on the spot; an appointment was made."""

    type: ClassVar[str] = "request_visit_booked"
    kind: VisitKind
    visit_at: datetime
    appointment_id: str | None
    note: NoteId | None = None


class CarriedOut(RequestEvent):
    """The hall carried the superior's solution out."""

    type: ClassVar[str] = "request_carried_out"
    note: NoteId | None = None
    mood: Mood | None = None


class FollowedUp(RequestEvent):
    """客户经理 asked how the customer is with it."""

    type: ClassVar[str] = "request_followed_up"
    note: NoteId
    mood: Mood


class RequestClosed(RequestEvent):
    """It is over, solved."""

    type: ClassVar[str] = "request_closed"


class RequestUnresolved(RequestEvent):
    """No solution; the customer was told of mediation and of legal ways."""

    type: ClassVar[str] = "request_unresolved"
    note: NoteId
    mood: Mood | None = None


class RequestWithdrawn(RequestEvent):
    """The customer wants it no more, or it was opened by mistake."""

    type: ClassVar[str] = "request_withdrawn"
    reason: WithdrawReason
    note: NoteId | None = None


class RequestReopened(RequestEvent):
    """It was closed by mistake and goes on where it stood."""

    type: ClassVar[str] = "request_reopened"
    reason: UndoReason


class RequestTaken(RequestEvent):
    """The actor holds it now."""

    type: ClassVar[str] = "request_taken"
    role: Role
    reason: TakeReason | None


class RequestReminded(RequestEvent):
    """The stage's clock ran out: the holder, and next the superior, was reminded."""

    type: ClassVar[str] = "request_reminded"
    level: int
    """1 the holder, 2 the superior."""
    role: Role
    staff_id: str | None


class DecisionConfirmed(RequestEvent):
    """Who decided by phone says so at a terminal."""

    type: ClassVar[str] = "request_decision_confirmed"
    decision_id: str


class DecisionDenied(RequestEvent):
    """The one named says that it was not decided so."""

    type: ClassVar[str] = "request_decision_denied"
    decision_id: str
    note: NoteId
