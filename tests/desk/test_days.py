"""End of day at the desk, a day left open, and the figures of a day."""

from datetime import date, timedelta

import pytest

from hallterm.clock import ManualClock
from hallterm.desk.days import close_day, day_figures, days, settle, tickets_of
from hallterm.desk.desk import Desk
from hallterm.domain.day import OpenDay
from hallterm.domain.ticket import commands as cmd
from hallterm.domain.ticket.promise import Verdict
from hallterm.domain.ticket.words import LeaveReason, Rating, SettleReason, TicketState, UndoReason
from hallterm.domain.tiers import Grade, Tier
from tests.support.hall import done, refused, sit, take
from tests.support.rulebook import CLERK, DUTY_MANAGER, GREETER, KIOSK, MORNING
from tests.support.truth import assert_true_to_log

TODAY = date(2026, 3, 2)


def serve(desk: Desk, ticket: str, rating: Rating | None = None) -> None:
    done(desk.act(CLERK, cmd.CallTicket(ticket_id=ticket)))
    done(desk.act(CLERK, cmd.StartService(ticket_id=ticket)))
    done(desk.act(CLERK, cmd.FinishService(ticket_id=ticket)))
    if rating:
        done(desk.act(KIOSK, cmd.RateService(ticket_id=ticket, rating=rating)))


def test_the_first_action_opens_the_day_and_a_manager_closes_it(desk: Desk) -> None:
    assert desk.hall.day is None
    ticket = take(desk)
    assert desk.hall.day == TODAY
    assert refused(close_day(desk, CLERK)) == "not_allowed"
    assert refused(close_day(desk, DUTY_MANAGER)) == "tickets_open"
    assert refused(settle(desk, CLERK, ticket, SettleReason.CUSTOMER_GONE)) == "not_allowed"
    done(settle(desk, DUTY_MANAGER, ticket, SettleReason.CUSTOMER_GONE))
    done(close_day(desk, DUTY_MANAGER))
    assert [t.id for t in tickets_of(desk, TODAY)] == [ticket]
    assert refused(desk.act(CLERK, cmd.CallTicket(ticket_id=ticket))) == "not_at_counter"
    assert_true_to_log(desk.connection)


def test_a_closed_day_takes_no_more_until_a_manager_opens_it_again(
    desk: Desk, clock: ManualClock
) -> None:
    first = take(desk)
    done(settle(desk, DUTY_MANAGER, first, SettleReason.HANDED_OVER))
    done(close_day(desk, DUTY_MANAGER))
    clock.advance(3600)
    with pytest.raises(AssertionError, match="day_closed"):
        take(desk)
    assert refused(desk.act(GREETER, OpenDay(day=TODAY))) == "day_closed"
    done(desk.act(DUTY_MANAGER, OpenDay(day=TODAY)))
    second = take(desk)
    assert desk.hall.tickets[second].number == "A002"
    assert_true_to_log(desk.connection)


@pytest.mark.parametrize(
    ("local_hour", "same_day"), [(18, True), (23.99, True), (26.99, True), (27, False)]
)
def test_a_business_day_ends_at_three_in_the_morning(
    desk: Desk, clock: ManualClock, local_hour: float, *, same_day: bool
) -> None:
    take(desk)
    clock.set(MORNING + timedelta(hours=local_hour - 9))
    late = take(desk)
    assert (desk.hall.tickets[late].day == TODAY) == same_day
    assert desk.hall.tickets[late].number == ("A002" if same_day else "A001")


def test_a_day_left_open_is_settled_and_stays_readable(desk: Desk, clock: ManualClock) -> None:
    sit(desk)
    served, open_one = take(desk), take(desk)
    serve(desk, served)
    clock.advance(86400)
    new = take(desk)
    tomorrow = TODAY + timedelta(days=1)
    assert days(desk) == [tomorrow, TODAY]
    assert set(desk.hall.tickets) == {new}
    assert desk.hall.counter_of(CLERK.staff_id) is None
    states = {t.id: (t.state, t.reason) for t in tickets_of(desk, TODAY)}
    left_open = (TicketState.SETTLED, SettleReason.LEFT_OPEN.value)
    assert states == {served: (TicketState.DONE, None), open_one: left_open}
    assert day_figures(desk, TODAY).closed
    assert not day_figures(desk, tomorrow).closed
    assert_true_to_log(desk.connection)


def test_a_refused_first_action_does_not_open_the_day(desk: Desk) -> None:
    assert refused(desk.act(CLERK, cmd.CallTicket(ticket_id="none"))) == "not_at_counter"
    assert desk.hall.day is None
    assert days(desk) == []


def test_figures_count_each_promise_once_and_mistakes_not_at_all(
    desk: Desk, clock: ManualClock
) -> None:
    sit(desk)
    kept, late, gone, absent, mistake = (take(desk) for _ in range(5))
    done(desk.act(GREETER, cmd.UndoAction(ticket_id=mistake, reason=UndoReason.WRONG_KEY)))
    clock.advance(600)
    serve(desk, kept, Rating.SATISFIED)
    own = LeaveReason.OWN_REASONS
    done(desk.act(GREETER, cmd.CustomerLeft(ticket_id=gone, reason=own)))
    done(desk.act(CLERK, cmd.CallTicket(ticket_id=absent)))
    done(desk.act(CLERK, cmd.PassOver(ticket_id=absent)))
    clock.advance(1300)
    serve(desk, late, Rating.DISSATISFIED)
    vip = take(desk, Tier.VIP, Grade.GOLD)
    counted = day_figures(desk, TODAY)
    standard = counted.tiers[Tier.STANDARD]
    assert standard.customers == 4
    assert {v: n for v, n in standard.verdicts.items() if n} == {
        Verdict.KEPT: 1,
        Verdict.BROKEN: 1,
        Verdict.ABSENT: 1,
        Verdict.ABANDONED: 1,
    }
    assert standard.kept_share == 0.5
    assert standard.wait_max == pytest.approx(1900, abs=1)
    assert standard.wait_mean == pytest.approx(1250, abs=1)
    assert standard.satisfied_share == 0.5
    assert counted.tiers[Tier.VIP].verdicts[Verdict.RUNNING] == 1
    assert counted.all.customers == 5
    assert counted.states[TicketState.VOID] == 0
    assert desk.hall.tickets[vip].rating is None
    assert counted.tiers[Tier.VIP].satisfied_share is None
