"""Receptions at the desk: any terminal, two at once, killed in the middle, views and history."""

import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from hallterm.clock import ManualClock
from hallterm.desk import checklists, receptions
from hallterm.desk import reception_history as history
from hallterm.desk.days import close_day
from hallterm.desk.desk import Desk
from hallterm.desk.reception_board import ReceptionBoard
from hallterm.desk.reception_views import PlaceState
from hallterm.domain.checklist.words import SkipReason
from hallterm.domain.company.commands import RetireCounter
from hallterm.domain.reception.words import CloseReason, ReceptionState, ReleaseReason
from hallterm.domain.refusal import Refusal
from hallterm.domain.ticket import commands as ticket
from hallterm.domain.ticket.commands import TakeTicket
from hallterm.domain.ticket.state import BusinessLine
from hallterm.domain.ticket.words import LeaveReason, UndoReason
from hallterm.domain.tiers import Grade, Tier
from tests.support.crowd import ROOT
from tests.support.hall import done, enter, refused, sit, take
from tests.support.rulebook import (
    ADMINISTRATOR,
    CLERK,
    COLLEAGUE,
    DUTY_MANAGER,
    FIRST,
    GREETER,
    KIOSK,
    MORNING,
    PIN,
    VIP_ROOM,
)
from tests.support.truth import assert_true_to_log

PERSON = "p1"


def on_duty(desk: Desk) -> None:
    receivers = [GREETER.staff_id, COLLEAGUE.staff_id]
    done(receptions.set_roster(desk, DUTY_MANAGER, receivers, [DUTY_MANAGER.staff_id]))


def member_comes(desk: Desk) -> str:
    """Let a member of the club, who is on file, show the card now."""
    now, ticket_id = desk.clock.now(), desk.new_id()
    command = TakeTicket(
        ticket_id=ticket_id,
        tier=Tier.VIP,
        grade=Grade.GOLD,
        person_id=PERSON,
        businesses=(BusinessLine(business_id="payment"),),
        arrived_at=now,
        shown_at=now,
    )
    done(desk.act(GREETER, command))
    return ticket_id


def served(desk: Desk, guest: str) -> None:
    done(desk.act(CLERK, ticket.CallTicket(ticket_id=guest)))
    done(desk.act(CLERK, ticket.StartService(ticket_id=guest)))
    done(desk.act(CLERK, ticket.FinishService(ticket_id=guest)))


def skip_what_is_left(desk: Desk, guest: str, reason: SkipReason) -> None:
    view = checklists.Checklists(desk).view(guest, GREETER)
    assert view is not None
    for step in view.steps:
        if step.is_open and step.required:
            done(checklists.skip(desk, GREETER, guest, step.step_id, reason))


def whole_visit(desk: Desk, clock: ManualClock, *told: str) -> str:
    """Live one visit of the member: accepted after two minutes, tea entered late."""
    guest = member_comes(desk)
    clock.advance(120)
    done(receptions.accept(desk, GREETER, guest))
    done(receptions.guide(desk, GREETER, guest, VIP_ROOM))
    clock.advance(600)
    tea = clock.now() - timedelta(minutes=8)
    late = checklists.Ticking(step_id="tea", happened_at=tea)
    done(checklists.tick(desk, GREETER, guest, [late]))
    done(checklists.tick_now(desk, GREETER, guest, "verify", ["card_forgotten"]))
    done(checklists.tick_now(desk, GREETER, guest, "club_services", told))
    served(desk, guest)
    skip_what_is_left(desk, guest, SkipReason.HURRIED)
    done(receptions.close(desk, GREETER, guest))
    return guest


# from any terminal


def test_a_receiver_accepts_at_somebody_else_s_terminal(desk: Desk) -> None:
    on_duty(desk)
    guest = take(desk, Tier.VIP, Grade.GOLD)
    wrong = receptions.accept_with_pin(desk, guest, GREETER.staff_id, "000000")
    assert refused(wrong) == "wrong_pin"
    assert desk.hall.receptions[guest].receiver is None
    accepted = receptions.accept_with_pin(desk, guest, f" {GREETER.staff_id} ", PIN)
    assert isinstance(accepted, receptions.Accepted)
    assert accepted.actor == GREETER
    assert desk.hall.receptions[guest].receiver == GREETER.staff_id
    assert_true_to_log(desk.connection)


def test_an_account_locks_here_as_everywhere(desk: Desk) -> None:
    guest = take(desk, Tier.VIP, Grade.GOLD)
    codes = [
        refused(receptions.accept_with_pin(desk, guest, GREETER.staff_id, "111111"))
        for _ in range(6)
    ]
    assert codes[-1] == "account_locked"


def test_two_terminals_accept_in_the_same_moment(store: Path) -> None:
    one, two = enter(store), enter(store, device="other")
    guest = take(one, Tier.VIP, Grade.GOLD)
    two.refresh()
    done(receptions.accept(one, CLERK, guest))
    answer = receptions.accept(two, COLLEAGUE, guest)
    assert isinstance(answer, Refusal)
    assert (answer.code, answer.args["staff"]) == ("reception_taken", CLERK.staff_id)
    one.close()
    two.close()


def started(store: Path, staff_id: str, guest: str) -> subprocess.Popen[str]:
    process = subprocess.Popen(  # noqa: S603 - our own module
        [sys.executable, "-m", "tests.support.receiver", str(store), staff_id, guest],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert heard(process) == [staff_id, "ready"]
    return process


def heard(process: subprocess.Popen[str]) -> list[str]:
    assert process.stdout is not None
    return process.stdout.readline().split()


def go(process: subprocess.Popen[str]) -> None:
    assert process.stdin is not None
    process.stdin.write("go\n")
    process.stdin.flush()


def ended(process: subprocess.Popen[str]) -> None:
    process.kill()
    process.communicate()


def test_two_processes_accept_and_one_is_killed_in_the_middle(store: Path) -> None:
    desk = enter(store, durability="FULL")
    guest = take(desk, Tier.VIP, Grade.GOLD)
    both = [started(store, actor.staff_id, guest) for actor in (CLERK, COLLEAGUE)]
    for process in both:
        go(process)
    answers = [heard(process) for process in both]
    winner = next(n for n, answer in enumerate(answers) if answer[1] == "accepted")
    staff_id = answers[winner][0]
    assert answers[1 - winner][1:] == ["reception_taken", staff_id]
    confirmed = [heard(both[winner])[1]]
    for process in both:
        ended(process)
    desk.close()
    again = enter(store, ManualClock(MORNING + timedelta(minutes=3)))
    reception = again.hall.receptions[guest]
    assert (reception.state, reception.receiver) == (ReceptionState.ACCEPTED, staff_id)
    assert again.hall.tickets[guest].received_at == MORNING
    page = ReceptionBoard(again).page(guest, CLERK)
    assert page is not None
    assert page.checklist is not None
    assert {step.step_id for step in page.checklist.steps if step.done} >= set(confirmed)
    assert page.row.clock.stopped == MORNING.timestamp()
    assert_true_to_log(again.connection)
    again.close()


# nobody answers


def test_any_terminal_s_tick_asks_others_once(desk: Desk, clock: ManualClock) -> None:
    on_duty(desk)
    guest = take(desk, Tier.VIP, Grade.GOLD)
    clock.advance(59)
    assert receptions.escalate_due(desk) == ()
    clock.advance(1)
    assert receptions.escalate_due(desk) == (guest,)
    assert receptions.escalate_due(desk) == ()
    clock.advance(60)
    places = desk.replica.version
    assert receptions.escalate_due(desk) == (), "everybody was asked"
    assert desk.replica.version == places
    rows = ReceptionBoard(desk).rows(DUTY_MANAGER)
    assert [row.for_me for row in rows] == [True]
    assert rows[0].clock.began == desk.hall.tickets[guest].shown_at.timestamp()
    assert rows[0].clock.stopped is None


def test_two_terminals_tick_in_the_same_second(store: Path) -> None:
    clock = ManualClock(MORNING)
    one, two = enter(store, clock), enter(store, clock, device="other")
    on_duty(one)
    guest = take(one, Tier.VIP, Grade.GOLD)
    two.refresh()
    clock.advance(61)
    assert receptions.escalate_due(one) == (guest,)
    assert receptions.escalate_due(two) == ()
    assert len(one.hall.receptions[guest].asked) == 3
    one.close()
    two.close()


# what is shown


def test_the_rows_ring_for_whom_is_asked(desk: Desk, clock: ManualClock) -> None:
    on_duty(desk)
    first = take(desk, Tier.VIP, Grade.DIAMOND)
    clock.advance(30)
    second = take(desk, Tier.VIP, Grade.SILVER)
    done(receptions.accept(desk, GREETER, first))
    rows = ReceptionBoard(desk).rows(GREETER)
    assert [row.ticket_id for row in rows] == [second, first]
    assert [(row.for_me, row.mine) for row in rows] == [(True, False), (False, True)]
    assert rows[1].receiver is not None
    assert rows[1].receiver.name == f"员工{GREETER.staff_id}"
    assert rows[1].steps_done == 0
    assert rows[1].next_step == "核实身份"
    assert rows[1].clock.stopped is not None


def test_the_five_minutes_stand_until_somebody_has_the_customer(
    desk: Desk, clock: ManualClock
) -> None:
    guest = take(desk, Tier.VIP, Grade.GOLD)
    clock.advance(400)
    (row,) = ReceptionBoard(desk).rows(GREETER)
    assert (row.clock.budget, row.clock.stopped) == (300, None)
    done(receptions.accept(desk, GREETER, guest))
    (row,) = ReceptionBoard(desk).rows(GREETER)
    assert row.clock.stopped == clock.now().timestamp()


def test_steps_show_who_and_what_and_only_what_is_asked_for(desk: Desk) -> None:
    guest = take(desk, Tier.VIP, Grade.GOLD)
    board = ReceptionBoard(desk)
    before = board.page(guest, GREETER)
    assert before is not None
    assert before.checklist is not None
    assert "looked_up" not in [step.step_id for step in before.checklist.steps]
    done(checklists.tick_now(desk, COLLEAGUE, guest, "verify", ["card_forgotten"]))
    page = board.page(guest, GREETER)
    assert page is not None
    assert page.checklist is not None
    steps = {step.step_id: step for step in page.checklist.steps}
    verify = steps["verify"]
    assert verify.who is not None
    assert (verify.who.staff_id, verify.done, verify.undoable) == (COLLEAGUE.staff_id, True, False)
    assert [choice.title for choice in verify.choices if choice.chosen] == ["卡没带，已查系统"]
    assert steps["looked_up"].is_open
    assert "agent" not in steps
    assert "白开水" in steps["tea"].hint
    assert board.page("none", GREETER) is None


def test_who_comes_with_a_company_s_agent_has_the_agent_checked(desk: Desk) -> None:
    now, guest = desk.clock.now(), desk.new_id()
    command = TakeTicket(
        ticket_id=guest,
        tier=Tier.VIP,
        grade=Grade.SILVER,
        person_id="company",
        agent_id="agent",
        businesses=(BusinessLine(business_id="payment"),),
        arrived_at=now,
        shown_at=now,
    )
    done(desk.act(GREETER, command))
    view = checklists.Checklists(desk).view(guest, GREETER)
    assert view is not None
    assert "agent" in [step.step_id for step in view.steps]


def test_a_hall_without_a_vip_room_has_a_counter_or_a_seat(desk: Desk) -> None:
    done(desk.act(ADMINISTRATOR, RetireCounter(counter_id=VIP_ROOM)))
    guest = take(desk, Tier.VIP, Grade.GOLD)
    assert receptions.places(desk, guest)[0].state is PlaceState.SEAT
    sit(desk)
    assert receptions.places(desk, guest)[0].counter_id == FIRST
    done(receptions.guide(desk, GREETER, guest, None))
    (row,) = ReceptionBoard(desk).rows(GREETER)
    assert row.place == "等候区座位"


def test_undo_takes_back_what_was_entered_together(desk: Desk) -> None:
    guest = take(desk, Tier.VIP, Grade.GOLD)
    done(receptions.accept(desk, GREETER, guest))
    done(checklists.tick_now(desk, GREETER, guest, "verify", ["card_shown"]))
    now = desk.clock.now()
    both = [checklists.Ticking(step_id=step, happened_at=now) for step in ("greet", "tea")]
    done(checklists.tick(desk, GREETER, guest, both))
    done(checklists.tick_now(desk, COLLEAGUE, guest, "guide"))
    assert receptions.undo_words(desk, GREETER, guest) == "微笑问好、上茶"
    done(receptions.undo_last(desk, GREETER, guest, UndoReason.WRONG_KEY))
    left = [entry.step_id for entry in desk.hall.runs[guest].entries]
    assert left == ["verify", "guide"]
    assert receptions.undo_words(desk, GREETER, guest) == "核实身份"
    done(receptions.undo_last(desk, GREETER, guest, UndoReason.WRONG_KEY))
    assert receptions.undo_words(desk, GREETER, guest) == "接待"
    done(receptions.undo_last(desk, GREETER, guest, UndoReason.WRONG_CUSTOMER))
    assert desk.hall.receptions[guest].state is ReceptionState.OFFERED
    again = receptions.undo_last(desk, GREETER, guest, UndoReason.WRONG_KEY)
    assert refused(again) == "nothing_to_undo"


def test_undo_opens_again_what_was_seen_off(desk: Desk, clock: ManualClock) -> None:
    sit(desk)
    guest = whole_visit(desk, clock, "easy_boarding")
    assert receptions.undo_words(desk, CLERK, guest) == ""
    assert receptions.undo_words(desk, GREETER, guest) == "接待结束"
    done(receptions.undo_last(desk, GREETER, guest, UndoReason.CUSTOMER_CAME_BACK))
    assert desk.hall.receptions[guest].is_open


def test_the_best_place_comes_first(desk: Desk) -> None:
    guest, other = (take(desk, Tier.VIP, Grade.GOLD) for _ in range(2))
    sit(desk)
    best, *rest = receptions.places(desk, guest)
    assert (best.counter_id, best.state) == (VIP_ROOM, PlaceState.FREE)
    assert [place.counter_id for place in rest[:2]] == [FIRST, None]
    done(receptions.guide(desk, GREETER, other, VIP_ROOM))
    now_best = receptions.places(desk, guest)[0]
    assert now_best.counter_id == FIRST
    taken = next(p for p in receptions.places(desk, guest) if p.counter_id == VIP_ROOM)
    assert (taken.state, taken.taken_by) == (PlaceState.BUSY, desk.hall.tickets[other].number)
    assert receptions.places(desk, other)[0].counter_id == VIP_ROOM


def test_giving_away_needs_a_reason_of_a_person(desk: Desk) -> None:
    guest = take(desk, Tier.VIP, Grade.GOLD)
    done(receptions.accept(desk, GREETER, guest))
    no_reason = receptions.release(desk, GREETER, guest, ReleaseReason.UNDONE)
    assert refused(no_reason) == "reason_missing"


def test_a_roster_has_an_end(desk: Desk) -> None:
    many = [GREETER.staff_id] * 21
    assert refused(receptions.set_roster(desk, DUTY_MANAGER, many)) == "roster_too_long"


# after the visit


def test_the_card_after_the_visit(desk: Desk, clock: ManualClock) -> None:
    sit(desk)
    guest = whole_visit(desk, clock, "easy_boarding", "magazine")
    card = history.summary(desk, guest)
    assert card is not None
    assert (card.received_s, card.received_in_time) == (120, True)
    assert card.service_s == 720
    assert card.service.value == "broken"
    assert card.close_reason is CloseReason.SEEN_OFF
    assert card.place == "1 贵宾室"
    assert [step.title for step in card.late] == ["上茶"]
    assert dict(card.remembered) == {"介绍过": ("易登机", "会员刊物")}
    assert {step.skipped for step in card.skipped} == {SkipReason.HURRIED}
    assert "查系统时核对了什么" in [step.title for step in card.skipped]
    assert [move.event for move in card.moves] == [
        "reception_offered",
        "reception_accepted",
        "customer_guided",
        "reception_closed",
    ]
    assert {(move.staff_id, move.device) for move in card.moves} == {(GREETER.staff_id, "test")}
    assert history.summary(desk, "none") is None


def test_the_next_visit_knows_what_was_told(desk: Desk, clock: ManualClock) -> None:
    sit(desk)
    first = whole_visit(desk, clock, "easy_boarding")
    clock.advance(86400)
    sit(desk)
    second = whole_visit(desk, clock, "magazine")
    third = member_comes(desk)
    page = ReceptionBoard(desk).page(third, GREETER)
    assert page is not None
    told = [(told.name, told.choice, told.ticket_id) for told in page.told]
    assert told == [("介绍过", "会员刊物", second), ("介绍过", "易登机", first)]
    done(checklists.tick_now(desk, GREETER, third, "club_services", ["vip_room"]))
    now = ReceptionBoard(desk).page(third, GREETER)
    assert now is not None
    assert now.told == page.told, "what is told now is no history yet"
    assert [card.ticket_id for card in history.summaries_of(desk, PERSON)] == [
        third,
        second,
        first,
    ]
    stranger = take(desk, Tier.VIP, Grade.GOLD)
    other = ReceptionBoard(desk).page(stranger, GREETER)
    assert other is not None
    assert other.told == ()


def test_figures_per_receiver_and_hall(desk: Desk, clock: ManualClock) -> None:
    sit(desk)
    whole_visit(desk, clock, "easy_boarding")
    left = take(desk, Tier.VIP, Grade.GOLD)
    clock.advance(301)
    gone = ticket.CustomerLeft(ticket_id=left, reason=LeaveReason.WAITED_TOO_LONG)
    done(desk.act(GREETER, gone))
    mistaken = take(desk, Tier.VIP, Grade.GOLD)
    change = ticket.ChangeTier(ticket_id=mistaken, tier=Tier.STANDARD, shown_at=clock.now())
    done(desk.act(GREETER, change))
    done(receptions.accept(desk, CLERK, take(desk, Tier.VIP, Grade.GOLD)))
    day = desk.hall.day
    assert day is not None
    cards = history.summaries(desk, day, day)
    hall = history.figures(cards)
    assert (hall.receptions, hall.received, hall.received_in_time) == (3, 2, 2)
    assert (hall.not_in_time, hall.served, hall.served_in_time) == (1, 1, 0)
    assert (hall.seen_off, hall.late, hall.steps_done) == (1, 1, 3)
    assert ("微笑问好", SkipReason.HURRIED, 1) in hall.skipped
    theirs = history.figures_by_receiver(cards)
    assert {staff: f.received for staff, f in theirs.items()} == {
        CLERK.staff_id: 1,
        GREETER.staff_id: 1,
    }
    assert history.summaries(desk, day - timedelta(days=9), day - timedelta(days=1)) == []


# other checklists


def test_checklists_are_offered_where_they_belong(desk: Desk, clock: ManualClock) -> None:
    def ids(actor: object = CLERK, ticket_id: str | None = None) -> list[str]:
        assert isinstance(actor, type(CLERK))
        return [template.id for template in checklists.offered(desk, actor, ticket_id)]

    assert ids() == ["emergency", "equipment_fault", "hall_opening"]
    assert ids(KIOSK) == ["emergency", "equipment_fault"]
    assert ids(CLERK, take(desk, Tier.GOTONE)) == ["gotone_counter"]
    assert ids(CLERK, take(desk)) == []
    clock.advance(9 * 3600)
    assert ids() == ["emergency", "equipment_fault", "hall_closing"]


def test_a_fault_s_time_limit_runs_over_the_night(desk: Desk, clock: ManualClock) -> None:
    run = checklists.start(desk, CLERK, "equipment_fault")
    assert isinstance(run, str)
    done(checklists.tick_now(desk, CLERK, run, "reported", ["one_day"]))
    due = clock.now() + timedelta(days=1)
    done(close_day(desk, DUTY_MANAGER))
    clock.advance(20 * 3600)
    take(desk)
    (view,) = checklists.Checklists(desk).going_on(COLLEAGUE)
    assert (view.run_id, view.due) == (run, due.timestamp())
    assert refused(checklists.end(desk, COLLEAGUE, run)) == "steps_open"
    done(checklists.end(desk, COLLEAGUE, run, withdraw=True))
    assert checklists.Checklists(desk).going_on(COLLEAGUE) == ()
    assert_true_to_log(desk.connection)


@pytest.mark.parametrize(
    ("digits", "minutes_ago"), [("0", 0), ("7", 7), ("99", 99), ("0852", 8), ("０８５２", 8)]
)
def test_when_it_happened_is_read_from_the_keypad(
    desk: Desk, digits: str, minutes_ago: int
) -> None:
    moment = checklists.happened(desk, digits)
    assert moment == MORNING - timedelta(minutes=minutes_ago)


@pytest.mark.parametrize(
    ("digits", "code"),
    [
        ("", "moment_form"),
        ("123", "moment_form"),
        ("2561", "moment_form"),
        ("x", "moment_form"),
        ("0901", "time_in_future"),
    ],
)
def test_a_moment_that_is_none(desk: Desk, digits: str, code: str) -> None:
    assert refused(checklists.happened(desk, digits)) == code


def test_after_midnight_the_evening_was_yesterday(desk: Desk, clock: ManualClock) -> None:
    clock.advance(15.5 * 3600)
    moment = checklists.happened(desk, "2350")
    assert moment == clock.now() - timedelta(minutes=40)


def test_nothing_ticked_is_nothing(desk: Desk) -> None:
    guest = take(desk, Tier.VIP, Grade.GOLD)
    assert refused(checklists.tick(desk, GREETER, guest, [])) == "step_missing"
