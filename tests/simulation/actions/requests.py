"""Special requests go from hand to hand, at terminals that may not see each other."""

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta

from hallterm.desk import requests
from hallterm.desk.request_acts import Act, Kind, Offer, Want, offered
from hallterm.domain.actor import Actor
from hallterm.domain.request import commands as cmd
from hallterm.domain.request.state import STAGE_ROLES, Request
from hallterm.domain.request.words import Mood
from hallterm.domain.roles import FLOOR, Role
from hallterm.domain.stream import Command
from tests.simulation.actions.anything import action_for
from tests.simulation.actions.persons import record
from tests.simulation.actions.registry import action
from tests.simulation.actions.scene import Scene
from tests.support.requests import CHAIN
from tests.support.rulebook import PROFILE

_BY_STEPS = (
    cmd.AnswerRequest,
    cmd.TellCustomer,
    cmd.DecideRequest,
    cmd.UseAuthority,
    cmd.AgreeReply,
    cmd.DraftForm,
    cmd.MailForm,
    cmd.DecideForm,
    cmd.ForwardForm,
    cmd.SignForm,
    cmd.ReportWrongHall,
    cmd.ReceiveProof,
    cmd.DenyIdentity,
    cmd.ReportArrival,
    cmd.BookVisit,
    cmd.CarryOut,
    cmd.FollowUp,
    cmd.CloseRequest,
    cmd.GiveUpRequest,
    cmd.WithdrawRequest,
    cmd.ReopenRequest,
    cmd.TakeRequest,
    cmd.ConfirmDecision,
)
_SELDOM = frozenset(
    {
        Act.TOLD,
        Act.TAKE,
        Act.WITHDRAW,
        Act.REOPEN,
        Act.WRONG_HALL,
        Act.DENY_IDENTITY,
        Act.DENY_DECISION,
        Act.GIVE_UP,
        Act.ACCEPTED,
    }
)
"""What ends a request early, or leads nowhere."""
_WORDS = ("请先说明规定", "客户很着急", "下午再来")


@action(cmd.OpenRequest, weight=6)
def take_down(at: Scene) -> object:
    if not at.memory.persons:
        return record(at)
    return open_one(at, at.actor(*sorted(FLOOR)))


def open_one(at: Scene, actor: Actor) -> object:
    """Take a request of somebody known down."""
    kind = at.some(at.desk.rules.authority.kinds)
    typed = {
        "kind": kind.id,
        "amount": at.some(("10", "60", "3000")) if kind.money or not at.sensible() else "",
        "asked": at.some(_WORDS),
        "explained": at.some(_WORDS),
        "mood": at.some(Mood),
    }
    return requests.open_request(at.desk, actor, at.some(at.memory.persons), typed)


@action(*_BY_STEPS, weight=8)
def step(at: Scene) -> object:
    every = sorted(at.desk.rules.company.requests.values(), key=lambda one: one.id)
    going_on = [one for one in every if one.is_open and at.sensible()]
    if not every:
        return None
    request = at.some(going_on or every)
    result: object = None
    for _ in range(at.some((1, 1, 2, 4, 8))):
        result = one_step(at, request.id)
    return result


def one_step(
    at: Scene, request_id: str, among: Sequence[tuple[Actor, Offer]] | None = None
) -> object:
    """Let somebody do a step.

    among: who and what; None: anything that is offered to anybody.
    """
    request = requests.get(at.desk, request_id)
    if request is None:
        return None
    every = [(actor, offer) for actor in CHAIN for offer in _offers(at, request, actor)]
    can = every if among is None else among
    if not can:
        return None
    weights = [1 if offer.act in _SELDOM else 25 for _, offer in can]
    [(actor, offer)] = at.chance.choices(can, weights)
    filled = {want.name: typed(at, want, offer, request) for want in offer.wants}
    return requests.perform(at.desk, actor, request_id, offer.act, filled)


def _offers(at: Scene, request: Request, actor: Actor) -> list[Offer]:
    return [one for one in offered(request, actor) if not one.refusal or not at.sensible()]


def typed(at: Scene, want: Want, offer: Offer, request: Request) -> str:
    """Return what is typed into a field."""
    if want.name == "decider" and at.sensible():
        roles = STAGE_ROLES[request.state]
        return at.some([one.staff_id for one in CHAIN if one.roles & roles])
    if want.name == "hall" and offer.act is Act.WRONG_HALL and request.form:
        return "other" if request.form.hall_id == PROFILE.id else PROFILE.id
    if want.name == "by":
        wanted = Role.VIP_OFFICE_MANAGER if offer.act is Act.FAX_IN else Role.ACCOUNT_MANAGER
        return at.some([one.staff_id for one in CHAIN if wanted in one.roles])
    if not want.needed and want.name not in {"words", "address"} and at.chance.random() < 0.5:
        return ""
    now = at.desk.clock.now().astimezone(at.desk.timezone)
    draw: Mapping[Kind, Callable[[], str]] = {
        Kind.WORDS: lambda: at.some(_WORDS),
        Kind.TEXT: lambda: "建设路 12 号" if at.sensible() else "长" * 201,
        Kind.CHOICE: lambda: at.some(list(want.options or ())).value,
        Kind.STAFF: lambda: at.some(CHAIN).staff_id,
        Kind.AMOUNT: lambda: at.some(("10", "60")),
        Kind.MOMENT: lambda: f"{now + timedelta(hours=at.chance.randint(1, 6)):%Y-%m-%d %H:00}",
        Kind.COUNT: lambda: str(at.chance.randint(1, 3)),
        Kind.CODE: lambda: at.some((PROFILE.id, "other")) if not at.sensible() else PROFILE.id,
    }
    return draw[want.kind]()


@action(cmd.RemindRequest, cmd.ExpireRequest, weight=5)
def keep_time(at: Scene) -> object:
    return requests.keep_time(at.desk)


@action(weight=2)
def odd(at: Scene) -> object:
    """Give a command that nothing offers, with fields drawn by their names."""
    kinds: tuple[type[Command], ...] = _BY_STEPS
    return action_for(at.some(kinds)).do(at)
