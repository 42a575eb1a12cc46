"""Decisions of the store manager and of the account manager, and what the hall does with them."""

from datetime import timedelta

from hallterm.domain.actor import Circumstances
from hallterm.domain.decisions.request_checks import (
    Answer,
    Voice,
    four_eyes,
    is_of_chain,
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
from hallterm.domain.request.parts import Ruling, Verdict
from hallterm.domain.request.state import Request
from hallterm.domain.request.words import Confirmation, RequestState

_VERDICTS: dict[RequestState, frozenset[Verdict]] = {
    RequestState.STORE_MANAGER: frozenset({Verdict.GRANTED, Verdict.DECLINED}),
    RequestState.ACCOUNT_MANAGER: frozenset({Verdict.HAND_OVER, Verdict.AUTHORISE, Verdict.BEYOND}),
}
_USES_AUTHORITY = frozenset({Verdict.GRANTED, Verdict.AUTHORISE})


def decide(rules: Rules, command: cmd.DecideRequest, where: Circumstances) -> Answer:
    """Grant or decline at the store; hand over, authorise or pass at the account manager."""
    request = request_in(rules, command.request_id, RequestState)
    if isinstance(request, Refusal):
        return request
    if request.state not in _VERDICTS or request.state is not command.stage or request.decided:
        return overtaken(request, command.stage)
    if command.verdict not in _VERDICTS[request.state]:
        return refuse("wrong_verdict")
    whose = voice(request, command.by_phone, rules, where)
    if isinstance(whose, Refusal):
        return whose
    if refused := _not_so(request, command, whose, rules):
        return refused
    made = ruling(
        command.decision_id,
        command.verdict,
        whose,
        reason=command.reason,
        terms=command.terms,
        by_phone=command.by_phone,
    )
    return _ruled(request, command, made, rules, where)


def _not_so(
    request: Request, command: cmd.DecideRequest, whose: Voice, rules: Rules
) -> Refusal | None:
    if refused := four_eyes(whose.staff_id, request.opened_by):
        return refused
    if command.verdict is Verdict.DECLINED and command.reason is None:
        return refuse("reason_missing")
    if command.verdict not in _USES_AUTHORITY:
        return None
    if command.terms is None and command.by_phone is None:
        return refuse("terms_missing")
    return rules.authority.refusal(whose.roles, request.kind, request.amount_fen, request.grade)


def _ruled(
    request: Request,
    command: cmd.DecideRequest,
    made: Ruling,
    rules: Rules,
    where: Circumstances,
) -> Answer:
    match command.verdict:
        case Verdict.GRANTED | Verdict.DECLINED:
            return (ev.StoreDecided(request_id=request.id, ruling=made),)
        case Verdict.HAND_OVER:
            return (ev.HandedOver(request_id=request.id, ruling=made),)
        case Verdict.BEYOND:
            return (ev.BeyondBoth(request_id=request.id, ruling=made),)
        case _:
            longest = timedelta(hours=rules.standards.requests.authority_hours)
            until = command.expires_at or where.at + longest
            if not where.at < until <= where.at + longest:
                return refuse("expiry_out_of_range", hours=rules.standards.requests.authority_hours)
            return (
                ev.HallAuthorised(
                    request_id=request.id,
                    ruling=made,
                    kind=request.kind,
                    amount_fen=request.amount_fen,
                    expires_at=until,
                ),
            )


def use_authority(rules: Rules, command: cmd.UseAuthority, where: Circumstances) -> Answer:
    """Act under the authority, once, while it holds."""
    request = rules.company.request(command.request_id)
    if request is None:
        return refuse("unknown_request")
    if request.state is not RequestState.AUTHORISED or request.authority is None:
        used_by = request.authority.used_by if request.authority else None
        if used_by:
            return refuse("authority_used", number=request.number, staff=used_by)
        return moved_on(request)
    if where.at >= request.authority.expires_at:
        return refuse("authority_expired", number=request.number)
    return (ev.AuthorityUsed(request_id=request.id, note=command.note),)


def agree_reply(rules: Rules, command: cmd.AgreeReply, where: Circumstances) -> Answer:
    """Settle what the hall will say."""
    request = request_in(rules, command.request_id, {RequestState.AGREEING})
    if isinstance(request, Refusal):
        return request
    whose = voice(request, command.by_phone, rules, where)
    if isinstance(whose, Refusal):
        return whose
    other = command.by_phone.decider if command.by_phone else request.owner
    return (
        ev.ReplyAgreed(request_id=request.id, note=command.note, by=other, behalf=command.by_phone),
    )


def confirm(rules: Rules, command: cmd.ConfirmDecision, where: Circumstances) -> Answer:
    """Stand by what one said by phone, or deny it."""
    request = rules.company.request(command.request_id)
    decision = request.decision(command.decision_id) if request else None
    if request is None or decision is None or decision.confirmation is None:
        return refuse("nothing_to_confirm")
    if decision.ruling.decider != where.actor.staff_id or not is_of_chain(where):
        return refuse("not_your_decision")
    if decision.confirmation is not Confirmation.PENDING:
        return ()
    one = {"request_id": request.id, "decision_id": command.decision_id}
    if command.agree:
        return (ev.DecisionConfirmed(**one),)
    return (
        (ev.DecisionDenied(**one, note=command.note),) if command.note else refuse("reason_missing")
    )
