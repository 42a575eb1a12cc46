"""How each event changes an errand. Total: a report that contradicts is told, not refused."""

from datetime import date
from typing import Any

from hallterm.domain.errand import events as ev
from hallterm.domain.errand.state import Errand, ErrandMove, NoteRef
from hallterm.domain.errand.words import OPEN_ERRANDS, AheadOutcome, ErrandState
from hallterm.domain.stream import Fact


def planned(fact: Fact, event: ev.ErrandPlanned) -> Errand:
    """Return the new errand."""
    return Errand(
        id=event.errand_id,
        state=ErrandState.PLANNED,
        last_event=event.type,
        last_by=fact.actor,
        moves=(_move(fact, ErrandState.PLANNED, event.goes or ""),),
        **event.model_dump(exclude={"errand_id"}),
    )


def evolve(errand: Errand, fact: Fact, day: date | None) -> Errand:
    """Return the errand after one event; day: business day on which it happens."""
    event = fact.event
    if isinstance(event, ev.ErrandUndone):
        before = errand.before or errand
        move = _move(fact, before.state, event.undone)
        return before.model_copy(update={"moves": (*errand.moves, move)})
    changes, detail = _changes(errand, event)
    state = changes.get("state", errand.state)
    return errand.model_copy(
        update={
            **changes,
            "ended_day": None if state in OPEN_ERRANDS else day,
            "last_event": event.type,
            "last_by": fact.actor,
            "moves": (*errand.moves, _move(fact, state, detail)),
            "before": errand.remembered(),
        }
    )


def _changes(errand: Errand, event: object) -> tuple[dict[str, Any], str]:
    """Return what an event changes, and the detail that it tells."""
    match event:
        case ev.ErrandAssigned(goes=goes):
            return {"goes": goes}, goes
        case ev.ErrandCalled(outcome=outcome):
            agreed = outcome is AheadOutcome.AGREED or errand.state is ErrandState.CALLED
            state = ErrandState.CALLED if agreed else ErrandState.PLANNED
            return {"state": state, "calls": errand.calls + 1}, outcome.value
        case ev.ErrandDeparted(goes=goes):
            return {"state": ErrandState.UNDERWAY, "goes": goes}, goes
        case ev.ErrandRebooked() as rebooked:
            return _rebooked(errand, rebooked), rebooked.begins.isoformat()
        case _:
            return _ending(errand, event)


def _ending(errand: Errand, event: object) -> tuple[dict[str, Any], str]:
    match event:
        case ev.ErrandFinished(outcome=outcome):
            return {"state": ErrandState.DONE, "outcome": outcome}, outcome.value
        case ev.ErrandMissed(left_note=left_note):
            changes = {"misses": errand.misses + 1, "left_note": left_note}
            return {"state": ErrandState.MISSED, **changes}, "left_note" if left_note else ""
        case ev.ErrandCancelled(reason=reason):
            return {"state": ErrandState.CANCELLED, "cancel_reason": reason}, reason.value
        case _:
            return {}, ""


def _rebooked(errand: Errand, event: ev.ErrandRebooked) -> dict[str, Any]:
    return {
        "state": ErrandState.PLANNED,
        "begins": event.begins,
        "ends": event.ends,
        "calls": 0,
        "notes": _replaced(errand.notes, event.notes),
    }


def _replaced(old: tuple[NoteRef, ...], new: tuple[NoteRef, ...]) -> tuple[NoteRef, ...]:
    by_kind = {note.about: note for note in (*old, *new)}
    return tuple(by_kind.values())


def _move(fact: Fact, state: ErrandState, detail: str) -> ErrandMove:
    return ErrandMove(
        event=fact.event.type,
        state=state,
        seq=fact.seq,
        at=fact.at,
        staff_id=fact.actor,
        device=fact.device,
        detail=detail,
    )
