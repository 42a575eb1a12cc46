"""Decisions about the assistance form on its way: draft, mail, approve, forward, sign."""

from datetime import timedelta

from hallterm.domain.actor import Circumstances
from hallterm.domain.decisions.request_checks import (
    Answer,
    Voice,
    form_expired,
    form_in,
    four_eyes,
    moved_on,
    overtaken,
    request_in,
    ruling,
    voice,
)
from hallterm.domain.hall import Rules
from hallterm.domain.refusal import Refusal, refuse
from hallterm.domain.request import commands as cmd
from hallterm.domain.request import events as ev
from hallterm.domain.request.parts import AssistForm, Verdict
from hallterm.domain.request.state import Request
from hallterm.domain.request.words import DeclineReason, RequestState, ReturnReason
from hallterm.domain.roles import Role

_DRAFTED_IN = frozenset({RequestState.HANDED_OVER, RequestState.RETURNED})
_VERDICTS: dict[RequestState, frozenset[Verdict]] = {
    RequestState.VIP_OFFICE: frozenset({Verdict.RETURNED}),
    RequestState.HALL_OPERATIONS: frozenset({Verdict.APPROVED, Verdict.RETURNED, Verdict.REFUSED}),
}
_EVENTS: dict[Verdict, type[ev.Ruled]] = {
    Verdict.APPROVED: ev.FormApproved,
    Verdict.RETURNED: ev.FormReturned,
    Verdict.REFUSED: ev.FormRefused,
}
_REASONS: dict[Verdict, type[DeclineReason] | type[ReturnReason]] = {
    Verdict.RETURNED: ReturnReason,
    Verdict.REFUSED: DeclineReason,
}


def draft(rules: Rules, command: cmd.DraftForm, where: Circumstances) -> Answer:
    """Write the form with a superior's solution."""
    request = request_in(rules, command.request_id, _DRAFTED_IN)
    if isinstance(request, Refusal):
        return request
    whose = voice(request, command.by_phone, rules, where)
    if isinstance(whose, Refusal):
        return whose
    valid = timedelta(days=rules.standards.requests.form_days)
    until = command.valid_until or where.at + valid
    if until <= where.at:
        return refuse("already_past")
    kind = rules.authority.kind(request.kind)
    if command.amount_fen and kind and not kind.money:
        return refuse("amount_without_money")
    return (
        ev.FormDrafted(
            request_id=request.id,
            form_version=request.form.version + 1 if request.form else 1,
            solution=command.solution,
            superior=command.superior,
            superior_words=command.superior_words,
            hall_id=command.hall_id,
            amount_fen=command.amount_fen,
            valid_until=until,
            behalf=command.by_phone,
        ),
    )


def mail(rules: Rules, command: cmd.MailForm, where: Circumstances) -> Answer:
    """Pass the form to the hall-operations liaison."""
    found = _step(rules, command, RequestState.VIP_OFFICE, where)
    if isinstance(found, Refusal):
        return found
    return (ev.FormMailed(request_id=found.id, behalf=command.by_phone),)


def forward(rules: Rules, command: cmd.ForwardForm, where: Circumstances) -> Answer:
    """Send the approved form to the hall."""
    found = _step(rules, command, RequestState.APPROVED, where)
    if isinstance(found, Refusal):
        return found
    return (ev.FormForwarded(request_id=found.id, behalf=command.by_phone),)


def _step(
    rules: Rules,
    command: cmd.MailForm | cmd.ForwardForm,
    state: RequestState,
    where: Circumstances,
) -> Request | Refusal:
    found = form_in(rules, command.request_id, {state})
    if isinstance(found, Refusal):
        return found
    request, form = found
    if refused := form_expired(request, form, where):
        return refused
    whose = voice(request, command.by_phone, rules, where)
    return whose if isinstance(whose, Refusal) else request


def decide(rules: Rules, command: cmd.DecideForm, where: Circumstances) -> Answer:
    """Approve, return or refuse; nobody approves what they drafted, mailed or opened."""
    found = form_in(rules, command.request_id, RequestState, command.form_version)
    if isinstance(found, Refusal):
        return found
    request, form = found
    if request.state not in _VERDICTS or request.decided:
        return _decided(request, form)
    whose = voice(request, command.by_phone, rules, where)
    if isinstance(whose, Refusal):
        return whose
    refused = _not_so(request, form, command, whose) or _too_late(request, command, where)
    if refused := refused or _own_record(form, command, where):
        return refused
    made = ruling(
        command.decision_id,
        command.verdict,
        whose,
        reason=command.reason,
        terms=command.terms,
        by_phone=command.by_phone,
    )
    return (_EVENTS[command.verdict](request_id=request.id, ruling=made),)


def _decided(request: Request, form: AssistForm) -> Refusal:
    """Refuse a decision about a form that comes too late; who decided it first is named."""
    made = (d for d in reversed(request.decisions) if d.state in _VERDICTS)
    last = next((d for d in made if d.at >= form.drafted_at), None)
    return overtaken(request, last.state) if last else moved_on(request)


def _not_so(
    request: Request, form: AssistForm, command: cmd.DecideForm, whose: Voice
) -> Refusal | None:
    if command.verdict not in _VERDICTS[request.state]:
        return refuse("wrong_verdict")
    wanted = _REASONS.get(command.verdict)
    if wanted and not isinstance(command.reason, wanted):
        return refuse("reason_missing")
    if command.verdict is not Verdict.APPROVED:
        return None
    return four_eyes(whose.staff_id, request.opened_by, form.drafted_by, form.mailed_by)


def _own_record(form: AssistForm, command: cmd.DecideForm, where: Circumstances) -> Refusal | None:
    """Refuse that who drafted it writes down, too, that it was approved by phone."""
    if command.verdict is not Verdict.APPROVED:
        return None
    return four_eyes(where.actor.staff_id, form.drafted_by)


def _too_late(request: Request, command: cmd.DecideForm, where: Circumstances) -> Refusal | None:
    if command.verdict is not Verdict.APPROVED or request.form is None:
        return None
    return form_expired(request, request.form, where)


def sign(rules: Rules, command: cmd.SignForm, where: Circumstances) -> Answer:
    """Sign the form for the fax, within one's limits; not one's own."""
    states = {
        RequestState.VIP_OFFICE,
        RequestState.HALL_OPERATIONS,
        RequestState.APPROVED,
        RequestState.AT_HALL,
    }
    found = form_in(rules, command.request_id, states, command.form_version)
    if isinstance(found, Refusal):
        return found
    request, form = found
    if form.signed_by:
        return refuse("already_signed", staff=form.signed_by)
    signer = {Role.VIP_OFFICE_MANAGER}
    refused = (
        four_eyes(where.actor.staff_id, request.opened_by, form.drafted_by)
        or rules.authority.refusal(signer, request.kind, form.amount_fen, request.grade)
        or form_expired(request, form, where)
    )
    return refused or (ev.FormSigned(request_id=request.id, form_version=form.version),)


def wrong_hall(rules: Rules, command: cmd.ReportWrongHall, _: Circumstances) -> Answer:
    """Send the form on to the right hall."""
    found = form_in(rules, command.request_id, {RequestState.AT_HALL})
    if isinstance(found, Refusal):
        return found
    request, form = found
    if form.hall_id == command.hall_id:
        return refuse("same_hall")
    return (ev.WrongHall(request_id=request.id, hall_id=command.hall_id, note=command.note),)
