"""The drawing in the documents is what the code does."""

from pathlib import Path

import pytest

from hallterm.domain.drawing import mermaid
from hallterm.domain.reception.drawing import CAUSES
from hallterm.domain.reception.events import ReceptionEvent
from hallterm.domain.reception.transitions import TRANSITIONS, state_after
from hallterm.domain.reception.words import ReceptionState
from hallterm.lab.state_drawing import drawn

DOCUMENT = Path(__file__).parents[3] / "docs" / "reception.md"


def test_the_document_shows_the_present_states() -> None:
    """To put it right: python -m hallterm.lab.state_drawing docs/reception.md."""
    text = DOCUMENT.read_text("utf-8")
    assert drawn(text) == text


def test_every_event_is_in_the_drawing_with_its_cause() -> None:
    events = set(ReceptionEvent.__subclasses__())
    assert set(CAUSES) == events
    assert {event for _, event in TRANSITIONS} == events
    assert all(event.type in mermaid(TRANSITIONS) for event in events)


def test_every_state_is_reached_and_left() -> None:
    reached = {state for after in TRANSITIONS.values() for state in after}
    left = {origin for origin, _ in TRANSITIONS if origin}
    assert reached == left == set(ReceptionState)


def test_what_is_not_in_the_table_cannot_happen() -> None:
    possible = set(TRANSITIONS)
    for origin in (None, *ReceptionState):
        for event in CAUSES:
            if (origin, event) not in possible:
                with pytest.raises(KeyError):
                    state_after(origin, event, ReceptionState.OFFERED)


def test_a_document_without_markers_is_refused() -> None:
    with pytest.raises(ValueError, match="transitions"):
        drawn("# nothing")
