"""End of day at the desk, a day left open, and the figures of a day."""

from datetime import date, timedelta

import pytest

from hallterm.clock import ManualClock
from hallterm.desk.calling import call_next, finish_and_call_next
from hallterm.desk.days import (
    can_open,
    close_day,
    closed_today,
    day_figures,
    days,
    open_today,
    settle,
    tickets_of,
)
from hallterm.desk.desk import Desk
from hallterm.domain.day import OpenDay
from hallterm.domain.ticket import commands as cmd
from hallterm.domain.ticket.promise import Verdict
from hallterm.domain.ticket.state import BusinessLine
from hallterm.domain.ticket.words import LeaveReason, Rating, SettleReason, TicketState, UndoReason
from hallterm.domain.tiers import Grade, Tier
from tests.support.hall import done, refused, sit, take
from tests.support.rulebook import CLERK, DUTY_MANAGER, GREETER, KIOSK, MORNING
from tests.support.truth import assert_true_to_log

TODAY = date(2026, 3, 2)
TOMORROW = TODAY + timedelta(days=1)


def ticket_for(desk: Desk) -> cmd.TakeTicket:
    return cmd.TakeTicket(
        ticket_id=desk.new_id(),
        tier=Tier.STANDARD,
        businesses=(BusinessLine(business_id="payment"),),
        arrived_at=desk.clock.now(),
        shown_at=desk.clock.now(),
    )


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


def test_a_service_under_way_at_three_is_finished_on_its_own_day(
    desk: Desk, clock: ManualClock
) -> None:
    clock.set(MORNING + timedelta(hours=17.9))
    sit(desk)
    served, waits = take(desk), take(desk)
    done(desk.act(CLERK, cmd.CallTicket(ticket_id=served)))
    done(desk.act(CLERK, cmd.StartService(ticket_id=served)))
    clock.advance(1800)
    late = take(desk)
    assert desk.hall.tickets[late].day == TODAY, "the day lasts as long as the service"
    done(desk.act(CLERK, cmd.FinishService(ticket_id=served)))
    assert desk.hall.tickets[served].state is TicketState.DONE
    new = take(desk)
    assert desk.hall.day == TOMORROW
    assert set(desk.hall.tickets) == {new}
    states = {t.id: t.state for t in tickets_of(desk, TODAY)}
    settled = TicketState.SETTLED
    assert states == {served: TicketState.DONE, waits: settled, late: settled}
    assert_true_to_log(desk.connection)


def test_what_is_refused_on_the_new_day_does_not_bring_the_old_one_back(
    desk: Desk, clock: ManualClock
) -> None:
    sit(desk)
    left = take(desk)
    clock.advance(86400)
    assert refused(call_next(desk, CLERK)) == "not_at_counter"
    assert desk.hall.day == TOMORROW
    assert tickets_of(desk, TODAY)[0].state is TicketState.SETTLED
    assert refused(finish_and_call_next(desk, CLERK, left)) == "unknown_ticket"
    assert_true_to_log(desk.connection)


def test_a_manager_still_settles_yesterday_by_hand(desk: Desk, clock: ManualClock) -> None:
    sit(desk)
    left = take(desk)
    clock.advance(86400)
    done(settle(desk, DUTY_MANAGER, left, SettleReason.HANDED_OVER))
    assert refused(close_day(desk, DUTY_MANAGER, TOMORROW)) == "day_closed"
    done(close_day(desk, DUTY_MANAGER, TODAY))
    take(desk)
    assert desk.hall.day == TOMORROW
    assert tickets_of(desk, TODAY)[0].reason == SettleReason.HANDED_OVER.value


def test_under_a_clock_years_ahead_nothing_begins_until_a_manager_says_so(
    desk: Desk, clock: ManualClock
) -> None:
    sit(desk)
    waits = take(desk)
    clock.advance(400 * 86400)
    assert refused(desk.act(GREETER, ticket_for(desk))) == "day_far"
    assert refused(call_next(desk, CLERK)) == "day_far"
    assert desk.hall.day == TODAY
    assert refused(open_today(desk, CLERK)) == "day_far"
    clock.set(MORNING + timedelta(hours=1))
    done(call_next(desk, CLERK))
    assert desk.hall.tickets[waits].state is TicketState.CALLED


def test_a_day_ahead_by_mistake_is_left_again_without_a_number_given_twice(
    desk: Desk, clock: ManualClock
) -> None:
    first, _second = take(desk), take(desk, Tier.VIP, Grade.GOLD)
    clock.advance(86400 * 2)
    mistaken = take(desk)
    done(settle(desk, DUTY_MANAGER, mistaken, SettleReason.HANDED_OVER))
    clock.set(MORNING + timedelta(hours=2))
    assert can_open(desk) is None, "first the other day is closed"
    done(close_day(desk, DUTY_MANAGER))
    assert closed_today(desk)
    with pytest.raises(AssertionError, match="day_closed"):
        take(desk)
    assert refused(open_today(desk, GREETER)) == "day_in_past"
    done(open_today(desk, DUTY_MANAGER))
    assert desk.hall.day == TODAY
    again = take(desk)
    assert desk.hall.tickets[again].number == "A002"
    vip = take(desk, Tier.VIP, Grade.GOLD)
    assert desk.hall.tickets[vip].number == "V002"
    assert first not in desk.hall.tickets
    assert [t.number for t in tickets_of(desk, TODAY)] == ["A001", "V001", "A002", "V002"]
    assert_true_to_log(desk.connection)
    clock.set(MORNING + timedelta(days=2))
    came = take(desk)
    assert desk.hall.tickets[came].number == "A002", "A001 was the mistaken one"
    assert_true_to_log(desk.connection)


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
