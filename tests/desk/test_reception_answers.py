"""Who answers an offered VIP: any terminal, two at once, killed in the middle, nobody."""

import subprocess
import sys
from datetime import timedelta
from pathlib import Path

from hallterm.clock import ManualClock
from hallterm.desk import receptions
from hallterm.desk.desk import Desk
from hallterm.desk.reception_board import ReceptionBoard
from hallterm.domain.reception.words import ReceptionState
from hallterm.domain.refusal import Refusal
from hallterm.domain.tiers import Grade, Tier
from tests.desk.reception_scene import (
    on_duty,
)
from tests.support.crowd import ROOT
from tests.support.hall import done, enter, refused, take
from tests.support.rulebook import (
    CLERK,
    COLLEAGUE,
    DUTY_MANAGER,
    GREETER,
    MORNING,
    PIN,
)
from tests.support.truth import assert_true_to_log


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
