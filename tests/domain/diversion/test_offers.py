"""Diversion (分流): what may be offered instead of a wait, and what the answer does."""

from datetime import timedelta

import pytest

from hallterm.domain.call_back.words import CallBackState, CallOutcome
from hallterm.domain.diversion.words import Way
from hallterm.domain.ticket import commands as cmd
from hallterm.domain.ticket.promise import Verdict
from hallterm.domain.ticket.state import BusinessLine
from hallterm.domain.ticket.words import LeaveReason, TicketState, UndoReason
from hallterm.domain.tiers import Grade, Tier
from tests.domain.diversion.offers import (
    NEIGHBOUR,
    DivertingScene,
    answer,
    call_backs,
    offer,
    plan,
)
from tests.support.rulebook import (
    CLERK,
    COLLEAGUE,
    DUTY_MANAGER,
    FIRST,
    GREETER,
    KIOSK,
    SECOND,
    VIP_ROOM,
)


@pytest.fixture
def hall() -> DivertingScene:
    return DivertingScene()


WAYS = [(Way.SELF_SERVICE, None), (Way.APPOINTMENT, None), (Way.OTHER_HALL, NEIGHBOUR.id)]


@pytest.mark.parametrize(("way", "target"), WAYS)
def test_who_takes_the_offer_leaves_as_diverted(
    hall: DivertingScene, way: Way, target: str | None
) -> None:
    ticket = hall.take()
    hall.do(GREETER, offer(ticket, way, target))
    assert hall[ticket].state is TicketState.WAITING
    hall.wait(minutes=1)
    hall.do(COLLEAGUE, answer(ticket, way, target))
    gone = hall[ticket]
    assert (gone.state, gone.reason) == (TicketState.LEFT, LeaveReason.DIVERTED.value)
    assert gone.leg.verdict() is Verdict.ABANDONED
    taken = gone.diverted
    assert taken is not None
    assert (taken.offered_by, taken.answered_by) == (GREETER.staff_id, COLLEAGUE.staff_id)
    assert taken.answered_at == hall.now


def test_who_is_sent_away_after_the_promise_had_broken_counts_as_broken(
    hall: DivertingScene,
) -> None:
    ticket = hall.take()
    hall.wait(minutes=31)
    hall.do(GREETER, offer(ticket, Way.APPOINTMENT))
    hall.do(GREETER, answer(ticket, Way.APPOINTMENT))
    assert hall[ticket].leg.verdict() is Verdict.BROKEN
    assert hall[ticket].diversions[0].overdue


def test_what_was_declined_is_not_offered_again(hall: DivertingScene) -> None:
    ticket = hall.take()
    hall.do(GREETER, offer(ticket, Way.SELF_SERVICE))
    assert hall.refused(GREETER, offer(ticket, Way.SELF_SERVICE)) == "diversion_offered"
    hall.do(GREETER, answer(ticket, Way.SELF_SERVICE, accepted=False))
    assert hall[ticket].state is TicketState.WAITING
    assert hall.refused(COLLEAGUE, offer(ticket, Way.SELF_SERVICE)) == "diversion_declined"
    hall.do(GREETER, offer(ticket, Way.APPOINTMENT))
    assert [one.accepted for one in hall[ticket].diversions] == [False, None]


def test_a_free_counter_keeps_the_ticket_in_the_hall(hall: DivertingScene) -> None:
    hall.sit(CLERK, FIRST)
    ticket = hall.take()
    hall.do(GREETER, offer(ticket, Way.COUNTER, FIRST))
    hall.do(GREETER, answer(ticket, Way.COUNTER, FIRST))
    assert (hall[ticket].state, hall[ticket].only_counter) == (TicketState.WAITING, FIRST)
    hall.serve(ticket)
    assert hall[ticket].leg.verdict() is Verdict.KEPT
    assert hall.refused(GREETER, offer(ticket, Way.SELF_SERVICE)) == "wrong_state"


def test_the_vip_room_is_lent_by_a_manager_only(hall: DivertingScene) -> None:
    hall.sit(CLERK, VIP_ROOM)
    ticket, guest = hall.take(), hall.take(Tier.VIP, Grade.GOLD)
    assert hall.refused(GREETER, offer(ticket, Way.COUNTER, VIP_ROOM)) == "not_for_counter"
    hall.do(GREETER, offer(guest, Way.COUNTER, VIP_ROOM))
    hall.do(DUTY_MANAGER, offer(ticket, Way.COUNTER, VIP_ROOM))
    hall.do(GREETER, answer(ticket, Way.COUNTER, VIP_ROOM))
    hall.serve(ticket)
    assert hall[ticket].counter_id == VIP_ROOM


@pytest.mark.parametrize(
    ("way", "target", "code"),
    [
        (Way.COUNTER, None, "diversion_nowhere"),
        (Way.SELF_SERVICE, FIRST, "diversion_nowhere"),
        (Way.COUNTER, "nowhere", "unknown_counter"),
        (Way.COUNTER, SECOND, "counter_unstaffed"),
        (Way.OTHER_HALL, "nowhere", "unknown_neighbour"),
    ],
)
def test_a_way_leads_somewhere(
    hall: DivertingScene, way: Way, target: str | None, code: str
) -> None:
    assert hall.refused(GREETER, offer(hall.take(), way, target)) == code


def test_not_to_where_the_business_is_not_done(hall: DivertingScene) -> None:
    lines = (BusinessLine(business_id="transfer_ownership"),)
    ticket = hall.take(businesses=lines)
    assert hall.refused(GREETER, offer(ticket, Way.SELF_SERVICE)) == "no_machine_for"
    assert hall.refused(GREETER, offer(ticket, Way.OTHER_HALL, NEIGHBOUR.id)) == "not_done_there"
    hall.do(GREETER, offer(ticket, Way.CALL_BACK))


def test_nobody_answers_what_was_not_offered(hall: DivertingScene) -> None:
    ticket = hall.take()
    assert hall.refused(GREETER, answer(ticket, Way.SELF_SERVICE)) == "diversion_not_offered"
    assert hall.refused(KIOSK, offer(ticket, Way.SELF_SERVICE)) == "not_allowed"


def test_an_answer_after_the_call_comes_too_late(hall: DivertingScene) -> None:
    hall.sit()
    ticket = hall.take()
    hall.do(GREETER, offer(ticket, Way.SELF_SERVICE))
    hall.call(ticket)
    assert hall.refused(GREETER, answer(ticket, Way.SELF_SERVICE)) == "wrong_state"


def test_offer_and_answer_are_taken_back_one_by_one(hall: DivertingScene) -> None:
    ticket = hall.take()
    start = hall[ticket]
    hall.do(GREETER, offer(ticket, Way.SELF_SERVICE))
    offered = hall[ticket]
    hall.do(GREETER, answer(ticket, Way.SELF_SERVICE))
    undo = cmd.UndoAction(ticket_id=ticket, reason=UndoReason.CUSTOMER_CAME_BACK)
    assert hall.refused(COLLEAGUE, undo) == "not_your_action"
    hall.do(DUTY_MANAGER, undo)
    assert hall[ticket] == offered
    hall.do(GREETER, undo)
    assert hall[ticket] == start


def test_a_call_back_is_promised_with_the_answer(hall: DivertingScene) -> None:
    ticket = hall.take(person_id="p1")
    hall.do(GREETER, offer(ticket, Way.CALL_BACK))
    assert hall.refused(GREETER, answer(ticket, Way.CALL_BACK)) == "call_back_plan_missing"
    hall.do(GREETER, answer(ticket, Way.CALL_BACK, call_back=plan(hall)))
    (promised,) = call_backs(hall)
    assert (promised.ticket_id, promised.person_id) == (ticket, "p1")
    assert (promised.staff_id, promised.state) == (CLERK.staff_id, CallBackState.DUE)
    assert hall[ticket].state is TicketState.LEFT


def test_a_call_back_needs_a_number_a_time_and_somebody(hall: DivertingScene) -> None:
    known, walk_in = hall.take(person_id="p1"), hall.take()
    for ticket in (known, walk_in):
        hall.do(GREETER, offer(ticket, Way.CALL_BACK))

    def refused(ticket: str, **changes: object) -> str:
        return hall.refused(GREETER, answer(ticket, Way.CALL_BACK, call_back=plan(hall, **changes)))

    assert refused(walk_in) == "call_back_number_missing"
    assert refused(known, due_at=hall.now) == "call_back_time_past"
    assert refused(known, due_at=hall.now + timedelta(days=8)) == "call_back_too_late"
    assert refused(known, staff_id="9999") == "call_back_nobody"
    assert refused(known, staff_id="1006") == "call_back_nobody"  # an administrator calls nobody
    noted = plan(hall, call_back_id="cb2", note_id="n1")
    hall.do(GREETER, answer(walk_in, Way.CALL_BACK, call_back=noted))
    assert refused(known, call_back_id="cb2") == "call_back_exists"


def test_the_promise_goes_with_the_answer_that_is_taken_back(hall: DivertingScene) -> None:
    ticket = hall.promised()
    undo = cmd.UndoAction(ticket_id=ticket, reason=UndoReason.CUSTOMER_CAME_BACK)
    hall.do(GREETER, undo)
    (withdrawn,) = call_backs(hall)
    assert withdrawn.state is CallBackState.WITHDRAWN
    assert hall[ticket].state is TicketState.WAITING
    again = plan(hall, call_back_id="cb2")
    hall.do(GREETER, answer(ticket, Way.CALL_BACK, call_back=again))
    assert [one.state for one in call_backs(hall)] == [CallBackState.WITHDRAWN, CallBackState.DUE]


def test_not_once_somebody_has_called(hall: DivertingScene) -> None:
    ticket = hall.promised()
    hall.spoken(CallOutcome.COMES_AGAIN)
    undo = cmd.UndoAction(ticket_id=ticket, reason=UndoReason.OTHER)
    assert hall.refused(GREETER, undo) == "call_back_begun"
    hall.unspoken()
    hall.do(GREETER, undo)
    assert hall[ticket].state is TicketState.WAITING
