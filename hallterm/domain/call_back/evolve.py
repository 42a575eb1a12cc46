"""How each event changes a call-back. Total: every event in the log can be applied."""

from datetime import date
from typing import Any

from hallterm.domain.call_back import events as ev
from hallterm.domain.call_back.state import CallBack
from hallterm.domain.call_back.words import CallBackState
from hallterm.domain.stream import Fact


def promised(fact: Fact, event: ev.CallBackPromised) -> CallBack:
    """Return the new call-back."""
    return CallBack(
        id=event.call_back_id,
        ticket_id=event.ticket_id,
        number=event.number,
        day=event.day,
        person_id=event.person_id,
        note_id=event.note_id,
        promised_at=fact.at,
        due_at=event.due_at,
        staff_id=event.staff_id,
        last_by=fact.actor,
    )


def evolve(call_back: CallBack, fact: Fact, today: date | None) -> CallBack:
    """Return the call-back after one event.

    today: the hall's business day.
    """
    event = fact.event
    if isinstance(event, ev.CallBackUndone):
        return call_back.before or call_back
    changes: dict[str, Any] = {"before": call_back.model_copy(update={"before": None})}
    match event:
        case ev.CallBackAssigned(staff_id=staff_id):
            changes |= {"staff_id": staff_id}
        case ev.CallBackUnanswered(again_at=again_at):
            changes |= {"tries": call_back.tries + 1, "again_at": again_at}
            changes |= _called(call_back, fact)
            if again_at is None:
                changes |= _ended(CallBackState.NOT_REACHED, fact, today)
        case ev.CallBackDone(outcome=outcome):
            changes |= {"outcome": outcome, "again_at": None, **_called(call_back, fact)}
            changes |= _ended(CallBackState.DONE, fact, today)
        case _:
            changes |= _ended(CallBackState.WITHDRAWN, fact, today)
    return call_back.model_copy(update={**changes, "last_by": fact.actor})


def _called(call_back: CallBack, fact: Fact) -> dict[str, Any]:
    return {"first_called_at": call_back.first_called_at or fact.at}


def _ended(state: CallBackState, fact: Fact, today: date | None) -> dict[str, Any]:
    return {"state": state, "closed_at": fact.at, "closed_day": today}
