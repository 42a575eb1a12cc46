"""What dispatch is told of the hall's day beside who waits."""

from hallterm.clock import ManualClock
from hallterm.desk.calling import call_next
from hallterm.desk.desk import Desk
from hallterm.desk.known import known_now
from hallterm.desk.queueing import learn, waiting_list
from hallterm.dispatch.known import Known
from hallterm.domain.ticket.commands import CustomerLeft, FinishService, StartService
from hallterm.domain.ticket.words import LeaveReason
from hallterm.domain.tiers import Grade, Tier
from tests.support.hall import done, sit, take
from tests.support.rulebook import CLERK


def known(desk: Desk, clock: ManualClock) -> Known:
    """Return what is known now."""
    learn(desk)
    waiting_list(desk, desk.hall)
    return known_now(desk, desk.hall, clock.now())


def test_the_others_who_came_are_known_called_or_not_and_nobody_else(
    desk: Desk, clock: ManualClock
) -> None:
    sit(desk)
    first = take(desk)
    begun = clock.now().timestamp()
    clock.advance(60)
    take(desk)
    clock.advance(60)
    take(desk, Tier.VIP, Grade.GOLD)
    gone = take(desk)
    done(desk.act(CLERK, CustomerLeft(ticket_id=gone, reason=LeaveReason.OWN_REASONS)))
    done(call_next(desk, CLERK))
    came = known(desk, clock).came
    assert came.before(clock.now().timestamp() + 1) == 2
    assert came.clock_at(0) == begun
    assert first in desk.hall.tickets


def test_nobody_waits_so_nobody_matters(desk: Desk, clock: ManualClock) -> None:
    sit(desk)
    ticket_id = take(desk)
    done(call_next(desk, CLERK))
    done(desk.act(CLERK, StartService(ticket_id=ticket_id)))
    assert not known(desk, clock).came


def test_the_longest_wait_under_the_norm_is_learnt_from_the_days_before(
    desk: Desk, clock: ManualClock
) -> None:
    sit(desk)
    ticket_id = take(desk)
    clock.advance(1500)
    done(call_next(desk, CLERK))
    done(desk.act(CLERK, StartService(ticket_id=ticket_id)))
    done(desk.act(CLERK, FinishService(ticket_id=ticket_id)))
    assert known(desk, clock).worst == 0
    clock.advance(86_400)
    take(desk)
    assert known(desk, clock).worst == 1500
