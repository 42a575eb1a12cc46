"""The drawings of states in the documents are what the code does."""

from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import Any

import pytest

from hallterm.domain.appointment import drawing as appointment
from hallterm.domain.appointment import transitions as appointment_moves
from hallterm.domain.appointment.events import AppointmentEvent
from hallterm.domain.appointment.words import AppointmentState
from hallterm.domain.call_back import drawing as call_back
from hallterm.domain.call_back import transitions as call_back_moves
from hallterm.domain.call_back.events import CallBackEvent
from hallterm.domain.call_back.words import CallBackState
from hallterm.domain.diversion import drawing as diversion
from hallterm.domain.diversion import transitions as diversion_moves
from hallterm.domain.diversion.words import OfferState
from hallterm.domain.drawing import mermaid
from hallterm.domain.errand import drawing as errand
from hallterm.domain.errand import transitions as errand_moves
from hallterm.domain.errand.events import ErrandEvent
from hallterm.domain.errand.words import ErrandState
from hallterm.domain.stream import Event
from hallterm.lab.state_drawing import BEGIN, DRAWINGS, drawn

DOCUMENTS = Path(__file__).parents[2] / "docs"
KINDS: list[tuple[Any, Any, type[Event], type[StrEnum]]] = [
    (call_back.CAUSES, call_back_moves.TRANSITIONS, CallBackEvent, CallBackState),
    (appointment.CAUSES, appointment_moves.TRANSITIONS, AppointmentEvent, AppointmentState),
    (errand.CAUSES, errand_moves.TRANSITIONS, ErrandEvent, ErrandState),
]


@pytest.mark.parametrize("document", ["appointments.md", "diversion.md"])
def test_the_document_shows_the_present_states(document: str) -> None:
    """To put it right: python -m hallterm.lab.state_drawing docs/*.md."""
    text = (DOCUMENTS / document).read_text("utf-8")
    assert drawn(text) == text


def test_every_drawing_is_in_a_document_once() -> None:
    texts = [path.read_text("utf-8") for path in DOCUMENTS.glob("*.md")]
    counted = {name: sum(t.count(BEGIN.format(name=name)) for t in texts) for name in DRAWINGS}
    assert counted == dict.fromkeys(DRAWINGS, 1)


def test_an_offer_has_every_state_and_cause() -> None:
    moves = diversion_moves.TRANSITIONS
    assert {state for after in moves.values() for state in after if state} == set(OfferState)
    assert {event for _, event in moves} == set(diversion.CAUSES)
    assert "open --> [*]: action_undone" in mermaid(moves)


@pytest.mark.parametrize(("causes", "moves", "kind", "states"), KINDS)
def test_every_event_and_state_is_in_the_drawing(
    causes: Mapping[type[Event], str],
    moves: Mapping[tuple[StrEnum | None, type[Event]], tuple[StrEnum, ...]],
    kind: type[Event],
    states: type[StrEnum],
) -> None:
    events: set[Any] = set(kind.__subclasses__())
    assert set(causes) == {event for _, event in moves} == events
    reached = {state for after in moves.values() for state in after}
    assert reached == set(states)
    final = {CallBackState.WITHDRAWN}
    assert {origin for origin, _ in moves if origin} == set(states) - final
