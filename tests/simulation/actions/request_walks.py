"""Special requests that get somewhere: at one terminal, step by step along one of the branches.

Steps drawn blindly seldom lead past the first manager. A walk knows what leads on, leaves its way
now and then, and stops anywhere, so that other terminals go on with it or decide it, too.
"""

from collections.abc import Mapping
from datetime import timedelta

from hallterm.desk import requests
from hallterm.desk.request_acts import Act, Offer, offered
from hallterm.domain.actor import Actor
from hallterm.domain.note import Note
from hallterm.domain.refusal import Refusal
from hallterm.domain.request import commands as cmd
from hallterm.domain.request.parts import Verdict
from hallterm.domain.request.state import Request
from hallterm.domain.request.words import RequestState as S
from hallterm.domain.request.words import Superior
from hallterm.domain.roles import FLOOR
from tests.simulation.actions.persons import record
from tests.simulation.actions.registry import action
from tests.simulation.actions.requests import one_step, open_one
from tests.simulation.actions.scene import Scene
from tests.support.requests import ACCOUNT_MANAGER, CHAIN
from tests.support.rulebook import PROFILE

Way = Mapping[S, tuple[Act, ...]]

_TO_MANAGER: Way = {
    S.EXPLAINED: (Act.NOT_ACCEPTED,),
    S.STORE_MANAGER: (Act.DECLINE,),
    S.STORE_REPLY: (Act.NOT_ACCEPTED,),
}
_AFTERWARDS: Way = {S.FOLLOW_UP: (Act.FOLLOW_UP,), S.FOLLOWED_UP: (Act.CLOSE,)}
_FORM: Way = {
    **_TO_MANAGER,
    S.ACCOUNT_MANAGER: (Act.HAND_OVER,),
    S.HANDED_OVER: (Act.DRAFT,),
    S.VIP_OFFICE: (Act.MAIL, Act.MAIL, Act.SIGN),
    S.HALL_OPERATIONS: (Act.APPROVE, Act.APPROVE, Act.APPROVE, Act.RETURN),
    S.RETURNED: (Act.DRAFT,),
    S.APPROVED: (Act.FORWARD,),
    **_AFTERWARDS,
}
_WAYS: tuple[Way, ...] = (
    {**_TO_MANAGER, S.STORE_MANAGER: (Act.GRANT,), S.STORE_REPLY: (Act.ACCEPTED,)},
    {
        **_TO_MANAGER,
        S.ACCOUNT_MANAGER: (Act.AUTHORISE,),
        S.AUTHORISED: (Act.USE, Act.VISIT),
        S.HALL_REPLY: (Act.ACCEPTED, Act.NOT_ACCEPTED),
        S.HANDED_OVER: (Act.ACCEPTED, Act.GIVE_UP),
    },
    {
        **_TO_MANAGER,
        S.ACCOUNT_MANAGER: (Act.BEYOND,),
        S.AGREEING: (Act.AGREE,),
        S.AGREED_REPLY: (Act.ACCEPTED,),
        **_AFTERWARDS,
    },
    {**_FORM, S.HALL_OPERATIONS: (Act.REFUSE,), S.HANDED_OVER: (Act.DRAFT, Act.GIVE_UP)},
    _FORM,
    _FORM,
    _FORM,
)
_AT_HALL = (Act.SIGN, Act.MAIL_IN, Act.FAX_IN, Act.PHONE_IN)
_BESIDE = (Act.VISIT, Act.DENY_IDENTITY, Act.WRONG_HALL, Act.TAKE, Act.TOLD, Act.WITHDRAW)
_LONGEST = 22
_ASIDE, _SHORT, _BY_PHONE, _STOPS, _AT_THE_DOOR = 0.07, 0.06, 0.12, 0.03, 0.2
"""Shares of the steps: beside the way, short-lived, by phone, the last one, before the gate."""


@action(cmd.OpenRequest, cmd.SignForm, cmd.CarryOut, cmd.FollowUp, cmd.CloseRequest, weight=3)
def walk(at: Scene) -> object:
    if not at.memory.persons:
        answer = record(at)
        if not at.memory.persons:
            return answer
    opened = open_one(at, at.actor(*sorted(FLOOR)))
    if not isinstance(opened, requests.Taken):
        return opened
    way = at.some(_WAYS)
    answer = None
    for _ in range(_LONGEST):
        request = requests.get(at.desk, opened.request_id)
        if request is None or at.chance.random() < _STOPS:
            break
        if not request.is_open and not at.perhaps(value=True, share=0.1):
            break
        if at.chance.random() < _SHORT and (short := _short_lived(at, request)) is not None:
            return short
        answer = _on(at, request, way)
    return answer


def _on(at: Scene, request: Request, way: Way) -> object:
    """Go one step on; or aside."""
    if at.chance.random() < _ASIDE or not request.is_open:
        return one_step(at, request.id, _offers_of(at, request, _BESIDE) or None)
    if request.state is S.AT_HALL:
        return one_step(at, request.id, _at_the_gate(at, request))
    return one_step(at, request.id, _offers_of(at, request, way.get(request.state, ())))


def _offers_of(at: Scene, request: Request, acts: tuple[Act, ...]) -> list[tuple[Actor, Offer]]:
    """Return who can do one of the acts: by phone now and then, confirmed as often as not."""
    every = [(actor, offer) for actor in CHAIN for offer in offered(request, actor)]
    confirms = [one for one in every if one[1].act in {Act.CONFIRM, Act.DENY_DECISION}]
    if confirms and at.sensible():
        return confirms
    wanted = [one for one in every if one[1].act in acts and not one[1].refusal]
    phone = at.chance.random() < _BY_PHONE
    return [one for one in wanted if one[1].by_phone is phone] or wanted


def _at_the_gate(at: Scene, request: Request) -> list[tuple[Actor, Offer]]:
    form = request.form
    if at.chance.random() < _AT_THE_DOOR:
        return _offers_of(at, request, (Act.ARRIVED, Act.DENY_IDENTITY, Act.WRONG_HALL, Act.VISIT))
    if form is None or form.hall_id != PROFILE.id:
        return _offers_of(at, request, (Act.WRONG_HALL,))
    if not form.missing:
        return _offers_of(at, request, (Act.CARRY_OUT,))
    missing = {f"{proof.value}_in" for proof in form.missing}
    acts = tuple(act for act in _AT_HALL if act is Act.SIGN or act.value in missing)
    return _offers_of(at, request, acts)


def _short_lived(at: Scene, request: Request) -> object | None:
    """Give an authority, or write a form, that runs out while the others are at work."""
    soon = at.desk.clock.now() + timedelta(seconds=at.chance.randint(2, 30))
    book = [Note(id=at.desk.new_id(), about=request.id, text="今天之内")]
    command: cmd.RequestCommand
    if request.state is S.ACCOUNT_MANAGER:
        command = cmd.DecideRequest(
            request_id=request.id,
            decision_id=at.desk.new_id(),
            stage=request.state,
            verdict=Verdict.AUTHORISE,
            terms=book[0].id,
            expires_at=soon,
        )
    elif request.state in {S.HANDED_OVER, S.RETURNED}:
        command = cmd.DraftForm(
            request_id=request.id,
            solution=book[0].id,
            superior=Superior.QUALITY,
            hall_id=PROFILE.id,
            valid_until=soon,
        )
    else:
        return None
    answer = at.desk.act(ACCOUNT_MANAGER, command, notes=book)
    return None if isinstance(answer, Refusal) else answer
