"""Appointments at the desk: two terminals at once, arrival, the day's page, what the log holds."""

import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from hallterm.clock import ManualClock
from hallterm.desk import appointments
from hallterm.desk.appointments import LONGEST_REMARK, Booking
from hallterm.desk.arrangement_board import ArrangementBoard
from hallterm.desk.board import Board
from hallterm.desk.days import close_day
from hallterm.desk.desk import Desk
from hallterm.desk.known import known_now
from hallterm.desk.queueing import waiting_list
from hallterm.desk.tickets import Issued
from hallterm.domain.appointment.words import AppointmentState, CancelReason, Channel
from hallterm.domain.ticket.commands import CallTicket
from hallterm.domain.ticket.words import UndoReason
from hallterm.domain.tiers import Grade, Tier
from tests.support.appointments import BUSINESS, TEN, appointed, member, on_duty
from tests.support.crowd import ROOT
from tests.support.hall import done, enter, refused, sit, take
from tests.support.rulebook import CLERK, COLLEAGUE, DUTY_MANAGER, GREETER, MORNING
from tests.support.truth import assert_true_to_log, logged


def wait_until(desk: Desk, minutes: float) -> None:
    """Let it be some minutes after ten."""
    clock = desk.clock
    assert isinstance(clock, ManualClock)
    clock.advance((TEN - clock.now()).total_seconds() + minutes * 60)


def come(desk: Desk, appointment_id: str) -> Issued:
    issued = appointments.arrive(desk, GREETER, appointment_id)
    assert isinstance(issued, Issued), issued
    return issued


def test_two_terminals_want_the_last_place_and_one_is_told(store: Path) -> None:
    one, other = enter(store), enter(store, device="other")
    on_duty(one)
    first, second = member(one), member(one, "李娜", "13800130002")
    other.refresh()
    appointed(one, first)
    again = appointments.book(other, COLLEAGUE, Booking(second, BUSINESS, TEN))
    assert refused(again) == "slot_full"
    assert refused(appointments.book(other, COLLEAGUE, Booking(first, BUSINESS, TEN))) in {
        "already_booked",
        "slot_full",
    }
    assert_true_to_log(one.connection)
    one.close()
    other.close()


def test_two_processes_book_in_the_same_moment_and_one_has_it(store: Path) -> None:
    desk = enter(store)
    on_duty(desk)
    persons = [member(desk), member(desk, "李娜", "13800130002")]
    booking = [
        subprocess.Popen(  # noqa: S603 - our own module
            [sys.executable, "-m", "tests.support.booker", str(store), actor.staff_id, person],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for actor, person in zip((CLERK, COLLEAGUE), persons, strict=True)
    ]
    for process in booking:
        assert process.stdout
        assert process.stdout.readline().split()[1] == "ready"
    for process in booking:
        assert process.stdin
        process.stdin.write("go\n")
        process.stdin.flush()
    said = sorted(process.communicate(timeout=60)[0].split()[1] for process in booking)
    assert said == ["booked", "slot_full"]
    desk.refresh()
    assert len(desk.hall.appointments) == 1
    assert_true_to_log(desk.connection)
    desk.close()


def test_the_remark_stands_beside_the_log(desk: Desk) -> None:
    on_duty(desk)
    mine = appointed(desk, member(desk), remark="  要靠窗\n的座位 [b]张伟[/b] ")
    page = ArrangementBoard(desk).day(MORNING.date(), CLERK)
    assert [row.remark for row in page.rows] == ["要靠窗 的座位 [b]张伟[/b]"]
    log = " ".join(payload for *_rest, payload in logged(desk.connection))
    assert mine in log
    assert "张伟" not in log
    assert "靠窗" not in log
    assert_true_to_log(desk.connection)


def test_what_cannot_be_booked_leaves_nothing_behind(desk: Desk) -> None:
    on_duty(desk)
    person = member(desk)
    before = logged(desk.connection)
    long = Booking(person, BUSINESS, TEN, remark="长" * (LONGEST_REMARK + 1))
    assert refused(appointments.book(desk, CLERK, long)) == "text_too_long"
    assert refused(appointments.book(desk, CLERK, Booking("?", BUSINESS, TEN))) == "unknown_person"
    past = Booking(person, BUSINESS, MORNING, remark="备注")
    assert refused(appointments.book(desk, CLERK, past)) == "slot_past"
    assert logged(desk.connection) == before


def test_arrival_is_one_step_and_names_the_appointment(desk: Desk) -> None:
    on_duty(desk)
    person = member(desk)
    mine = appointed(desk, person)
    wait_until(desk, -12)
    due = appointments.due_today(desk, person)
    assert due is not None
    assert due.id == mine
    issued = come(desk, mine)
    assert issued.ticket.tier is Tier.VIP
    assert issued.ticket.leg.clock_from == TEN
    assert issued.ticket.id in desk.hall.receptions
    assert appointments.due_today(desk, person) is None
    assert refused(appointments.arrive(desk, GREETER, mine)) == "already_waiting"
    (row,) = ArrangementBoard(desk).day(MORNING.date(), CLERK).rows
    assert (row.state, row.kept, row.number) == (AppointmentState.ARRIVED, True, "V001")
    assert_true_to_log(desk.connection)


def test_from_the_appointed_time_on_it_comes_before_its_tier_and_grade(desk: Desk) -> None:
    on_duty(desk)
    mine = appointed(desk, member(desk))
    wait_until(desk, -10)
    earlier = take(desk, Tier.VIP, Grade.GOLD)
    booked = come(desk, mine).ticket.id
    wait_until(desk, 1)
    now = desk.clock.now().timestamp()
    waiting = {w.ticket_id: w for w in waiting_list(desk, desk.hall)}
    rows = {row.ticket_id: row for row in Board(desk).hall().waiting}
    assert rows[booked].appointed == TEN.timestamp()
    assert rows[earlier].appointed is None
    assert waiting[booked].goes_first(now)
    assert not waiting[booked].goes_first(now - 120)
    assert not waiting[earlier].goes_first(now)


def test_dispatch_knows_who_is_booked_later_today(desk: Desk) -> None:
    on_duty(desk)
    person = member(desk)
    appointed(desk, person)
    appointed(desk, person, TEN + timedelta(days=1))
    now = desk.clock.now()
    (coming,) = known_now(desk, desk.hall, now).coming
    assert (coming.at, coming.tier) == (TEN.timestamp(), Tier.VIP)
    assert coming.minutes == desk.rules.businesses[BUSINESS].minutes
    wait_until(desk, 0)
    assert known_now(desk, desk.hall, desk.clock.now()).coming == ()


def test_any_terminals_tick_notes_who_is_late_and_only_once(store: Path) -> None:
    clock = ManualClock(MORNING)
    one, other = enter(store, clock), enter(store, clock, device="other")
    on_duty(one)
    mine = appointed(one, member(one))
    wait_until(one, 10)
    assert appointments.note_late_due(one) == ()
    wait_until(one, 10.1)
    other.refresh()
    assert appointments.note_late_due(one) == (mine,)
    assert appointments.note_late_due(other) == ()
    assert other.hall.appointments[mine].state is AppointmentState.LATE
    one.close()
    other.close()


def test_moved_called_off_and_taken_back(desk: Desk) -> None:
    on_duty(desk)
    mine, board = appointed(desk, member(desk)), ArrangementBoard(desk)
    later = TEN + timedelta(days=1)
    done(appointments.change(desk, CLERK, mine, later, BUSINESS))
    row = board.appointment(mine, CLERK)
    assert row is not None
    assert (row.day, row.undoable) == (later.date(), "appointment_changed")
    assert board.appointment(mine, GREETER) is not None
    assert [line.detail for line in row.happened] == ["03-02 10:00", "03-03 10:00"]
    done(appointments.cancel(desk, COLLEAGUE, mine, CancelReason.CUSTOMER))
    row = board.appointment(mine, CLERK)
    assert row is not None
    assert (row.cancel_reason, row.undoable) == (CancelReason.CUSTOMER, "")
    done(appointments.undo(desk, COLLEAGUE, mine, UndoReason.WRONG_KEY))
    done(appointments.undo(desk, CLERK, mine, UndoReason.WRONG_KEY))
    assert desk.hall.appointments[mine].at == TEN
    assert board.appointment("none", CLERK) is None
    assert_true_to_log(desk.connection)


def test_an_arrival_is_taken_back_until_something_happens_to_its_ticket(desk: Desk) -> None:
    on_duty(desk)
    mine, board = appointed(desk, member(desk)), ArrangementBoard(desk)
    wait_until(desk, 0)
    come(desk, mine)
    row = board.appointment(mine, GREETER)
    assert row is not None
    assert row.undoable == "appointment_arrived"
    assert refused(appointments.undo(desk, CLERK, mine, UndoReason.OTHER)) == "not_your_action"
    done(appointments.undo(desk, GREETER, mine, UndoReason.OTHER))
    assert desk.hall.appointments[mine].state is AppointmentState.BOOKED
    ticket = come(desk, mine).ticket
    sit(desk)
    done(desk.act(CLERK, CallTicket(ticket_id=ticket.id)))
    assert refused(appointments.undo(desk, GREETER, mine, UndoReason.OTHER)) == "nothing_to_undo"
    row = board.appointment(mine, GREETER)
    assert row is not None
    assert row.undoable == ""


def test_the_picker_shows_free_full_and_past(desk: Desk) -> None:
    on_duty(desk)
    mine = appointed(desk, member(desk))
    slots = {s.at: s for s in appointments.slots(desk, MORNING.date(), Tier.VIP)}
    assert not slots[TEN].open
    assert slots[TEN + timedelta(minutes=30)].open
    assert slots[MORNING].past
    moved = {s.at: s for s in appointments.slots(desk, MORNING.date(), Tier.VIP, mine)}
    assert moved[TEN].open
    assert f"{slots[TEN].begins:%H:%M}–{slots[TEN].ends:%H:%M}" == "10:00–10:30"


@pytest.mark.parametrize("said_so", [True, False])
def test_who_never_came_is_closed_by_a_key_or_with_the_day(desk: Desk, *, said_so: bool) -> None:
    on_duty(desk)
    mine = appointed(desk, member(desk))
    assert refused(close_day(desk, DUTY_MANAGER)) == "appointments_open"
    assert appointments.still_expected(desk.hall.appointments.values(), MORNING.date()) == 1
    wait_until(desk, 30)
    if said_so:
        done(appointments.miss(desk, CLERK, mine))
    done(close_day(desk, DUTY_MANAGER))
    assert desk.hall.appointments[mine].state is AppointmentState.MISSED
    assert_true_to_log(desk.connection)


def test_others_book_in_the_hall(desk: Desk) -> None:
    on_duty(desk)
    person = member(desk)
    payment = Booking(person, "payment", TEN)
    assert refused(appointments.book(desk, CLERK, payment)) == "not_bookable"
    done(appointments.book(desk, CLERK, Booking(person, "payment", TEN, Channel.IN_HALL)))
