"""How each event changes a request."""

from hallterm.domain.request import events as ev
from hallterm.domain.request.evolve_parts import changes_by
from hallterm.domain.request.parts import Holder, Move
from hallterm.domain.request.state import OFFICE, Request
from hallterm.domain.request.story import move_of
from hallterm.domain.request.transitions import state_after
from hallterm.domain.request.words import RequestState
from hallterm.domain.roles import Role
from hallterm.domain.stream import Fact


def opened(fact: Fact, event: ev.RequestOpened) -> Request:
    """Return the request that an opening makes."""
    request = Request(
        id=event.request_id,
        serial=event.serial,
        number=event.number,
        day=event.day,
        hall_id=event.hall_id,
        person_id=event.person_id,
        tier=event.tier,
        grade=event.grade,
        kind=event.kind,
        amount_fen=event.amount_fen,
        ticket_id=event.ticket_id,
        opened_by=fact.actor,
        opened_at=fact.at,
        owner=fact.actor,
        account_manager=event.account_manager,
        request_note=event.request_note,
        explanation_note=event.explanation_note,
        state=RequestState.EXPLAINED,
        since=fact.at,
        holder=Holder(role=Role.CLERK, staff_id=fact.actor),
        promised_at=event.promised_at,
    )
    return request.model_copy(update={"moves": (move_of(fact, event, request.state),)})


def evolve(request: Request, fact: Fact) -> Request:
    """Return the request after an event. One that doesn't fit is kept in the story, disputed."""
    event = fact.event
    if not isinstance(event, ev.RequestEvent):
        return request
    state = state_after(request.state, type(event), request.closed_from)
    if state is None:
        odd = move_of(fact, event, request.state).model_copy(update={"disputed": True})
        return _with_move(request, odd)
    after = request.model_copy(update=changes_by(request, fact, event))
    moved = state is not request.state or isinstance(event, ev.RequestReopened)
    if moved or isinstance(event, ev.CustomerDeclined):
        after = _enter(after, state, fact)
    return _with_move(after, move_of(fact, event, state))


def _with_move(request: Request, move: Move) -> Request:
    return request.model_copy(update={"moves": (*request.moves, move)})


def _enter(request: Request, state: RequestState, fact: Fact) -> Request:
    """Let a state begin: its clock, and who holds it."""
    changes: dict[str, object] = {
        "state": state,
        "since": fact.at,
        "entry": request.entry + 1,
        "reminded": 0,
        "holder": holder_in(request, state),
    }
    if state is RequestState.CLOSED:
        changes |= {
            "closed_at": fact.at,
            "closed_by": fact.actor,
            "closed_from": request.state,
        }
    return request.model_copy(update=changes)


def holder_in(request: Request, state: RequestState) -> Holder | None:
    """Return who holds a request when it enters a state."""
    if state is RequestState.CLOSED:
        return None
    office = OFFICE.get(state)
    if office is None:
        return Holder(role=Role.CLERK, staff_id=request.owner)
    named = request.account_manager if office is Role.ACCOUNT_MANAGER else None
    return Holder(role=office, staff_id=named)
