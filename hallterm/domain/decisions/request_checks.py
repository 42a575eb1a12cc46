"""Checks that decisions about requests share. Each returns what was looked for, or a refusal."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from hallterm.domain.actor import Circumstances
from hallterm.domain.decisions.checklist import CLOCK_TOLERANCE
from hallterm.domain.hall import Rules
from hallterm.domain.refusal import Refusal, refuse
from hallterm.domain.request.commands import CHAIN
from hallterm.domain.request.parts import AssistForm, ByPhone, Ruling, Verdict
from hallterm.domain.request.state import OFFICE, STAGE_ROLES, Request
from hallterm.domain.request.words import DeclineReason, RequestState, ReturnReason
from hallterm.domain.roles import FLOOR, Role
from hallterm.domain.stream import Event

Answer = tuple[Event, ...] | Refusal

RECORDERS = FLOOR | {Role.ACCOUNT_MANAGER}
"""Who may write down what somebody decided by phone."""


def request_in(
    rules: Rules, request_id: str, states: Iterable[RequestState] | None = None
) -> Request | Refusal:
    """Return the request if it is in one of the states; None: in any but closed."""
    request = rules.company.request(request_id)
    if request is None:
        return refuse("unknown_request")
    wrong = request.state not in states if states is not None else not request.is_open
    return moved_on(request) if wrong else request


def moved_on(request: Request) -> Refusal:
    """Refuse what no longer fits where the request stands."""
    return refuse("request_moved_on", number=request.number, stage=request.state.value)


def overtaken(request: Request, stage: RequestState) -> Refusal:
    """Refuse a decision that comes too late; who decided that stage is named, if anybody did.

    stage: the one that the late decider saw.
    """
    made = next((d for d in reversed(request.decisions) if d.state is stage), None)
    if made is None or (stage in {request.closed_from, request.state} and not request.decided):
        return moved_on(request)
    staff = made.ruling.decider or made.recorded_by
    return refuse("request_decided", number=request.number, decided=stage.value, staff=staff)


def form_in(
    rules: Rules,
    request_id: str,
    states: Iterable[RequestState] | None = None,
    version: int | None = None,
) -> tuple[Request, AssistForm] | Refusal:
    """Return a request with its form, if it is in one of the states and the version holds.

    version: the one that was on the screen; None: whichever holds now.
    """
    request = request_in(rules, request_id, states)
    if isinstance(request, Refusal):
        return request
    if request.form is None:
        return refuse("no_form", number=request.number)
    if version not in {None, request.form.version}:
        return moved_on(request)
    return request, request.form


def form_expired(request: Request, form: AssistForm, where: Circumstances) -> Refusal | None:
    """Refuse when the form has run out."""
    if where.at < form.valid_until:
        return None
    return refuse("form_expired", number=request.number)


@dataclass(frozen=True, slots=True)
class Voice:
    """Whose step it is, and in which roles."""

    staff_id: str | None
    """工号; None: by phone, by somebody without an account."""
    roles: frozenset[Role]
    """Roles of the stage that this person fills."""
    said_at: datetime

    @property
    def role(self) -> Role:
        """The one role that is written down: the first in the order of the jobs."""
        return next(role for role in Role if role in self.roles)


def voice(
    request: Request, by_phone: ByPhone | None, rules: Rules, where: Circumstances
) -> Voice | Refusal:
    """Say whose step this is: the actor's own, or that of somebody who spoke by phone."""
    roles = STAGE_ROLES[request.state]
    if by_phone:
        return _by_phone(request, by_phone, rules, where)
    if not where.actor.is_one_of(roles):
        office = OFFICE.get(request.state, Role.CLERK)
        return refuse("not_of_office", role=office.value)
    if refused := not_held_by_other(request, where):
        return refused
    return Voice(where.actor.staff_id, where.actor.roles & roles, where.at)


def not_held_by_other(request: Request, where: Circumstances) -> Refusal | None:
    """Refuse when a colleague holds the request by name."""
    held = request.holder.staff_id if request.holder else None
    if held in {None, where.actor.staff_id}:
        return None
    return refuse("request_held", number=request.number, staff=str(held))


def _by_phone(
    request: Request, said: ByPhone, rules: Rules, where: Circumstances
) -> Voice | Refusal:
    roles = STAGE_ROLES[request.state]
    if not where.actor.is_one_of(RECORDERS | roles):
        return refuse("not_allowed", command="ByPhone")
    if said.said_at > where.at + CLOCK_TOLERANCE:
        return refuse("time_in_future")
    if said.decider is None:
        return Voice(None, frozenset({OFFICE.get(request.state, Role.CLERK)}), said.said_at)
    if said.decider == where.actor.staff_id:
        return refuse("phone_with_oneself")
    if not rules.company.has_role(said.decider, roles):
        return refuse("not_entitled", staff=said.decider)
    held = rules.company.staff[said.decider].roles & roles
    return Voice(said.decider, held, said.said_at)


def four_eyes(who: str | None, *own: str | None) -> Refusal | None:
    """Refuse when somebody would approve what is their own."""
    return refuse("own_request") if who is not None and who in own else None


def ruling(
    decision_id: str,
    verdict: Verdict,
    whose: Voice,
    *,
    reason: DeclineReason | ReturnReason | None,
    terms: str | None,
    by_phone: ByPhone | None,
) -> Ruling:
    """Make the ruling that goes into the event."""
    return Ruling(
        id=decision_id,
        verdict=verdict,
        role=whose.role,
        decider=whose.staff_id,
        by_phone=by_phone is not None,
        said_at=whose.said_at,
        reason=reason,
        terms=by_phone.words if by_phone else terms,
    )


def is_of_chain(where: Circumstances) -> bool:
    """Say whether the actor is a person through whose hands requests go."""
    return where.actor.is_one_of(CHAIN)
