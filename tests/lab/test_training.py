"""The training hall is a whole hall, and its day goes on whatever the person does."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from hallterm.clock import ManualClock
from hallterm.desk import appointments
from hallterm.desk.accounts import SignedIn, sign_in
from hallterm.desk.board import Board
from hallterm.desk.calling import call_next, current
from hallterm.desk.days import close_day, settle
from hallterm.desk.desk import Desk, Done
from hallterm.domain.actor import Actor
from hallterm.domain.appointment.words import CancelReason
from hallterm.domain.counter.commands import PauseCounter, ReleaseCounter, TakeCounter
from hallterm.domain.refusal import Refusal
from hallterm.domain.roles import Role
from hallterm.domain.ticket.commands import CustomerLeft, StartService
from hallterm.domain.ticket.words import LeaveReason, PauseReason, SettleReason, TicketState
from hallterm.domain.tiers import Tier
from hallterm.lab.training import ACCOUNTS, create_training_hall, training_pin
from hallterm.lab.training_customers import people_of
from hallterm.lab.training_day import WAITING_AT_START, TrainingDay, TrainingPlan
from tests.support.hall import quick_pins
from tests.support.rulebook import configuration
from tests.support.truth import assert_true_to_log

NINE = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
HOUR = 3600
CLERK = Actor("1001", frozenset({Role.CLERK}))
MANAGER = Actor("3001", frozenset({Role.STORE_MANAGER}))


def create(folder: Path, clock: ManualClock, customers: int = 120) -> Desk:
    with quick_pins():
        desk = create_training_hall(
            folder, clock, configuration(), customers=customers, durability="OFF", seed=3
        )
    assert isinstance(desk, Desk)
    return desk


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(NINE)


@pytest.fixture
def desk(tmp_path: Path, clock: ManualClock) -> Iterator[Desk]:
    """Open a training hall in which nobody has come yet."""
    made = create(tmp_path, clock)
    yield made
    made.close()


def run(desk: Desk, clock: ManualClock, day: TrainingDay, seconds: int, each: int = 1) -> None:
    for _second in range(0, seconds, each):
        clock.advance(each)
        day.step(desk, clock.now())


def done(result: Done | Refusal) -> Done:
    assert isinstance(result, Done), result
    return result


def seen_of(desk: Desk) -> list[tuple[object, ...]]:
    """Return what happened to each ticket, without ids."""
    return [
        (t.number, t.state, t.passes, t.outcome, t.rating, t.staff_id, t.closed_at, t.legs)
        for t in sorted(desk.hall.tickets.values(), key=lambda t: (t.shown_at, t.number))
    ]


def test_every_shown_account_can_sign_in(desk: Desk) -> None:
    pin = training_pin(configuration())
    for account in ACCOUNTS:
        shown = sign_in(desk, account.staff_id, pin)
        assert isinstance(shown, SignedIn), account
        assert (shown.name, shown.actor.roles) == (account.name, frozenset({account.role}))
    assert {account.role for account in ACCOUNTS} == set(Role) - {Role.KIOSK}


def test_the_pin_is_as_long_as_the_hall_wants() -> None:
    standards = configuration().standards
    longer = standards.sign_in.model_copy(update={"pin_digits": 9})
    changed = configuration().model_copy(
        update={"standards": standards.model_copy(update={"sign_in": longer})}
    )
    assert training_pin(configuration()) == "246810"
    assert training_pin(changed) == "246810246"


def test_customers_of_every_tier_are_on_record(desk: Desk) -> None:
    people = people_of(desk)
    assert len(people) == 120
    assert {one.details.tier for one in people} == set(Tier)
    assert sum(one.details.special for one in people) == 2
    assert any(one.details.group_member for one in people)
    assert all(one.details.consent_at for one in people)


def test_the_training_begins_with_people_waiting(desk: Desk, clock: ManualClock) -> None:
    TrainingDay(desk, TrainingPlan())
    view = Board(desk).hall()
    ages = {row.number: clock.now().timestamp() - row.service.began for row in view.waiting}
    assert len(ages) == len(WAITING_AT_START) == 11
    assert {row.tier for row in view.waiting} == set(Tier)
    assert max(ages.values()) == 28 * 60
    assert sum(bool(row.customer) for row in view.waiting) > 5
    assert [(c.number, c.staff_id is None) for c in view.counters] == [
        (1, False),
        (2, True),
        (3, True),
        (4, False),
        (5, False),
        (6, False),
    ]
    assert sum(c.serving is not None for c in view.counters) == 4


def test_two_hours_bring_everything_that_can_happen(desk: Desk, clock: ManualClock) -> None:
    day = TrainingDay(desk, TrainingPlan(seed=4, arrivals_per_hour=60))
    run(desk, clock, day, 3 * HOUR, each=2)
    rows = desk.connection.exec_driver_sql("SELECT type, count(*) FROM event GROUP BY type")
    counts = {row[0]: row[1] for row in rows}
    desk.connection.rollback()
    assert counts["ticket_issued"] > 120
    for name in (
        *("ticket_called", "service_started", "service_finished", "service_rated"),
        *("ticket_passed_over", "ticket_returned", "service_parked", "service_resumed"),
        *("tier_changed", "customer_received", "ticket_left", "counter_paused"),
    ):
        assert counts.get(name, 0) > 0, name
    assert {t.person_id is None for t in desk.hall.tickets.values()} == {True, False}
    assert any(t.flags for t in desk.hall.tickets.values())
    assert any(line.documents_missing for t in desk.hall.tickets.values() for line in t.businesses)
    assert_true_to_log(desk.connection)


def test_the_same_plan_gives_the_same_day(tmp_path: Path) -> None:
    def lived(folder: str, seed: int) -> list[tuple[object, ...]]:
        clock = ManualClock(NINE)
        desk = create(tmp_path / folder, clock, customers=60)
        run(desk, clock, TrainingDay(desk, TrainingPlan(seed=seed)), HOUR, each=5)
        seen = seen_of(desk)
        desk.close()
        return seen

    first = lived("a", 1)
    assert lived("b", 1) == first
    assert lived("c", 2) != first


def test_more_customers_come_when_asked_for(tmp_path: Path) -> None:
    def came(folder: str, rate: float) -> int:
        clock = ManualClock(NINE)
        desk = create(tmp_path / folder, clock, customers=60)
        plan = TrainingPlan(arrivals_per_hour=rate, served=(), waiting=())
        run(desk, clock, TrainingDay(desk, plan), HOUR, each=10)
        number = len(desk.hall.tickets)
        desk.close()
        return number

    assert came("none", 0) == 0
    assert 8 < came("few", 20) < 40
    assert 90 < came("many", 140) < 200


def test_a_person_works_beside_the_colleagues(desk: Desk, clock: ManualClock) -> None:
    day = TrainingDay(desk, TrainingPlan())
    done(desk.act(CLERK, TakeCounter(counter_id="c3", session_id="s")))
    called = done(call_next(desk, CLERK))
    run(desk, clock, day, 600)
    mine = current(desk, CLERK)
    assert mine is not None
    assert mine.state is TicketState.CALLED
    assert called.events
    done(desk.act(CLERK, StartService(ticket_id=mine.id)))
    run(desk, clock, day, 600)
    assert current(desk, CLERK) == desk.hall.tickets[mine.id]
    assert desk.hall.tickets[mine.id].state is TicketState.SERVING


def test_a_manager_may_take_over_from_a_colleague(desk: Desk, clock: ManualClock) -> None:
    day = TrainingDay(desk, TrainingPlan(arrivals_per_hour=0))
    ticket = desk.hall.ticket_at("c5")
    assert ticket is not None
    left = CustomerLeft(ticket_id=ticket.id, reason=LeaveReason.OWN_REASONS)
    done(desk.act(MANAGER, left))
    done(desk.act(MANAGER, PauseCounter(counter_id="c5", reason=PauseReason.MEETING)))
    run(desk, clock, day, 900)
    assert desk.hall.duty("c5").paused is PauseReason.MEETING
    assert desk.hall.ticket_at("c5") is None
    done(desk.act(MANAGER, ReleaseCounter(counter_id="c5")))
    done(desk.act(CLERK, TakeCounter(counter_id="c5", session_id="s")))
    run(desk, clock, day, 900)
    assert desk.hall.duty("c5").staff_id == CLERK.staff_id


def test_nobody_comes_after_the_day_is_closed(desk: Desk, clock: ManualClock) -> None:
    day = TrainingDay(desk, TrainingPlan())
    for ticket in list(desk.hall.open_tickets()):
        done(settle(desk, MANAGER, ticket.id, SettleReason.CUSTOMER_GONE))
    for appointment in list(desk.hall.appointments):
        done(appointments.cancel(desk, MANAGER, appointment, CancelReason.HALL))
    done(close_day(desk, MANAGER))
    last = desk.replica.hall_seq
    run(desk, clock, day, 1800, each=30)
    assert desk.hall.day is None
    assert desk.replica.hall_seq == last


def test_after_a_closed_lid_the_missed_customers_do_not_come(
    desk: Desk, clock: ManualClock
) -> None:
    day = TrainingDay(desk, TrainingPlan(arrivals_per_hour=60))
    before = len(desk.hall.tickets)
    clock.advance(4 * HOUR)
    day.step(desk, clock.now())
    assert len(desk.hall.tickets) <= before + 3


def test_the_day_goes_on_past_the_end_of_the_business_day(desk: Desk, clock: ManualClock) -> None:
    day = TrainingDay(desk, TrainingPlan())
    first = desk.hall.day
    clock.advance(18 * HOUR)
    run(desk, clock, day, 1200, each=10)
    assert desk.hall.day is not None
    assert first is not None
    assert desk.hall.day > first
    seated = [d.counter_id for d in desk.hall.duties.values() if d.staff_id]
    assert sorted(seated) == ["c1", "c4", "c5", "c6"]


def test_a_folder_with_a_hall_is_left_alone(tmp_path: Path, clock: ManualClock) -> None:
    (tmp_path / "hall.db").write_bytes(b"mine")
    answer = create_training_hall(tmp_path, clock, configuration())
    assert isinstance(answer, Refusal)
    assert (tmp_path / "hall.db").read_bytes() == b"mine"
