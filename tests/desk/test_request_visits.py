"""A time for what can't be done on the spot stands in the request and in the hall's books."""

import pytest

from hallterm.desk import requests
from hallterm.desk.arrangement_board import ArrangementBoard
from hallterm.desk.desk import Desk, Done
from hallterm.desk.request_acts import Act
from hallterm.domain.appointment.words import AppointmentState
from hallterm.domain.errand.words import ErrandKind
from hallterm.domain.request.state import Request
from hallterm.domain.request.words import VisitKind
from hallterm.store.doctor import examine
from tests.desk.request_rooms import TO_HALL, carried_on, opened, staff_up, vip
from tests.support.hall import refused
from tests.support.rulebook import CLERK
from tests.support.truth import assert_true_to_log, logged

AT_TEN = {"visit": "at_hall", "at": "10:00"}
AT_HOME = {"visit": "on_site", "at": "14:30", "address": "建设路 12 号", "words": "带上新卡"}


@pytest.fixture
def request_here(desk: Desk) -> Request:
    """Return a request whose form has come to the hall."""
    staff_up(desk)
    return carried_on(desk, opened(desk, vip(desk)).id, TO_HALL)


def booked(desk: Desk, request: Request, typed: dict[str, str]) -> Request:
    """Agree a time, which must succeed."""
    result = requests.perform(desk, CLERK, request.id, Act.VISIT, typed)
    assert isinstance(result, Done), result
    found = requests.get(desk, request.id)
    assert found is not None
    return found


def test_a_time_at_the_hall_is_an_appointment(desk: Desk, request_here: Request) -> None:
    visit = booked(desk, request_here, AT_TEN).visit
    assert visit is not None
    made = desk.hall.appointments[visit.appointment_id or ""]
    assert (made.origin, made.at, made.person_id) == (
        request_here.id,
        visit.at,
        request_here.person_id,
    )
    assert_true_to_log(desk.connection)


@pytest.mark.parametrize("kind", [ErrandKind.ON_SITE, ErrandKind.DELIVERY])
def test_a_time_elsewhere_is_a_visit_or_delivery(
    desk: Desk, request_here: Request, kind: ErrandKind
) -> None:
    visit = booked(desk, request_here, AT_HOME | {"visit": kind.value}).visit
    assert visit is not None
    errand = desk.hall.errands[visit.appointment_id or ""]
    assert (errand.origin, errand.errand_kind, errand.begins) == (request_here.id, kind, visit.at)
    row = ArrangementBoard(desk).errand(errand.id, CLERK)
    assert row is not None
    assert row.address == "建设路 12 号"
    assert not any("建设路" in payload for *_rest, payload in logged(desk.connection))
    assert examine(desk.connection).findings == []


def test_another_time_calls_the_one_before_off(desk: Desk, request_here: Request) -> None:
    first = booked(desk, request_here, AT_TEN).visit
    second = booked(desk, request_here, AT_TEN | {"at": "10:30"}).visit
    third = booked(desk, request_here, AT_HOME).visit
    assert first
    assert second
    assert third
    states = [desk.hall.appointments[one.appointment_id or ""].state for one in (first, second)]
    assert states == [AppointmentState.CANCELLED] * 2
    assert third.kind is VisitKind.ON_SITE
    assert_true_to_log(desk.connection)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        (AT_TEN | {"at": "10:07"}, "slot_outside"),
        (AT_TEN | {"at": "03:00"}, "slot_past"),
        (AT_HOME | {"address": " "}, "address_missing"),
        (AT_HOME | {"address": "长" * 201}, "text_too_long"),
    ],
)
def test_a_time_that_can_not_be_had_changes_neither_book_nor_request(
    desk: Desk, request_here: Request, typed: dict[str, str], code: str
) -> None:
    before = booked(desk, request_here, AT_TEN)
    assert refused(requests.perform(desk, CLERK, before.id, Act.VISIT, typed)) == code
    after = requests.get(desk, before.id)
    assert after == before
    assert before.visit
    kept = desk.hall.appointments[before.visit.appointment_id or ""]
    assert kept.state is AppointmentState.BOOKED
    assert desk.hall.errands == {}
