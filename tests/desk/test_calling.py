"""Who is next, calling by key, finishing, undo of the last action."""

from pathlib import Path

import pytest

from hallterm.clock import ManualClock
from hallterm.desk.calling import (
    call_given,
    call_next,
    current,
    finish_and_call_next,
    undo_last,
    undoable,
)
from hallterm.desk.desk import Desk
from hallterm.domain.actor import Actor
from hallterm.domain.company.commands import RetireCounter
from hallterm.domain.ticket import commands as cmd
from hallterm.domain.ticket.events import TicketCalled
from hallterm.domain.ticket.state import BusinessLine
from hallterm.domain.ticket.words import (
    HelpFlag,
    OutOfOrderReason,
    Rating,
    TicketState,
    UndoReason,
)
from hallterm.domain.tiers import Grade, Tier
from tests.support.hall import done, enter, refused, sit, take
from tests.support.rulebook import (
    ADMINISTRATOR,
    CLERK,
    COLLEAGUE,
    FIRST,
    GOTONE,
    GREETER,
    KIOSK,
    SECOND,
    VIP_ROOM,
)
from tests.support.truth import assert_true_to_log

REASON = UndoReason.WRONG_KEY


def served_order(desk: Desk, count: int) -> list[str]:
    """Call and finish some customers; return their numbers in that order."""
    numbers = []
    for _ in range(count):
        done(call_next(desk, CLERK))
        ticket = current(desk, CLERK)
        assert ticket is not None
        numbers.append(ticket.number)
        done(desk.act(CLERK, cmd.StartService(ticket_id=ticket.id)))
        done(desk.act(CLERK, cmd.FinishService(ticket_id=ticket.id)))
    return numbers


def test_vip_by_grade_then_gotone_then_the_rest_helped_first_oldest_first(
    desk: Desk, clock: ManualClock
) -> None:
    sit(desk)
    kinds = [
        (Tier.STANDARD, None),
        (Tier.STANDARD, None),
        (Tier.GOTONE, None),
        (Tier.VIP, Grade.SILVER),
        (Tier.VIP, Grade.DIAMOND),
        (Tier.VIP, Grade.GOLD),
    ]
    for tier, grade in kinds:
        take(desk, tier, grade)
        clock.advance(1)
    now = clock.now()
    helped = cmd.TakeTicket(
        ticket_id="helped",
        tier=Tier.STANDARD,
        flags=(HelpFlag.OLD,),
        businesses=(BusinessLine(business_id="payment"),),
        arrived_at=now,
        shown_at=now,
    )
    done(desk.act(GREETER, helped))
    order = ["V002", "V003", "V001", "G001", "A003", "A001", "A002"]
    assert served_order(desk, 7) == order
    assert refused(call_next(desk, CLERK)) == "nobody_waiting"


def test_a_dedicated_counter_waits_for_its_own(desk: Desk) -> None:
    sit(desk, CLERK, VIP_ROOM)
    take(desk)
    take(desk, Tier.GOTONE)
    assert refused(call_next(desk, CLERK)) == "nobody_waiting"
    take(desk, Tier.VIP, Grade.SILVER)
    assert served_order(desk, 1) == ["V001"]


def test_a_gotone_counter_serves_others_while_nobody_of_its_own_waits(desk: Desk) -> None:
    sit(desk, CLERK, GOTONE)
    take(desk)
    assert served_order(desk, 1) == ["A001"]
    take(desk)
    take(desk, Tier.GOTONE)
    assert served_order(desk, 2) == ["G001", "A002"]


def test_the_call_key_pressed_twice_calls_once(desk: Desk) -> None:
    sit(desk)
    take(desk)
    second = take(desk)
    done(call_next(desk, CLERK))
    assert refused(call_next(desk, CLERK)) == "counter_busy"
    ticket = current(desk, CLERK)
    assert ticket is not None
    done(desk.act(CLERK, cmd.StartService(ticket_id=ticket.id)))
    assert refused(call_next(desk, CLERK)) == "counter_busy"
    assert desk.hall.tickets[second].state is TicketState.WAITING


def test_two_terminals_never_get_the_same_customer(desk: Desk, store: Path) -> None:
    other = enter(store, device="other")
    sit(desk)
    sit(other, COLLEAGUE, SECOND)
    one, two = take(desk), take(desk)
    done(call_next(desk, CLERK))
    done(call_next(other, COLLEAGUE))
    desk.refresh()
    assert desk.hall.at_counter == {FIRST: one, SECOND: two}
    assert refused(call_given(other, COLLEAGUE, one, None)) == "counter_busy"
    other.close()


def test_a_call_out_of_turn_needs_a_reason_that_is_recorded(desk: Desk) -> None:
    sit(desk)
    first, second = take(desk), take(desk)
    assert refused(call_given(desk, CLERK, second, None)) == "reason_missing"
    (called,) = done(call_given(desk, CLERK, second, OutOfOrderReason.QUICK_MATTER)).events
    assert isinstance(called, TicketCalled)
    assert called.out_of_order is OutOfOrderReason.QUICK_MATTER
    done(undo_last(desk, CLERK, REASON))
    (called,) = done(call_given(desk, CLERK, first, OutOfOrderReason.QUICK_MATTER)).events
    assert isinstance(called, TicketCalled)
    assert called.out_of_order is None


def test_finish_and_next_is_one_step(desk: Desk) -> None:
    sit(desk)
    one, two = take(desk), take(desk)
    done(call_next(desk, CLERK))
    assert refused(finish_and_call_next(desk, CLERK, one)) == "wrong_state"
    assert desk.hall.tickets[one].state is TicketState.CALLED
    done(desk.act(CLERK, cmd.StartService(ticket_id=one)))
    events = done(finish_and_call_next(desk, CLERK, one)).events
    assert [e.type for e in events] == ["service_finished", "ticket_called"]
    assert desk.hall.at_counter == {FIRST: two}
    done(desk.act(CLERK, cmd.StartService(ticket_id=two)))
    events = done(finish_and_call_next(desk, CLERK, two)).events
    assert [e.type for e in events] == ["service_finished"]
    assert desk.hall.tickets[two].state is TicketState.DONE
    assert_true_to_log(desk.connection)


def test_sent_to_a_counter_that_was_then_closed_the_ticket_is_offered_again(desk: Desk) -> None:
    sit(desk)
    ticket = take(desk)
    done(call_next(desk, CLERK))
    done(desk.act(CLERK, cmd.TransferTicket(ticket_id=ticket, counter_id=SECOND)))
    assert refused(call_next(desk, CLERK)) == "nobody_waiting"
    done(desk.act(ADMINISTRATOR, RetireCounter(counter_id=SECOND)))
    done(call_next(desk, CLERK))
    assert desk.hall.at_counter == {FIRST: ticket}


def test_undo_takes_the_last_action_even_when_the_clock_was_set_back(
    desk: Desk, clock: ManualClock
) -> None:
    sit(desk)
    one, two = take(desk), take(desk)
    done(call_next(desk, CLERK))
    done(desk.act(CLERK, cmd.StartService(ticket_id=one)))
    done(desk.act(CLERK, cmd.FinishService(ticket_id=one)))
    clock.advance(-600)
    done(call_next(desk, CLERK))
    done(undo_last(desk, CLERK, REASON))
    assert desk.hall.tickets[two].state is TicketState.WAITING
    assert desk.hall.tickets[one].state is TicketState.DONE


def test_undo_does_not_reach_for_something_older_when_the_last_one_stands(desk: Desk) -> None:
    sit(desk)
    take(desk)
    two = take(desk)
    for _ in range(2):
        served_order(desk, 1)
    done(desk.act(KIOSK, cmd.RateService(ticket_id=two, rating=Rating.SATISFIED)))
    assert undoable(desk.hall, CLERK) is None
    assert refused(undo_last(desk, CLERK, REASON)) == "nothing_to_undo"


@pytest.mark.parametrize("actor", [GREETER, COLLEAGUE])
def test_undo_is_ones_own(desk: Desk, actor: Actor) -> None:
    sit(desk)
    take(desk, actor=KIOSK)
    done(call_next(desk, CLERK))
    assert refused(undo_last(desk, actor, REASON)) == "nothing_to_undo"
