"""Decisions at the gate: mail, fax and phone come in, the customer comes, it is carried out."""

from hallterm.domain.actor import Circumstances
from hallterm.domain.decisions.checklist import CLOCK_TOLERANCE
from hallterm.domain.decisions.request_checks import (
    Answer,
    form_expired,
    form_in,
    four_eyes,
    moved_on,
    request_in,
)
from hallterm.domain.hall import Rules
from hallterm.domain.refusal import Refusal, refuse
from hallterm.domain.request import commands as cmd
from hallterm.domain.request import events as ev
from hallterm.domain.request.parts import AssistForm
from hallterm.domain.request.state import Request
from hallterm.domain.request.words import Proof, RequestState
from hallterm.domain.roles import FLOOR, Role
from hallterm.domain.stream import Event

_CONFIRMERS: dict[Proof, Role] = {
    Proof.FAX: Role.VIP_OFFICE_MANAGER,
    Proof.PHONE: Role.ACCOUNT_MANAGER,
}
"""Proof → who stands behind it: signed the fax, or knows the customer."""


def receive(rules: Rules, command: cmd.ReceiveProof, where: Circumstances) -> Answer:
    """Take down that mail, fax or the call came; the call also says that the customer is here."""
    found = form_in(rules, command.request_id, RequestState)
    if isinstance(found, Refusal):
        return found
    request, form = found
    if refused := _unproven(request, form, command, rules, where):
        return refused
    if not request.is_open and where.actor.is_one_of(FLOOR):
        return moved_on(request)
    return _proven(request, form, command)


def keep_late(rules: Rules, command: cmd.ReceiveProof, refusal: Refusal) -> tuple[Event, ...]:
    """Return what is kept of a letter or fax that came in where the end was not yet known.

    A paper is there whatever became of the request; whoever reopens it finds it. A call is not
    kept so: it also says that the customer is at the hall.
    """
    request = rules.company.request(command.request_id)
    if request is None or request.form is None or request.is_open:
        return ()
    if command.proof is Proof.PHONE or refusal.code != "request_moved_on":
        return ()
    return _proven(request, request.form, command)


def _proven(request: Request, form: AssistForm, command: cmd.ReceiveProof) -> tuple[Event, ...]:
    known = [e for e in form.evidence if e.proof is command.proof]
    if any(e.reference == command.reference for e in known):
        return ()
    proof = ev.ProofReceived(
        request_id=request.id,
        form_version=command.form_version,
        proof=command.proof,
        reference=command.reference,
        by=command.by,
        happened_at=command.happened_at,
        note=command.note,
    )
    if command.proof is Proof.PHONE and request.arrived_at is None:
        return ev.CustomerArrived(request_id=request.id), proof
    return (proof,)


def _unproven(
    request: Request,
    form: AssistForm,
    command: cmd.ReceiveProof,
    rules: Rules,
    where: Circumstances,
) -> Refusal | None:
    """Say why this can't be proof."""
    if command.happened_at > where.at + CLOCK_TOLERANCE:
        return refuse("time_in_future")
    confirmer = _CONFIRMERS.get(command.proof)
    if confirmer is None:
        return None
    if command.by is None and command.note is None:
        return refuse("confirmer_missing", role=confirmer.value)
    if command.by and not rules.company.has_role(command.by, frozenset({confirmer})):
        return refuse("not_entitled", staff=command.by)
    if command.proof is Proof.FAX:
        return four_eyes(command.by, request.opened_by, form.drafted_by)
    return _no_call(request, command, where)


def _no_call(request: Request, command: cmd.ReceiveProof, where: Circumstances) -> Refusal | None:
    """Say why the call can't have confirmed the customer: not here yet, or no other end."""
    if request.state is not RequestState.AT_HALL:
        return moved_on(request)
    if not where.actor.is_one_of(FLOOR):
        return refuse("not_allowed", command="ReceiveProof")
    return refuse("phone_with_oneself") if command.by == where.actor.staff_id else None


def deny_identity(rules: Rules, command: cmd.DenyIdentity, _: Circumstances) -> Answer:
    """Take down that this is not the customer."""
    request = request_in(rules, command.request_id, {RequestState.AT_HALL})
    if isinstance(request, Refusal):
        return request
    return (ev.IdentityDenied(request_id=request.id, by=command.by, note=command.note),)


def arrive(rules: Rules, command: cmd.ReportArrival, _: Circumstances) -> Answer:
    """Take down that the customer is at the hall."""
    request = request_in(rules, command.request_id, {RequestState.AT_HALL})
    if isinstance(request, Refusal):
        return request
    return () if request.arrived_at else (ev.CustomerArrived(request_id=request.id),)


def book_visit(rules: Rules, command: cmd.BookVisit, where: Circumstances) -> Answer:
    """Agree a time for what can't be done on the spot."""
    states = {RequestState.AT_HALL, RequestState.AUTHORISED}
    request = request_in(rules, command.request_id, states)
    if isinstance(request, Refusal):
        return request
    if command.visit_at <= where.at:
        return refuse("already_past")
    ends = [request.form.valid_until] if request.form else []
    if request.state is RequestState.AUTHORISED and request.authority:
        ends = [request.authority.expires_at]
    if ends and command.visit_at >= min(ends):
        return refuse("beyond_expiry", number=request.number)
    return (
        ev.VisitBooked(
            request_id=request.id,
            kind=command.visit,
            visit_at=command.visit_at,
            appointment_id=command.appointment_id,
            note=command.note,
        ),
    )


def carry_out(rules: Rules, command: cmd.CarryOut, where: Circumstances) -> Answer:
    """Carry the solution out; what is missing is named."""
    found = form_in(rules, command.request_id, {RequestState.AT_HALL}, command.form_version)
    if isinstance(found, Refusal):
        return found
    request, form = found
    hall = rules.company.hall
    if hall is None or form.hall_id != hall.id:
        return refuse("other_hall", hall=form.hall_id)
    if refused := form_expired(request, form, where):
        return refused
    if form.missing:
        return refuse("gate_open", missing=",".join(proof.value for proof in form.missing))
    return (ev.CarriedOut(request_id=request.id, note=command.note, mood=command.mood),)
