"""How an event reads as a line of a request's story."""

from hallterm.domain.request import events as ev
from hallterm.domain.request.parts import Move, NoteId, Ruling
from hallterm.domain.request.words import Mood, RequestState
from hallterm.domain.stream import Fact

_NOTES = ("request_note", "explanation_note", "note", "solution", "superior_words")
_DETAILS = ("reason", "proof", "by", "kind", "hall_id", "level")


def move_of(fact: Fact, event: ev.RequestEvent, state: RequestState) -> Move:
    """Return the line for an event: who, when, from where, notes, mood and one detail."""
    ruling = getattr(event, "ruling", None)
    mood = getattr(event, "mood", None)
    return Move(
        event=event.type,
        state=state,
        at=fact.at,
        staff_id=fact.actor,
        device=fact.device,
        notes=_notes(event, ruling),
        mood=mood if isinstance(mood, Mood) else None,
        detail=_detail(event, ruling),
    )


def _notes(event: ev.RequestEvent, ruling: Ruling | None) -> tuple[NoteId, ...]:
    found = [getattr(event, name, None) for name in _NOTES]
    if ruling:
        found.append(ruling.terms)
    if event.behalf:
        found.append(event.behalf.words)
    return tuple(note for note in found if note)


def _detail(event: ev.RequestEvent, ruling: Ruling | None) -> str:
    if ruling:
        return ruling.id
    found = (getattr(event, name, None) for name in _DETAILS)
    return next((str(value) for value in found if value is not None), "")
