"""Call, serve, park, send on, finish."""

import pytest

from hallterm.domain.actor import Actor
from hallterm.domain.company.commands import RetireCounter
from hallterm.domain.stream import Command
from hallterm.domain.ticket import commands as cmd
from hallterm.domain.ticket.state import BusinessLine
from hallterm.domain.ticket.words import (
    LeaveReason,
    OutOfOrderReason,
    ParkReason,
    Rating,
    TicketState,
)
from hallterm.domain.tiers import Grade, Tier
from tests.support.rulebook import (
    ADMINISTRATOR,
    CLERK,
    COLLEAGUE,
    DUTY_MANAGER,
    FIRST,
    GOTONE,
    GREETER,
    KIOSK,
    SECOND,
    STAFF,
    VIP_ROOM,
)
from tests.support.scene import Scene


def test_one_customer_at_a_counter_at_a_time(scene: Scene) -> None:
    scene.sit()
    one, two = scene.take(), scene.take()
    scene.call(one)
    for _ in range(2):
        assert scene.refused(CLERK, cmd.CallTicket(ticket_id=two)) == "counter_busy"
        if scene[one].state is TicketState.CALLED:
            scene.do(CLERK, cmd.StartService(ticket_id=one))
    assert scene[two].state is TicketState.WAITING


def test_a_called_ticket_belongs_to_its_counter(scene: Scene) -> None:
    scene.sit()
    scene.sit(COLLEAGUE, SECOND)
    ticket = scene.take()
    scene.call(ticket)
    assert scene.refused(COLLEAGUE, cmd.CallTicket(ticket_id=ticket)) == "wrong_state"
    others: list[Command] = [
        cmd.RecallTicket(ticket_id=ticket),
        cmd.StartService(ticket_id=ticket),
        cmd.PassOver(ticket_id=ticket),
        cmd.TransferTicket(ticket_id=ticket, counter_id=GOTONE),
        cmd.CustomerLeft(ticket_id=ticket, reason=LeaveReason.OWN_REASONS),
    ]
    for command in others:
        assert scene.refused(COLLEAGUE, command) == "at_other_counter", command
    assert scene.refused(GREETER, others[-1]) == "at_other_counter"
    scene.do(DUTY_MANAGER, others[-1])
    assert scene.hall.ticket_at(FIRST) is None


def test_nobody_calls_without_a_counter_or_at_a_paused_one(scene: Scene) -> None:
    ticket = scene.take()
    assert scene.refused(CLERK, cmd.CallTicket(ticket_id=ticket)) == "not_at_counter"


def test_a_dedicated_counter_is_kept_for_its_tiers(scene: Scene) -> None:
    scene.sit(counter=VIP_ROOM)
    ticket = scene.take(Tier.GOTONE)
    assert scene.refused(CLERK, cmd.CallTicket(ticket_id=ticket)) == "not_for_counter"
    scene.call(scene.take(Tier.VIP, Grade.SILVER))


def test_a_manager_may_serve_anybody_anywhere(scene: Scene) -> None:
    scene.sit(DUTY_MANAGER, VIP_ROOM)
    reason = OutOfOrderReason.MANAGER_ASKED
    scene.do(DUTY_MANAGER, cmd.CallTicket(ticket_id=scene.take(), out_of_order=reason))


def test_a_parked_service_frees_the_counter_and_is_taken_up_anywhere(scene: Scene) -> None:
    scene.sit()
    scene.sit(COLLEAGUE, SECOND)
    one, two = scene.take(), scene.take()
    scene.serve(one)
    scene.do(CLERK, cmd.ParkService(ticket_id=one, reason=ParkReason.DOCUMENTS))
    scene.call(two)
    assert scene.refused(CLERK, cmd.ResumeService(ticket_id=one)) == "counter_busy"
    scene.do(COLLEAGUE, cmd.ResumeService(ticket_id=one))
    assert (scene[one].counter_id, scene[one].staff_id) == (SECOND, COLLEAGUE.staff_id)
    assert scene.refused(CLERK, cmd.FinishService(ticket_id=one)) == "at_other_counter"
    scene.do(COLLEAGUE, cmd.FinishService(ticket_id=one))


def test_sent_to_a_counter_it_is_for_that_counter(scene: Scene) -> None:
    scene.sit()
    scene.sit(COLLEAGUE, SECOND)
    ticket = scene.take()
    scene.call(ticket)
    scene.do(CLERK, cmd.TransferTicket(ticket_id=ticket, counter_id=SECOND))
    assert scene.refused(CLERK, cmd.CallTicket(ticket_id=ticket)) == "sent_to_other_counter"
    scene.call(ticket, COLLEAGUE)


def test_sent_to_a_counter_that_was_then_closed_anybody_may_call_it(scene: Scene) -> None:
    scene.sit()
    ticket = scene.take()
    scene.call(ticket)
    scene.do(CLERK, cmd.TransferTicket(ticket_id=ticket, counter_id=SECOND))
    scene.do(ADMINISTRATOR, RetireCounter(counter_id=SECOND))
    scene.call(ticket)
    assert scene[ticket].state is TicketState.CALLED


@pytest.mark.parametrize(
    ("counter", "business", "code"),
    [
        (None, None, "transfer_nowhere"),
        ("c9", None, "unknown_counter"),
        (FIRST, None, "transfer_to_self"),
        (VIP_ROOM, None, "not_for_counter"),
        (None, "no_such", "unknown_business"),
    ],
)
def test_transfers_that_lead_nowhere(
    scene: Scene, counter: str | None, business: str | None, code: str
) -> None:
    scene.sit()
    ticket = scene.take()
    scene.serve(ticket)
    line = BusinessLine(business_id=business) if business else None
    command = cmd.TransferTicket(ticket_id=ticket, counter_id=counter, business=line)
    assert scene.refused(CLERK, command) == code
    assert scene[ticket].state is TicketState.SERVING


def test_finishing_records_what_was_handed_back(scene: Scene) -> None:
    scene.sit()
    ticket = scene.take()
    scene.serve(ticket)
    scene.do(CLERK, cmd.FinishService(ticket_id=ticket))
    handed = scene[ticket].handed_back
    assert handed is not None
    assert (handed.documents, handed.receipts, handed.cash) == (True, True, True)
    assert scene.refused(CLERK, cmd.FinishService(ticket_id=ticket)) == "wrong_state"


@pytest.mark.parametrize("actor", STAFF, ids=lambda a: a.staff_id)
def test_no_member_of_staff_rates(scene: Scene, actor: Actor) -> None:
    scene.sit()
    ticket = scene.take()
    scene.serve(ticket)
    scene.do(CLERK, cmd.FinishService(ticket_id=ticket))
    rate = cmd.RateService(ticket_id=ticket, rating=Rating.VERY_SATISFIED)
    assert scene.refused(actor, rate) == "not_allowed"
    assert scene[ticket].rating is None


def test_the_customer_rates_once_and_soon(scene: Scene) -> None:
    scene.sit()
    one, two = scene.take(), scene.take()
    for ticket in (one, two):
        scene.serve(ticket)
        rate = cmd.RateService(ticket_id=ticket, rating=Rating.DISSATISFIED)
        assert scene.refused(KIOSK, rate) == "wrong_state"
        scene.do(CLERK, cmd.FinishService(ticket_id=ticket))
    scene.do(KIOSK, cmd.RateService(ticket_id=one, rating=Rating.DISSATISFIED))
    again = cmd.RateService(ticket_id=one, rating=Rating.SATISFIED)
    assert scene.refused(KIOSK, again) == "already_rated"
    scene.wait(minutes=31)
    late = cmd.RateService(ticket_id=two, rating=Rating.SATISFIED)
    assert scene.refused(KIOSK, late) == "rating_too_late"
    assert scene[one].rating is Rating.DISSATISFIED
