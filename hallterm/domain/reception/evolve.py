"""How each event changes a reception."""

from typing import Any

from hallterm.domain.reception import events as ev
from hallterm.domain.reception.state import Move, Reception, Roster
from hallterm.domain.reception.transitions import state_after
from hallterm.domain.reception.words import ReceptionState, ReleaseReason
from hallterm.domain.stream import Fact


def roster_set(fact: Fact, event: ev.RosterSet) -> Roster:
    """Return the new roster."""
    return Roster(
        receivers=event.receivers, managers=event.managers, set_at=fact.at, set_by=fact.actor
    )


def offered(fact: Fact, event: ev.ReceptionOffered) -> Reception:
    """Return the new reception."""
    state = state_after(None, type(event), None)
    return Reception(
        ticket_id=event.ticket_id,
        day=event.day,
        state=state,
        asked=event.to,
        offered_at=fact.at,
        asked_at=fact.at,
        budget_s=event.budget_s,
        moves=(_move(fact, state, ""),),
    )


def evolve(reception: Reception, fact: Fact) -> Reception:
    """Return the reception after one event.

    Raises:
        KeyError: the event can't happen in this state.
    """
    event = fact.event
    assert isinstance(event, ev.ReceptionEvent)  # noqa: S101 - for the type checker
    state = state_after(reception.state, type(event), reception.closed_from)
    changes, detail = _changes(reception, fact, state)
    moves = (*reception.moves, _move(fact, state, detail))
    return reception.model_copy(update={**changes, "state": state, "moves": moves})


def _move(fact: Fact, state: ReceptionState, detail: str) -> Move:
    return Move(
        event=fact.event.type,
        state=state,
        at=fact.at,
        staff_id=fact.actor,
        device=fact.device,
        detail=detail,
    )


def _changes(reception: Reception, fact: Fact, state: ReceptionState) -> tuple[dict[str, Any], str]:
    """Return what an event changes besides the state, and the detail that it tells."""
    match fact.event:
        case ev.ReceptionEscalated(to=to):
            return {"asked": (*reception.asked, *to), "asked_at": fact.at}, ""
        case ev.ReceptionAccepted():
            first = reception.first_receiver or fact.actor
            changes = {"receiver": fact.actor, "first_receiver": first, "accepted_at": fact.at}
            return changes, ""
        case ev.ReceptionReleased() as event:
            return _released(reception, fact, event), event.reason.value
        case ev.CustomerGuided(counter_id=counter_id):
            changes = {"guided": True, "counter_id": counter_id, "guided_at": fact.at}
            return changes, counter_id or ""
        case _:
            return _ended_or_resumed(reception, fact, state)


def _released(reception: Reception, fact: Fact, event: ev.ReceptionReleased) -> dict[str, Any]:
    undone = event.reason is ReleaseReason.UNDONE
    return {
        "asked": event.to,
        "asked_at": fact.at,
        "receiver": None,
        "accepted_at": None,
        "first_receiver": None if undone else reception.first_receiver,
    }


def _ended_or_resumed(
    reception: Reception, fact: Fact, state: ReceptionState
) -> tuple[dict[str, Any], str]:
    if isinstance(fact.event, ev.ReceptionClosed):
        reason = fact.event.reason
        changes = {"closed_at": fact.at, "close_reason": reason, "closed_from": reception.state}
        return changes, reason.value
    back: dict[str, Any] = {"closed_at": None, "close_reason": None, "closed_from": None}
    if state is not ReceptionState.ACCEPTED:
        back["asked_at"] = fact.at
    return back, ""
