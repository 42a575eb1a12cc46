"""The drawing in the documents is what the code does."""

from pathlib import Path

import pytest

from hallterm.domain.request import events as ev
from hallterm.domain.request.drawing import drawn as diagram
from hallterm.domain.request.transitions import ANYWHERE, STEPS, WITHDRAWABLE, state_after
from hallterm.domain.request.words import RequestState
from hallterm.lab.state_drawing import drawn
from hallterm.words.request_words import request_event_word
from tests.terminals.request_timeline import parts

DOCUMENT = Path(__file__).parents[3] / "docs" / "requests.md"


def concrete() -> set[type[ev.RequestEvent]]:
    """Return every event that can be written."""
    heap: list[type[ev.RequestEvent]] = [ev.RequestEvent]
    found = set()
    while heap:
        for child in heap.pop().__subclasses__():
            heap.append(child)
            found |= {child} if "type" in child.__dict__ else set()
    return found


def test_the_document_shows_the_present_states() -> None:
    """To put it right: python -m hallterm.lab.state_drawing docs/requests.md."""
    text = DOCUMENT.read_text("utf-8")
    assert drawn(text) == text


def test_the_document_tells_a_request_from_the_first_word_to_the_last() -> None:
    """To tell it anew: python -m tests.terminals.request_timeline docs/requests.md."""
    _before, story, _after = parts(DOCUMENT.read_text("utf-8"))
    steps = (
        ev.RequestOpened,
        ev.StoreDecided,
        ev.HandedOver,
        ev.FormDrafted,
        ev.FormReturned,
        ev.FormMailed,
        ev.FormRefused,
        ev.FormApproved,
        ev.FormForwarded,
        ev.FormSigned,
        ev.ProofReceived,
        ev.IdentityDenied,
        ev.CarriedOut,
        ev.FollowedUp,
        ev.RequestClosed,
    )
    places = [story.find(f"  {request_event_word(step.type)}  ") for step in steps]
    assert places == sorted(places)
    assert places[0] > 0


def test_every_event_is_in_the_drawing_or_the_table() -> None:
    events = concrete()
    known = {event for _origin, event in STEPS} | set(ANYWHERE)
    assert known | {ev.RequestWithdrawn, ev.RequestReopened} == events
    assert all(event.type in diagram() for event in events)


def test_every_state_is_reached_and_left() -> None:
    reached = set(STEPS.values())
    left = {origin for origin, _event in STEPS if origin}
    assert reached == set(RequestState)
    assert left == set(RequestState) - {RequestState.CLOSED}


@pytest.mark.parametrize("state", list(RequestState))
def test_only_what_is_not_answered_for_good_can_be_withdrawn(state: RequestState) -> None:
    after = state_after(state, ev.RequestWithdrawn, None)
    assert after is (RequestState.CLOSED if state in WITHDRAWABLE else None)
    assert state_after(RequestState.CLOSED, ev.RequestReopened, state) is state


def test_a_document_without_markers_is_refused() -> None:
    with pytest.raises(ValueError, match="told by"):
        parts("# nothing")
