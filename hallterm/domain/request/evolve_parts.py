"""What each event changes in a request besides its state."""

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
    match event:
        case ev.Talk():
            return _talk(request, event)
        case ev.Ruled():
            return _ruled(request, fact, event)
        case ev.RequestTaken():
            return _taken(request, fact, event)
        case ev.DecisionConfirmed(decision_id=one):
            return _confirm(request, one, Confirmation.CONFIRMED)
        case ev.DecisionDenied(decision_id=one):
            return _confirm(request, one, Confirmation.DENIED)
        case ev.RequestReminded(level=level):
            return {"reminded": level}
        case ev.FormDrafted():
            return _drafted(fact, event)
        case _ if request.form and (changed := _form(request.form, fact, event)):
            return changed
        case _:
            return _other(request, fact, event)


def _talk(request: Request, event: ev.Talk) -> Changes:
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


def _confirm(request: Request, decision_id: str, confirmation: Confirmation) -> Changes:
    decisions = (
        d.model_copy(update={"confirmation": confirmation}) if d.ruling.id == decision_id else d
        for d in request.decisions
    )
    return {"decisions": tuple(decisions)}


def _drafted(fact: Fact, event: ev.FormDrafted) -> Changes:
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


def _form(form: AssistForm, fact: Fact, event: ev.RequestEvent) -> Changes:
    """Return what an event changes in the form; nothing when it isn't about the form."""
    match event:
        case ev.FormMailed():
            return _in_form(form, mailed_by=who(fact, event), mailed_at=fact.at)
        case ev.FormForwarded():
            return _in_form(form, forwarded_by=who(fact, event), forwarded_at=fact.at)
        case ev.FormSigned(form_version=form.version):
            return _in_form(form, signed_by=fact.actor, signed_at=fact.at)
        case ev.WrongHall(hall_id=hall_id):
            # Mail and fax have to reach the right hall; what reached the wrong one is in the story.
            return _in_form(form, hall_id=hall_id, evidence=()) | {"arrived_at": None}
        case ev.ProofReceived(form_version=form.version):
            return _in_form(form, evidence=(*form.evidence, _evidence(fact, event)))
        case ev.IdentityDenied():
            kept = tuple(e for e in form.evidence if e.proof is not Proof.PHONE)
            return _in_form(form, evidence=kept) | {"arrived_at": None}
        case _:
            return {}


def _in_form(form: AssistForm, **changes: object) -> Changes:
    return {"form": form.model_copy(update=changes)}


def _evidence(fact: Fact, event: ev.ProofReceived) -> Evidence:
    return Evidence(
        proof=event.proof,
        reference=event.reference,
        by=event.by,
        happened_at=event.happened_at,
        recorded_by=fact.actor,
        recorded_at=fact.at,
        device=fact.device,
    )


def _other(request: Request, fact: Fact, event: ev.RequestEvent) -> Changes:
    match event:
        case ev.AuthorityUsed() if request.authority:
            used = {"used_at": fact.at, "used_by": fact.actor}
            return {"authority": request.authority.model_copy(update=used)}
        case ev.CustomerArrived():
            return {"arrived_at": fact.at}
        case ev.VisitBooked():
            visit = Visit(
                kind=event.kind,
                at=event.visit_at,
                made_by=fact.actor,
                appointment_id=event.appointment_id,
            )
            return {"visit": visit}
        case ev.CarriedOut():
            return {"carried_out_at": fact.at, "result": Result.FORM}
        case ev.RequestUnresolved():
            return {"result": Result.UNRESOLVED}
        case ev.RequestWithdrawn():
            return {"result": Result.WITHDRAWN}
        case ev.RequestReopened():
            # Only a mistaken ending is taken back, not what had been answered before it.
            solved = request.result if request.closed_from is RequestState.FOLLOWED_UP else None
            return {"result": solved, "closed_at": None, "closed_by": None, "closed_from": None}
        case _:
            return {}
