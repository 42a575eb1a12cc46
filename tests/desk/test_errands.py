"""Visits and deliveries at the desk: texts beside the log, what the floor sees."""

from datetime import timedelta

import pytest

from hallterm.desk import appointments, errands
from hallterm.desk.arrangement_board import ArrangementBoard, errands_of
from hallterm.desk.desk import Desk
from hallterm.desk.erasing import erase
from hallterm.domain.appointment.words import CancelReason
from hallterm.domain.errand.words import (
    AheadOutcome,
    ErrandCancel,
    ErrandNote,
    ErrandOutcome,
    ErrandState,
)
from hallterm.domain.person.commands import EraseReason
from hallterm.domain.ticket.words import UndoReason
from tests.support.appointments import agreed, appointed, member, on_duty
from tests.support.hall import done, refused
from tests.support.rulebook import CLERK, COLLEAGUE, DUTY_MANAGER, GREETER, MORNING
from tests.support.truth import assert_true_to_log, logged

WINDOW = (MORNING + timedelta(days=1), MORNING + timedelta(days=1, hours=2))


def planned(desk: Desk, **more: object) -> str:
    result = done(errands.plan(desk, CLERK, agreed(member(desk), **more)))
    (event,) = result.events
    return event.aggregate_id


def test_address_and_contact_stand_beside_the_log(desk: Desk) -> None:
    mine = planned(desk, origin="t1")
    row = ArrangementBoard(desk).errand(mine, CLERK)
    assert row is not None
    assert row.address == "建设路 12 号 3 单元 [401]"
    assert (row.contact, row.phone, row.bring) == ("王师傅", "13800130002", "SIM 卡、受理单")
    assert (row.origin, row.business, row.overdue) == ("t1", "开户新装", False)
    log = " ".join(payload for *_rest, payload in logged(desk.connection))
    for word in ("建设路", "王师傅", "13800130002", "SIM"):
        assert word not in log
    assert_true_to_log(desk.connection)


@pytest.mark.parametrize(
    ("texts", "code"),
    [
        ({}, "address_missing"),
        ({ErrandNote.ADDRESS: " \n"}, "address_missing"),
        ({ErrandNote.ADDRESS: "路", ErrandNote.PHONE: "12"}, "phone_wrong"),
        ({ErrandNote.ADDRESS: "长" * 201}, "text_too_long"),
    ],
)
def test_what_is_typed_is_checked(desk: Desk, texts: dict[ErrandNote, str], code: str) -> None:
    person = member(desk)
    assert refused(errands.plan(desk, CLERK, agreed(person, texts=texts))) == code
    assert refused(errands.plan(desk, CLERK, agreed("?"))) == "unknown_person"
    assert desk.hall.errands == {}


def test_nobody_there_and_another_window_with_another_address(desk: Desk) -> None:
    mine, board = planned(desk), ArrangementBoard(desk)
    done(errands.call_ahead(desk, CLERK, mine, AheadOutcome.AGREED))
    done(errands.depart(desk, COLLEAGUE, mine))
    done(errands.miss(desk, COLLEAGUE, mine, left_note=True))
    (row,) = board.errands(COLLEAGUE)
    assert (row.state, row.left_note, row.undoable) == (ErrandState.MISSED, True, "errand_missed")
    done(errands.rebook(desk, CLERK, mine, WINDOW, {ErrandNote.ADDRESS: "人民路 1 号"}))
    (row,) = board.errands(CLERK)
    assert (row.address, row.contact, row.misses) == ("人民路 1 号", "王师傅", 1)
    done(errands.assign(desk, CLERK, mine, GREETER.staff_id))
    done(errands.call_ahead(desk, GREETER, mine, AheadOutcome.NO_ANSWER))
    done(errands.depart(desk, CLERK, mine))
    done(errands.finish(desk, GREETER, mine, ErrandOutcome.COMPLETED))
    (row,) = board.errands(DUTY_MANAGER)
    assert row.goes is not None
    assert (row.goes.staff_id, row.outcome) == (GREETER.staff_id, ErrandOutcome.COMPLETED)
    assert not row.is_open
    assert [line.event for line in row.happened][-1] == "errand_finished"
    assert_true_to_log(desk.connection)


def test_what_was_written_about_an_erased_customer_is_gone(desk: Desk) -> None:
    on_duty(desk)
    person = member(desk)
    mine = done(errands.plan(desk, CLERK, agreed(person))).events[0].aggregate_id
    booked = appointed(desk, person, remark="要靠窗")
    done(erase(desk, DUTY_MANAGER, person, EraseReason.REQUESTED))
    board = ArrangementBoard(desk)
    row, visit = board.appointment(booked, CLERK), board.errand(mine, CLERK)
    assert row is not None
    assert visit is not None
    assert (row.customer, row.remark) == ("", "")
    assert (visit.customer, visit.address, visit.phone) == ("", "", "")
    assert refused(appointments.arrive(desk, GREETER, booked)) == "unknown_person"
    done(appointments.cancel(desk, CLERK, booked, CancelReason.CUSTOMER))
    done(errands.cancel(desk, CLERK, mine, ErrandCancel.CUSTOMER))
    assert_true_to_log(desk.connection)


def test_called_off_and_taken_back(desk: Desk) -> None:
    mine = planned(desk)
    done(errands.cancel(desk, CLERK, mine, ErrandCancel.CUSTOMER))
    assert refused(errands.undo(desk, COLLEAGUE, mine, UndoReason.OTHER)) == "not_your_action"
    done(errands.undo(desk, DUTY_MANAGER, mine, UndoReason.OTHER))
    assert desk.hall.errands[mine].state is ErrandState.PLANNED
    assert refused(errands.rebook(desk, CLERK, "?", WINDOW)) == "unknown_errand"
    bad = {ErrandNote.PHONE: "x"}
    assert refused(errands.rebook(desk, CLERK, mine, WINDOW, bad)) == "phone_wrong"


def test_open_ones_stand_first_and_a_window_that_is_over_is_told(desk: Desk) -> None:
    board = ArrangementBoard(desk)
    late, ended = planned(desk), None
    person = desk.hall.errands[late].person_id
    result = done(errands.plan(desk, CLERK, agreed(person, begins=MORNING - timedelta(hours=1))))
    ended = result.events[0].aggregate_id
    done(errands.cancel(desk, CLERK, ended, ErrandCancel.MISTAKE))
    assert [row.errand_id for row in board.errands(CLERK)] == [late, ended]
    clock = desk.clock
    clock.advance(9 * 3600)  # type: ignore[attr-defined]  # the tests' own clock
    assert [row.overdue for row in board.errands(CLERK)] == [True, False]
    first, last = MORNING - timedelta(days=1), MORNING + timedelta(days=1)
    assert [one.id for one in errands_of(desk, first, last)] == [ended, late]
    assert board.errand("none", CLERK) is None
