"""A replayed day goes through the desk, and its figures are the trace's own."""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from hallterm.clock import ManualClock
from hallterm.desk import days
from hallterm.desk.accounts import SignedIn, sign_in
from hallterm.desk.desk import Desk, open_desk
from hallterm.domain.refusal import Refusal
from hallterm.domain.ticket.state import Ticket
from hallterm.domain.ticket.words import LeaveReason, TicketState
from hallterm.domain.tiers import Tier
from hallterm.lab.clerks import Habits
from hallterm.lab.replay import Replayed, Staffing, counters_for
from hallterm.lab.replay_figures import as_json
from hallterm.lab.replay_hall import KEY_NAME, create_replay_hall
from hallterm.lab.synthetic import Shape, make_day
from hallterm.lab.trace import Trace, read_trace
from hallterm.lab.trace_mapping import load_mapping
from hallterm.lab.trace_rows import Visit
from hallterm.lab.training import training_pin
from hallterm.store.keys import read_key
from tests.lab.replays import DAY, played, real_trace, visit
from tests.support.rulebook import MORNING, configuration
from tests.support.truth import assert_true_to_log

Play = Callable[[list[Visit], Staffing], tuple[Desk, Replayed]]


@pytest.fixture
def play(tmp_path: Path) -> Iterator[Play]:
    """Replay days in halls that are closed afterwards."""
    desks: list[Desk] = []

    def one(visits: list[Visit], staffing: Staffing) -> tuple[Desk, Replayed]:
        folder = tmp_path / str(len(desks))
        desk, result = played(folder, visits, staffing)
        desks.append(desk)
        return desk, result

    yield one
    for desk in desks:
        desk.close()


def tickets(desk: Desk) -> list[Ticket]:
    return sorted(days.tickets_of(desk, DAY), key=lambda ticket: ticket.shown_at)


def waits(desk: Desk) -> list[float | None]:
    return [ticket.first_leg.wait_s for ticket in tickets(desk)]


def test_waits_are_those_of_a_queue_at_one_counter(play: Play) -> None:
    visits = [visit(0, 600), visit(60, 600), visit(120, 60), visit(3000, 60)]
    desk, result = play(visits, Staffing(1))
    assert waits(desk) == [0, 540, 1080, 0]
    every = result.figures.all
    assert (every.customers, every.kept_share, every.wait_max) == (4, 1.0, 1080)
    assert result.ended.isoformat() == "2026-03-02T09:21:00+08:00"
    assert (result.settled, result.refused) == (0, ())


def test_a_second_counter_takes_the_next_customer(play: Play) -> None:
    desk, _result = play([visit(0, 600), visit(60, 600), visit(120, 60)], Staffing(2))
    assert waits(desk) == [0, 0, 480]
    assert [ticket.staff_id for ticket in tickets(desk)] == ["1001", "1002", "1001"]


def test_whoever_has_been_idle_longest_calls_next(play: Play) -> None:
    visits = [visit(0, 60), visit(100, 60), visit(200, 60)]
    desk, _result = play(visits, Staffing(2))
    assert [ticket.staff_id for ticket in tickets(desk)] == ["1001", "1002", "1001"]


def test_vip_goes_before_those_who_came_earlier(play: Play) -> None:
    visits = [visit(0, 600), visit(10, 60), visit(20, 60, Tier.VIP), visit(30, 60, Tier.GOTONE)]
    desk, result = play(visits, Staffing(1))
    assert [
        t.number for t in sorted(tickets(desk), key=lambda t: t.first_leg.started_at or t.shown_at)
    ] == [
        "A001",
        "V001",
        "G001",
        "A002",
    ]
    assert result.figures.tiers[Tier.VIP].wait_max == 580


def test_the_clock_runs_from_identity_shown(play: Play) -> None:
    desk, _result = play([visit(0, 60, shown_after=45)], Staffing(1))
    (ticket,) = tickets(desk)
    assert (ticket.shown_at - ticket.arrived_at).total_seconds() == 45
    assert ticket.first_leg.wait_s == 0


def test_customers_leave_only_when_they_are_not_called_in_time(play: Play) -> None:
    visits = [
        visit(0, 600),
        visit(10, 60, left_after=100),
        visit(20, 60, left_after=1000),
        visit(5000, 60, left_after=0),
    ]
    desk, _result = play(visits, Staffing(1))
    assert [t.state for t in tickets(desk)] == [
        TicketState.DONE,
        TicketState.LEFT,
        TicketState.DONE,
        TicketState.LEFT,  # turned round at the door, though a counter was free
    ]
    assert tickets(desk)[1].reason == LeaveReason.WAITED_TOO_LONG
    assert tickets(desk)[1].closed_at == tickets(desk)[1].first_leg.ended_at


def test_customers_of_one_second_are_called_in_the_order_of_the_file(play: Play) -> None:
    visits = [visit(0, 60 + line, line=line) for line in range(40)]
    desk, _result = play(visits, Staffing(1))
    started = [t.first_leg.started_at for t in tickets(desk)]
    assert started == sorted(started, key=lambda moment: moment or MORNING)
    assert [t.number for t in tickets(desk)] == [f"A{n:03d}" for n in range(1, 41)]


LIVELY = Staffing(
    3,
    Habits(walk=(2, 20), park_share=0.2, fail_share=0.2, break_share=0.1),
    absent_share=0.2,
    seed=5,
)


def synthetic(customers: int) -> list[Visit]:
    made = make_day(Shape(load=0.95, counters=3), 4, 1)[:customers]
    return [
        visit(c.waiting.arrived, c.service, c.waiting.tier, line=line)
        for line, c in enumerate(made, 2)
    ]


def told(desk: Desk) -> list[tuple[object, ...]]:
    """Return what happened to each customer, without ids."""
    return [
        (t.number, t.state, t.passes, t.outcome, t.staff_id, t.reason, t.closed_at, t.legs)
        for t in tickets(desk)
    ]


def test_a_lively_day_uses_every_key_and_is_true_to_its_log(play: Play) -> None:
    desk, result = play(synthetic(80), LIVELY)
    assert {t.state for t in tickets(desk)} == {TicketState.DONE}
    assert any(t.passes for t in tickets(desk))
    assert len({t.outcome for t in tickets(desk)}) > 2
    events = desk.connection.exec_driver_sql("SELECT type, count(*) FROM event GROUP BY type")
    counts = Counter({row[0]: row[1] for row in events})
    desk.connection.rollback()
    wanted = ("service_parked", "service_resumed", "ticket_passed_over", "ticket_recalled")
    assert all(counts[name] > 3 for name in wanted), counts
    assert counts["service_parked"] == counts["service_resumed"]
    assert counts["counter_paused"] > 0
    assert result.figures.closed
    assert_true_to_log(desk.connection)


def test_the_same_seed_gives_the_same_day(play: Play) -> None:
    first, _result = play(synthetic(50), LIVELY)
    again, _result = play(synthetic(50), LIVELY)
    assert told(first) == told(again)
    other, _result = play(synthetic(50), Staffing(3, LIVELY.habits, 0.2, seed=6))
    assert told(other) != told(first)


def test_what_is_open_when_the_business_day_ends_is_settled(play: Play) -> None:
    visits = [visit(16 * 3600, 5 * 3600), visit(16 * 3600 + 60, 60)]
    desk, result = play(visits, Staffing(1))
    assert result.settled == 2
    assert {t.state for t in tickets(desk)} == {TicketState.SETTLED}
    assert result.figures.closed
    assert_true_to_log(desk.connection)


def test_customers_of_the_first_hours_belong_to_the_day(play: Play) -> None:
    desk, result = play([visit(-8.4 * 3600, 60), visit(0, 60)], Staffing(1))
    assert result.figures.all.customers == 2
    assert days.days(desk) == [DAY]


def test_the_hall_can_be_opened_again_and_signed_in_to(tmp_path: Path, play: Play) -> None:
    desk, _result = play([visit(0, 60)], Staffing(2))
    desk.close()
    key = read_key(tmp_path / "0" / KEY_NAME)
    clock = ManualClock(MORNING)
    again = open_desk(tmp_path / "0" / "hall.db", key, clock, configuration(), "t")
    assert isinstance(sign_in(again, "1002", training_pin(configuration())), SignedIn)
    assert days.day_figures(again, DAY).all.customers == 1
    again.close()


def test_a_store_that_is_there_is_never_written(tmp_path: Path) -> None:
    store = tmp_path / "hall.db"
    store.write_bytes(b"mine")
    answer = create_replay_hall(store, ManualClock(MORNING), configuration(), 1)
    assert isinstance(answer, Refusal)
    assert answer.code == "store_exists"
    assert store.read_bytes() == b"mine"


def test_as_many_counters_as_the_fullest_hour_needs() -> None:
    hour = [visit(1800 + place * 60, 300) for place in range(60)]
    assert counters_for(hour) == 6
    assert counters_for([]) == 1
    assert counters_for([visit(0, 9000, left_after=5)]) == 1


def test_json_has_stable_keys(play: Play) -> None:
    _desk, result = play([visit(0, 60, Tier.VIP)], Staffing(1))
    value = as_json(result.figures)
    assert value["day"] == "2026-03-02"
    tiers = value["tiers"]
    assert isinstance(tiers, dict)
    assert list(tiers) == ["vip", "gotone", "standard"]
    assert tiers["vip"] == {
        "customers": 1,
        "kept": 1,
        "broken": 0,
        "absent": 0,
        "abandoned": 0,
        "running": 0,
        "kept_share": 1.0,
        "wait_mean_s": 0.0,
        "wait_p90_s": 0.0,
        "wait_max_s": 0.0,
    }
    assert tiers["gotone"]["kept_share"] is None


def test_a_real_day_is_replayed_whole(tmp_path: Path) -> None:
    path = real_trace()
    day = date(1999, 2, 3)
    businesses = configuration().businesses
    trace = read_trace(path, businesses, load_mapping("bank-1999", businesses), day)
    assert isinstance(trace, Trace)
    assert (trace.rows, trace.skipped, len(trace.refused)) == (1949, 10, 0)
    assert len(trace.visits) == 1939
    desk, result = played(tmp_path, trace.visits, Staffing(counters_for(trace.visits)), day)
    assert (result.refused, result.settled) == ((), 0)
    figures = days.day_figures(desk, day)
    assert figures == result.figures
    assert figures.all.customers == 1939
    done, left = figures.states[TicketState.DONE], figures.states[TicketState.LEFT]
    assert done + left == 1939
    assert done >= 1319  # at least those whom the bank itself served
    assert_true_to_log(desk.connection)
    desk.close()
