"""Decisions about what is said to the customer: open, answer, tell, follow up, end."""

from datetime import datetime, timedelta

from hallterm.domain.actor import Circumstances
from hallterm.domain.decisions.request_checks import (
    Answer,
    not_held_by_other,
    request_in,
    voice,
)
from hallterm.domain.decisions.request_clock import clock_hours
from hallterm.domain.hall import Rules
from hallterm.domain.refusal import Refusal, refuse
from hallterm.domain.request import commands as cmd
from hallterm.domain.request import events as ev
from hallterm.domain.request.state import Request
from hallterm.domain.request.transitions import WITHDRAWABLE
from hallterm.domain.request.words import REPLY_STATES, RequestState
from hallterm.domain.roles import MANAGERS, Role
from hallterm.domain.tiers import Tier

_NEXT_ANSWER: dict[RequestState, tuple[RequestState, ...]] = {
    RequestState.EXPLAINED: (RequestState.STORE_MANAGER, RequestState.STORE_REPLY),
    RequestState.STORE_REPLY: (RequestState.ACCOUNT_MANAGER, RequestState.HALL_REPLY),
}
"""State in which the customer does not accept → stages that pass until the next answer."""


def open_request(rules: Rules, command: cmd.OpenRequest, where: Circumstances) -> Answer:
    """Take a request down; its number is the next one."""
    company = rules.company
    if company.request(command.request_id):
        return refuse("request_exists")
    if company.hall is None:
        return refuse("hall_missing")
    if refused := _unclear(rules, command):
        return refused
    manager = command.account_manager
    known = bool(manager) and company.has_role(str(manager), frozenset({Role.ACCOUNT_MANAGER}))
    serial = company.request_serial + 1
    promised = command.promised_at or _promise(rules, RequestState.EXPLAINED, where.at)
    return (
        ev.RequestOpened(
            request_id=command.request_id,
            serial=serial,
            number=f"{command.day:%Y}-{serial:04d}",
            day=command.day,
            hall_id=company.hall.id,
            person_id=command.person_id,
            tier=command.tier,
            grade=command.grade,
            kind=command.kind_id,
            amount_fen=command.amount_fen,
            ticket_id=command.ticket_id,
            account_manager=manager if known else None,
            request_note=command.request_note,
            explanation_note=command.explanation_note,
            mood=command.mood,
            promised_at=promised,
        ),
    )


def _unclear(rules: Rules, command: cmd.OpenRequest) -> Refusal | None:
    kind = rules.authority.kind(command.kind_id)
    if kind is None:
        return refuse("unknown_request_kind")
    if kind.money != bool(command.amount_fen):
        return refuse("amount_missing" if kind.money else "amount_without_money")
    if command.grade and command.tier is not Tier.VIP:
        return refuse("grade_without_vip")
    return None


def _promise(rules: Rules, state: RequestState, at: datetime) -> datetime:
    """Return when the customer can expect the next answer, by the house's clocks."""
    minutes = rules.standards.requests.minutes
    stages = _NEXT_ANSWER.get(state, (RequestState.HANDED_OVER,))
    allowed = sum((minutes.of(stage) or timedelta() for stage in stages), timedelta())
    return clock_hours(rules).after(at, allowed)


def answer(rules: Rules, command: cmd.AnswerRequest, where: Circumstances) -> Answer:
    """Take down what the customer said to the explanation or reply."""
    request = request_in(rules, command.request_id, REPLY_STATES)
    if isinstance(request, Refusal):
        return request
    if request.state is not command.stage:
        return refuse("request_moved_on", number=request.number, stage=request.state.value)
    if command.accepted:
        return (ev.CustomerAccepted(request_id=request.id, note=command.note, mood=command.mood),)
    promised = command.promised_at or _promise(rules, request.state, where.at)
    return (
        ev.CustomerDeclined(
            request_id=request.id, note=command.note, mood=command.mood, promised_at=promised
        ),
    )


def tell(rules: Rules, command: cmd.TellCustomer, _: Circumstances) -> Answer:
    """Take down that the customer was told how far it is."""
    request = request_in(rules, command.request_id)
    if isinstance(request, Refusal):
        return request
    return (
        ev.CustomerTold(
            request_id=request.id,
            note=command.note,
            mood=command.mood,
            promised_at=command.promised_at,
        ),
    )


def follow_up(rules: Rules, command: cmd.FollowUp, where: Circumstances) -> Answer:
    """Take down how the customer is with it."""
    request = request_in(rules, command.request_id, {RequestState.FOLLOW_UP})
    if isinstance(request, Refusal):
        return request
    whose = voice(request, command.by_phone, rules, where)
    if isinstance(whose, Refusal):
        return whose
    return (
        ev.FollowedUp(
            request_id=request.id,
            note=command.note,
            mood=command.mood,
            behalf=command.by_phone,
        ),
    )


def close(rules: Rules, command: cmd.CloseRequest, where: Circumstances) -> Answer:
    """End a request after its follow-up: whoever answers for it, or a manager."""
    request = request_in(rules, command.request_id, {RequestState.FOLLOWED_UP})
    if isinstance(request, Refusal):
        return request
    refused = not_held_by_other(request, where)
    if refused and not where.actor.is_one_of(MANAGERS):
        return refused
    return (ev.RequestClosed(request_id=request.id),)


def give_up(rules: Rules, command: cmd.GiveUpRequest, where: Circumstances) -> Answer:
    """End a request without a solution."""
    states = {RequestState.HANDED_OVER, RequestState.RETURNED}
    request = request_in(rules, command.request_id, states)
    if isinstance(request, Refusal):
        return request
    whose = voice(request, command.by_phone, rules, where)
    if isinstance(whose, Refusal):
        return whose
    return (
        ev.RequestUnresolved(
            request_id=request.id,
            note=command.note,
            mood=command.mood,
            behalf=command.by_phone,
        ),
    )


def withdraw(rules: Rules, command: cmd.WithdrawRequest, _: Circumstances) -> Answer:
    """End a request because the customer wants it no more."""
    request = request_in(rules, command.request_id, WITHDRAWABLE)
    if isinstance(request, Refusal):
        return request
    return (ev.RequestWithdrawn(request_id=request.id, reason=command.reason, note=command.note),)


def reopen(rules: Rules, command: cmd.ReopenRequest, where: Circumstances) -> Answer:
    """Take back that a request was ended: whoever ended it, or a manager."""
    request: Request | Refusal = request_in(rules, command.request_id, {RequestState.CLOSED})
    if isinstance(request, Refusal):
        return request
    if request.closed_by != where.actor.staff_id and not where.actor.is_one_of(MANAGERS):
        return refuse("not_your_action", staff=str(request.closed_by))
    return (ev.RequestReopened(request_id=request.id, reason=command.reason),)
