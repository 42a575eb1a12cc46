"""The drawings of appointments and errands in the documents are what the code does."""

from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import Any

import pytest

from hallterm.domain.appointment import drawing as appointment
from hallterm.domain.appointment import transitions as appointment_moves
from hallterm.domain.appointment.events import AppointmentEvent
from hallterm.domain.appointment.words import AppointmentState
from hallterm.domain.errand import drawing as errand
from hallterm.domain.errand import transitions as errand_moves
from hallterm.domain.errand.events import ErrandEvent
from hallterm.domain.errand.words import ErrandState
from hallterm.domain.stream import Event
from hallterm.lab.state_drawing import drawn

DOCUMENT = Path(__file__).parents[2] / "docs" / "appointments.md"
KINDS: list[tuple[Any, Any, type[Event], type[StrEnum]]] = [
    (appointment.CAUSES, appointment_moves.TRANSITIONS, AppointmentEvent, AppointmentState),
    (errand.CAUSES, errand_moves.TRANSITIONS, ErrandEvent, ErrandState),
]


def test_the_document_shows_the_present_states() -> None:
    """To put it right: python -m hallterm.lab.state_drawing docs/appointments.md."""
    text = DOCUMENT.read_text("utf-8")
    assert drawn(text) == text


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
    assert {origin for origin, _ in moves if origin} == set(states)
