"""What each event changes in a request besides its state."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from hallterm.domain.request import events as ev
from hallterm.domain.request.parts import (
    AssistForm,
    Decision,
    Evidence,
    HallAuthority,
    Holder,
    Visit,
)
from hallterm.domain.request.state import OFFICE, Request
from hallterm.domain.request.words import Confirmation, Proof, RequestState, Result
from hallterm.domain.roles import Role
from hallterm.domain.stream import Fact

Changes = dict[str, object]

_SOLVED: dict[RequestState, Result] = {
    RequestState.EXPLAINED: Result.EXPLANATION,
    RequestState.STORE_REPLY: Result.STORE_MANAGER,
    RequestState.HANDED_OVER: Result.ACCOUNT_MANAGER,
    RequestState.HALL_REPLY: Result.AUTHORITY,
    RequestState.AGREED_REPLY: Result.AGREEMENT,
}
"""State in which the customer accepts → level at which it was solved."""


def changes_by(request: Request, fact: Fact, event: ev.RequestEvent) -> Changes:
    """Return the fields that an event changes, apart from state, clock and story."""
    for kind in type(event).__mro__:
        if kind in _CHANGES:
            return _CHANGES[kind](request, fact, event)
    return {}


def _talk(request: Request, _: Fact, event: ev.Talk) -> Changes:
    changes: Changes = {}
    if event.promised_at:
        changes["promised_at"] = event.promised_at
    if isinstance(event, ev.CustomerAccepted):
        changes["result"] = _SOLVED[request.state]
    return changes


def _ruled(request: Request, fact: Fact, event: ev.Ruled) -> Changes:
    ruling = event.ruling
    decision = Decision(
        ruling=ruling,
        state=request.state,
        entry=request.entry,
        recorded_by=fact.actor,
        at=fact.at,
        confirmation=Confirmation.PENDING if ruling.by_phone else None,
    )
    changes: Changes = {"decisions": (*request.decisions, decision)}
    if request.state is RequestState.ACCOUNT_MANAGER and ruling.decider:
        changes["account_manager"] = ruling.decider
    if isinstance(event, ev.HallAuthorised):
        changes["authority"] = HallAuthority(
            id=ruling.id,
            kind=event.kind,
            amount_fen=event.amount_fen,
            expires_at=event.expires_at,
        )
    if isinstance(event, ev.FormApproved) and request.form:
        approved = {"approved_by": ruling.decider, "approved_at": fact.at}
        changes["form"] = request.form.model_copy(update=approved)
    return changes


def who(fact: Fact, event: ev.RequestEvent) -> str | None:
    """Return 工号 of whose step it was; None for somebody without an account."""
    return event.behalf.decider if event.behalf else fact.actor


def _taken(request: Request, fact: Fact, event: ev.RequestTaken) -> Changes:
    changes: Changes = {
        "holder": Holder(role=event.role, staff_id=fact.actor),
        "reminded": 0,
    }
    office = OFFICE.get(request.state)
    if office is None:
        changes["owner"] = fact.actor
    elif office is Role.ACCOUNT_MANAGER:
        changes["account_manager"] = fact.actor
    return changes


def _confirmed(request: Request, _: Fact, event: ev.DecisionConfirmed) -> Changes:
    return _confirm(request, event.decision_id, Confirmation.CONFIRMED)


def _denied(request: Request, _: Fact, event: ev.DecisionDenied) -> Changes:
    return _confirm(request, event.decision_id, Confirmation.DENIED)


def _confirm(request: Request, decision_id: str, confirmation: Confirmation) -> Changes:
    decisions = (
        d.model_copy(update={"confirmation": confirmation}) if d.ruling.id == decision_id else d
        for d in request.decisions
    )
    return {"decisions": tuple(decisions)}


def _reminded(_: Request, __: Fact, event: ev.RequestReminded) -> Changes:
    return {"reminded": event.level}


def _drafted(_: Request, fact: Fact, event: ev.FormDrafted) -> Changes:
    form = AssistForm(
        version=event.form_version,
        solution=event.solution,
        superior=event.superior,
        superior_words=event.superior_words,
        hall_id=event.hall_id,
        amount_fen=event.amount_fen,
        valid_until=event.valid_until,
        drafted_by=who(fact, event),
        drafted_at=fact.at,
    )
    return {"form": form, "visit": None, "arrived_at": None}


def _in_form(request: Request, **changes: object) -> Changes:
    return {"form": request.form.model_copy(update=changes)} if request.form else {}


def _mailed(request: Request, fact: Fact, event: ev.FormMailed) -> Changes:
    return _in_form(request, mailed_by=who(fact, event), mailed_at=fact.at)


def _forwarded(request: Request, fact: Fact, event: ev.FormForwarded) -> Changes:
    return _in_form(request, forwarded_by=who(fact, event), forwarded_at=fact.at)


def _signed(request: Request, fact: Fact, event: ev.FormSigned) -> Changes:
    if request.form is None or request.form.version != event.form_version:
        return {}
    return _in_form(request, signed_by=fact.actor, signed_at=fact.at)


def _wrong_hall(request: Request, _: Fact, event: ev.WrongHall) -> Changes:
    # Mail and fax have to reach the right hall; what reached the wrong one is in the story.
    gone: Changes = {"arrived_at": None, "visit": None}
    return _in_form(request, hall_id=event.hall_id, evidence=()) | gone


def _proven(request: Request, fact: Fact, event: ev.ProofReceived) -> Changes:
    if request.form is None or request.form.version != event.form_version:
        return {}
    evidence = Evidence(
        proof=event.proof,
        reference=event.reference,
        by=event.by,
        happened_at=event.happened_at,
        recorded_by=fact.actor,
        recorded_at=fact.at,
        device=fact.device,
    )
    return _in_form(request, evidence=(*request.form.evidence, evidence))


def _identity_denied(request: Request, _: Fact, __: ev.IdentityDenied) -> Changes:
    held = request.form.evidence if request.form else ()
    kept = tuple(e for e in held if e.proof is not Proof.PHONE)
    return _in_form(request, evidence=kept) | {"arrived_at": None}


def _used(request: Request, fact: Fact, _: ev.AuthorityUsed) -> Changes:
    used = {"used_at": fact.at, "used_by": fact.actor}
    return {"authority": request.authority.model_copy(update=used)} if request.authority else {}


def _arrived(_: Request, fact: Fact, __: ev.CustomerArrived) -> Changes:
    return {"arrived_at": fact.at}


def _booked(_: Request, fact: Fact, event: ev.VisitBooked) -> Changes:
    visit = Visit(
        kind=event.kind,
        at=event.visit_at,
        made_by=fact.actor,
        appointment_id=event.appointment_id,
    )
    return {"visit": visit}


def _carried_out(_: Request, fact: Fact, __: ev.CarriedOut) -> Changes:
    return {"carried_out_at": fact.at, "result": Result.FORM}


def _unresolved(_: Request, __: Fact, ___: ev.RequestUnresolved) -> Changes:
    return {"result": Result.UNRESOLVED}


def _withdrawn(_: Request, __: Fact, ___: ev.RequestWithdrawn) -> Changes:
    return {"result": Result.WITHDRAWN}


def _reopened(request: Request, _: Fact, __: ev.RequestReopened) -> Changes:
    # Only a mistaken ending is taken back, not what had been answered before it.
    solved = request.result if request.closed_from is RequestState.FOLLOWED_UP else None
    return {"result": solved, "closed_at": None, "closed_by": None, "closed_from": None}


_CHANGES: Mapping[type, Callable[[Request, Fact, Any], Changes]] = MappingProxyType(
    {
        ev.Talk: _talk,
        ev.Ruled: _ruled,
        ev.RequestTaken: _taken,
        ev.RequestReminded: _reminded,
        ev.DecisionConfirmed: _confirmed,
        ev.DecisionDenied: _denied,
        ev.FormDrafted: _drafted,
        ev.FormMailed: _mailed,
        ev.FormForwarded: _forwarded,
        ev.FormSigned: _signed,
        ev.WrongHall: _wrong_hall,
        ev.ProofReceived: _proven,
        ev.IdentityDenied: _identity_denied,
        ev.AuthorityUsed: _used,
        ev.CustomerArrived: _arrived,
        ev.VisitBooked: _booked,
        ev.CarriedOut: _carried_out,
        ev.RequestUnresolved: _unresolved,
        ev.RequestWithdrawn: _withdrawn,
        ev.RequestReopened: _reopened,
    }
)
"""Event, or the family it belongs to → what it changes."""
