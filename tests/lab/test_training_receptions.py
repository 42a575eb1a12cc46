"""In the training hall colleagues see their VIPs off, and leave the trainee's guests alone."""

from datetime import UTC, datetime
from pathlib import Path

from hallterm.clock import ManualClock
from hallterm.desk import receptions
from hallterm.desk.desk import Desk, Done
from hallterm.domain.checklist.words import RunEnd
from hallterm.domain.reception.words import CloseReason
from hallterm.domain.ticket.words import TicketState
from hallterm.domain.tiers import Tier
from hallterm.lab.training import ACCOUNTS, create_training_hall
from hallterm.lab.training_day import TrainingDay, TrainingPlan
from tests.support.hall import quick_pins
from tests.support.rulebook import configuration
from tests.support.truth import assert_true_to_log

NINE = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
TRAINEE = next(one for one in ACCOUNTS if one.staff_id == "2001")


def test_guests_of_colleagues_are_seen_off_and_those_of_the_trainee_are_not(
    tmp_path: Path,
) -> None:
    clock = ManualClock(NINE)
    with quick_pins():
        desk = create_training_hall(
            tmp_path, clock, configuration(), customers=60, durability="OFF"
        )
    assert isinstance(desk, Desk)
    day = TrainingDay(desk, TrainingPlan(seed=2))
    mine = next(
        r.ticket_id
        for r in desk.hall.receptions.values()
        if r.receiver is None and r.asked == (TRAINEE.staff_id,)
    )
    assert isinstance(receptions.accept(desk, TRAINEE.actor, mine), Done)
    for _ in range(5400):
        clock.advance(1)
        day.step(desk, clock.now())
    hall = desk.hall
    assert hall.receptions[mine].is_open == (hall.tickets[mine].state is not TicketState.LEFT)
    served = [
        hall.receptions[t.id]
        for t in hall.tickets.values()
        if t.tier is Tier.VIP
        and t.state is TicketState.DONE
        and (clock.now() - t.state_since).total_seconds() > 60
        and t.id != mine
    ]
    assert len(served) > 3
    assert {reception.close_reason for reception in served} == {CloseReason.SEEN_OFF}
    assert {hall.runs[reception.ticket_id].end for reception in served} == {RunEnd.FINISHED}
    assert_true_to_log(desk.connection)
    desk.close()
