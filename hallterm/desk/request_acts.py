"""What can be done with a special request by whom, and what has to be filled in for it.

One table feeds the keys of the screens, the command line and the forms; the domain still judges.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from hallterm.domain.actor import Actor
from hallterm.domain.decisions.request_checks import RECORDERS
from hallterm.domain.refusal import Refusal, refuse
from hallterm.domain.request.state import STAGE_ROLES, Request
from hallterm.domain.request.transitions import WITHDRAWABLE
from hallterm.domain.request.words import (
    REPLY_STATES,
    DeclineReason,
    Mood,
    RequestState,
    ReturnReason,
    Superior,
    TakeReason,
    VisitKind,
    WithdrawReason,
)
from hallterm.domain.request.words import RequestState as S
from hallterm.domain.roles import FLOOR, Role
from hallterm.domain.ticket.words import UndoReason


class Act(StrEnum):
    """One thing that a person can do with a request, in the order in which they are offered."""

    CONFIRM = "confirm"
    DENY_DECISION = "deny_decision"
    ACCEPTED = "accepted"
    NOT_ACCEPTED = "not_accepted"
    GRANT = "grant"
    DECLINE = "decline"
    HAND_OVER = "hand_over"
    AUTHORISE = "authorise"
    BEYOND = "beyond"
    USE = "use"
    AGREE = "agree"
    DRAFT = "draft"
    GIVE_UP = "give_up"
    MAIL = "mail"
    APPROVE = "approve"
    RETURN = "return"
    REFUSE = "refuse"
    FORWARD = "forward"
    SIGN = "sign"
    MAIL_IN = "mail_in"
    FAX_IN = "fax_in"
    ARRIVED = "arrived"
    PHONE_IN = "phone_in"
    DENY_IDENTITY = "deny_identity"
    CARRY_OUT = "carry_out"
    VISIT = "visit"
    WRONG_HALL = "wrong_hall"
    FOLLOW_UP = "follow_up"
    CLOSE = "close"
    TOLD = "told"
    TAKE = "take"
    WITHDRAW = "withdraw"
    REOPEN = "reopen"


class Kind(StrEnum):
    """What is filled into a field."""

    WORDS = "words"
    """Free words; they become a note."""
    TEXT = "text"
    """Words that go elsewhere than into the request, such as an address."""
    CHOICE = "choice"
    STAFF = "staff"
    AMOUNT = "amount"
    """Yuan."""
    MOMENT = "moment"
    COUNT = "count"
    CODE = "code"
    """Id of a hall or of a kind of request."""


@dataclass(frozen=True, slots=True)
class Want:
    """One field to fill in."""

    name: str
    kind: Kind = Kind.WORDS
    needed: bool = True
    options: type[StrEnum] | None = None


WORDS, WORDS_IF_ANY = Want("words"), Want("words", needed=False)
MOOD, MOOD_IF_ANY = (Want("mood", Kind.CHOICE, needed, Mood) for needed in (True, False))
DECIDER, SAID = Want("decider", Kind.STAFF, needed=False), Want("said")
BY = Want("by", Kind.STAFF, needed=False)


def _reason(options: type[StrEnum]) -> Want:
    return Want("reason", Kind.CHOICE, options=options)


@dataclass(frozen=True, slots=True)
class Spec:
    """Where and by whom something can be done, and what has to be filled in."""

    states: frozenset[RequestState]
    wants: tuple[Want, ...] = ()
    roles: frozenset[Role] | None = None
    """None: whoever holds the stage."""
    phone: bool = False
    """Whether somebody else may write it down for a decider on the phone."""
    decides: bool = False
    """Whether it is a decision: the whole story has to be seen first."""


TALKERS = FLOOR | {Role.ACCOUNT_MANAGER}
_OPEN = frozenset(S) - {S.CLOSED}
_FORM = frozenset({S.VIP_OFFICE, S.HALL_OPERATIONS, S.APPROVED, S.AT_HALL})


def _in(*states: RequestState) -> frozenset[RequestState]:
    return frozenset(states)


def _decision(state: RequestState, *wants: Want) -> Spec:
    return Spec(_in(state), wants, phone=True, decides=True)


SPECS: Mapping[Act, Spec] = {
    Act.CONFIRM: Spec(frozenset(S), (), roles=frozenset(Role)),
    Act.DENY_DECISION: Spec(frozenset(S), (WORDS,), roles=frozenset(Role)),
    Act.ACCEPTED: Spec(REPLY_STATES, (MOOD, WORDS_IF_ANY), TALKERS),
    Act.NOT_ACCEPTED: Spec(REPLY_STATES, (MOOD, WORDS), TALKERS),
    Act.GRANT: _decision(S.STORE_MANAGER, WORDS),
    Act.DECLINE: _decision(S.STORE_MANAGER, _reason(DeclineReason), WORDS_IF_ANY),
    Act.HAND_OVER: _decision(S.ACCOUNT_MANAGER, WORDS_IF_ANY),
    Act.AUTHORISE: _decision(S.ACCOUNT_MANAGER, WORDS, Want("hours", Kind.COUNT, needed=False)),
    Act.BEYOND: _decision(S.ACCOUNT_MANAGER, WORDS_IF_ANY),
    Act.USE: Spec(_in(S.AUTHORISED), (WORDS_IF_ANY,), FLOOR),
    Act.AGREE: Spec(_in(S.AGREEING), (WORDS,), phone=True),
    Act.DRAFT: Spec(
        _in(S.HANDED_OVER, S.RETURNED),
        (
            Want("superior", Kind.CHOICE, options=Superior),
            Want("superior_words"),
            WORDS,
            Want("amount", Kind.AMOUNT, needed=False),
            Want("hall", Kind.CODE, needed=False),
            Want("days", Kind.COUNT, needed=False),
        ),
        phone=True,
    ),
    Act.GIVE_UP: Spec(_in(S.HANDED_OVER, S.RETURNED), (WORDS, MOOD_IF_ANY), phone=True),
    Act.MAIL: Spec(_in(S.VIP_OFFICE), phone=True),
    Act.APPROVE: _decision(S.HALL_OPERATIONS, WORDS_IF_ANY),
    Act.RETURN: Spec(
        _in(S.VIP_OFFICE, S.HALL_OPERATIONS),
        (_reason(ReturnReason), WORDS_IF_ANY),
        phone=True,
        decides=True,
    ),
    Act.REFUSE: _decision(S.HALL_OPERATIONS, _reason(DeclineReason), WORDS_IF_ANY),
    Act.FORWARD: Spec(_in(S.APPROVED), phone=True),
    Act.SIGN: Spec(_FORM, (), frozenset({Role.VIP_OFFICE_MANAGER}), decides=True),
    Act.MAIL_IN: Spec(_FORM, (WORDS,), FLOOR),
    Act.FAX_IN: Spec(_FORM, (BY, WORDS_IF_ANY), FLOOR),
    Act.ARRIVED: Spec(_in(S.AT_HALL), (), FLOOR),
    Act.PHONE_IN: Spec(_in(S.AT_HALL), (BY, WORDS_IF_ANY), FLOOR),
    Act.DENY_IDENTITY: Spec(_in(S.AT_HALL), (BY, WORDS), FLOOR),
    Act.CARRY_OUT: Spec(_in(S.AT_HALL), (MOOD_IF_ANY, WORDS_IF_ANY), FLOOR),
    Act.VISIT: Spec(
        _in(S.AT_HALL, S.AUTHORISED),
        (
            Want("visit", Kind.CHOICE, options=VisitKind),
            Want("at", Kind.MOMENT),
            Want("address", Kind.TEXT, needed=False),
            WORDS_IF_ANY,
        ),
        FLOOR,
    ),
    Act.WRONG_HALL: Spec(_in(S.AT_HALL), (Want("hall", Kind.CODE), WORDS_IF_ANY), FLOOR),
    Act.FOLLOW_UP: Spec(_in(S.FOLLOW_UP), (MOOD, WORDS), phone=True),
    Act.CLOSE: Spec(_in(S.FOLLOWED_UP), (), FLOOR),
    Act.TOLD: Spec(_OPEN, (WORDS, MOOD_IF_ANY), TALKERS),
    Act.TAKE: Spec(_OPEN),
    Act.WITHDRAW: Spec(WITHDRAWABLE, (_reason(WithdrawReason), WORDS_IF_ANY), TALKERS),
    Act.REOPEN: Spec(_in(S.CLOSED), (_reason(UndoReason),), TALKERS),
}
"""Everything that can be done."""

_OWN = frozenset({Act.GRANT, Act.HAND_OVER, Act.AUTHORISE, Act.BEYOND, Act.APPROVE, Act.SIGN})
"""What nobody does for what is their own."""


@dataclass(frozen=True, slots=True)
class Offer:
    """Something that this person can do now."""

    act: Act
    wants: tuple[Want, ...]
    by_phone: bool = False
    """It is written down for somebody who decides by phone."""
    decides: bool = False
    refusal: Refusal | None = None
    """Why it can't be done yet."""


def offered(request: Request, actor: Actor) -> tuple[Offer, ...]:
    """Return what a person can do with a request now, the most likely first."""
    return tuple(_offers(request, actor))


def offer_of(request: Request, actor: Actor, act: Act) -> Offer | None:
    """Return one of the offers."""
    return next((offer for offer in offered(request, actor) if offer.act is act), None)


def _offers(request: Request, actor: Actor) -> Iterator[Offer]:
    for act, spec in SPECS.items():
        if request.state not in spec.states or not _makes_sense(act, request, actor):
            continue
        roles = STAGE_ROLES[request.state] if spec.roles is None else spec.roles
        own = act in _OWN and actor.staff_id == request.opened_by
        if actor.is_one_of(roles) and not own:
            if spec.roles is not None or act is Act.TAKE or _not_of_other(request, actor):
                wants = _wants(act, spec, request)
                yield Offer(act, wants, decides=spec.decides, refusal=_not_yet(act, request))
        elif spec.phone and actor.is_one_of(RECORDERS):
            yield Offer(act, _by_phone(spec), by_phone=True, decides=spec.decides)


def _by_phone(spec: Spec) -> tuple[Want, ...]:
    """Ask for who said it and in what words; those are the terms, too."""
    kept = tuple(want for want in spec.wants if want not in {WORDS, WORDS_IF_ANY})
    keeps_words = any(want.name in {"superior", "mood"} for want in kept)
    words = (WORDS,) if keeps_words and WORDS in spec.wants else ()
    return (DECIDER, SAID, *kept, *words)


def _wants(act: Act, spec: Spec, request: Request) -> tuple[Want, ...]:
    held = request.holder.staff_id if request.holder else None
    return (_reason(TakeReason),) if act is Act.TAKE and held else spec.wants


def _not_of_other(request: Request, actor: Actor) -> bool:
    held = request.holder.staff_id if request.holder else None
    return held in {None, actor.staff_id}


def _makes_sense(act: Act, request: Request, actor: Actor) -> bool:
    match act:
        case Act.CONFIRM | Act.DENY_DECISION:
            return bool(request.unconfirmed(actor.staff_id))
        case Act.TAKE:
            return request.holder is not None and request.holder.staff_id != actor.staff_id
        case Act.SIGN:
            return request.form is not None and request.form.signed_by is None
        case _:
            return True


def _not_yet(act: Act, request: Request) -> Refusal | None:
    """Say why something can't be done now; it keeps its digit all the same."""
    if act is Act.ARRIVED and request.arrived_at:
        return refuse("already_arrived", number=request.number)
    if act is Act.CARRY_OUT and request.form and request.form.missing:
        return refuse("gate_open", missing=",".join(p.value for p in request.form.missing))
    return None
