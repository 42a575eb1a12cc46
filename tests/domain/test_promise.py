"""The promise: identity shown → first start; what the hall does never stops its clock."""

from datetime import timedelta

import pytest

from hallterm.domain.ticket import commands as cmd
from hallterm.domain.ticket.promise import PromiseWord, Verdict, promise_word
from hallterm.domain.ticket.state import BusinessLine, LegKind
from hallterm.domain.ticket.words import LeaveReason, ParkReason, TicketState, UndoReason
from hallterm.domain.tiers import Grade, Tier
from tests.support.rulebook import CLERK, COLLEAGUE, GREETER, SECOND
from tests.support.scene import Scene


@pytest.mark.parametrize(
    ("tier", "grade", "minutes"),
    [(Tier.VIP, Grade.GOLD, 10), (Tier.GOTONE, None, 15), (Tier.STANDARD, None, 30)],
)
def test_a_wait_of_exactly_the_budget_keeps_the_promise(
    scene: Scene, tier: Tier, grade: Grade | None, minutes: int
) -> None:
    scene.sit(counter="c1" if tier is Tier.VIP else "c3")
    kept, broken = scene.take(tier, grade), scene.take(tier, grade)
    scene.wait(minutes=minutes)
    scene.serve(kept)
    scene.do(CLERK, cmd.FinishService(ticket_id=kept))
    scene.now += timedelta(milliseconds=1)
    scene.serve(broken)
    assert scene[kept].first_leg.verdict() is Verdict.KEPT
    assert scene[kept].first_leg.wait_s == minutes * 60
    assert scene[broken].first_leg.verdict() is Verdict.BROKEN


def test_the_clock_runs_from_identity_shown_not_from_arrival_or_issue(scene: Scene) -> None:
    arrived = scene.now
    shown = scene.wait(minutes=4)
    scene.wait(minutes=2)
    ticket = scene.take(arrived_at=arrived, shown_at=shown)
    assert scene[ticket].leg.clock_from == shown
    assert scene[ticket].arrived_at == arrived


def test_recall_park_and_undo_leave_the_clock_alone(scene: Scene) -> None:
    scene.sit()
    ticket = scene.take()
    began = scene[ticket].leg
    scene.wait(minutes=3)
    scene.call(ticket)
    scene.do(CLERK, cmd.RecallTicket(ticket_id=ticket))
    scene.do(CLERK, cmd.UndoAction(ticket_id=ticket, reason=UndoReason.WRONG_KEY))
    assert scene[ticket].leg.clock_from == began.clock_from
    scene.wait(minutes=2)
    scene.do(CLERK, cmd.StartService(ticket_id=ticket))
    scene.do(CLERK, cmd.ParkService(ticket_id=ticket, reason=ParkReason.FORM))
    scene.wait(minutes=40)
    scene.do(CLERK, cmd.ResumeService(ticket_id=ticket))
    assert scene[ticket].legs == (scene[ticket].first_leg,)
    assert scene[ticket].first_leg.wait_s == 300


def test_a_start_taken_back_never_stopped_the_clock(scene: Scene) -> None:
    scene.sit()
    ticket = scene.take()
    scene.serve(ticket)
    scene.do(CLERK, cmd.UndoAction(ticket_id=ticket, reason=UndoReason.WRONG_KEY))
    assert scene[ticket].state is TicketState.CALLED
    scene.wait(minutes=31)
    scene.do(CLERK, cmd.StartService(ticket_id=ticket))
    assert scene[ticket].first_leg.verdict() is Verdict.BROKEN


def test_transfer_before_service_keeps_the_clock(scene: Scene) -> None:
    scene.sit()
    scene.sit(COLLEAGUE, SECOND)
    ticket = scene.take()
    first = scene[ticket].leg.clock_from
    scene.wait(minutes=10)
    scene.call(ticket)
    scene.do(CLERK, cmd.TransferTicket(ticket_id=ticket, counter_id=SECOND))
    scene.wait(minutes=21)
    scene.serve(ticket, COLLEAGUE)
    assert [leg.kind for leg in scene[ticket].legs] == [LegKind.FIRST]
    assert scene[ticket].leg.clock_from == first
    assert scene[ticket].first_leg.verdict() is Verdict.BROKEN


def test_a_second_business_after_service_has_a_clock_of_its_own(scene: Scene) -> None:
    scene.sit()
    ticket = scene.take()
    scene.wait(minutes=5)
    scene.serve(ticket)
    sent = scene.wait(minutes=60)
    line = BusinessLine(business_id="replace_sim")
    scene.do(CLERK, cmd.TransferTicket(ticket_id=ticket, business=line))
    scene.wait(minutes=31)
    scene.serve(ticket)
    first, second = scene[ticket].legs
    assert first.verdict() is Verdict.KEPT
    assert (second.kind, second.clock_from) == (LegKind.TRANSFER, sent)
    assert second.verdict() is Verdict.BROKEN
    assert [b.business_id for b in scene[ticket].businesses] == ["replace_sim", "payment"]


def test_called_in_time_and_not_there_is_absent_with_a_second_clock(scene: Scene) -> None:
    scene.sit()
    ticket = scene.take()
    scene.wait(minutes=30)
    scene.call(ticket)
    scene.wait(minutes=5)
    scene.do(CLERK, cmd.PassOver(ticket_id=ticket))
    assert scene[ticket].first_leg.verdict() is Verdict.ABSENT
    back = scene.wait(minutes=20)
    scene.do(GREETER, cmd.ReportBack(ticket_id=ticket))
    assert (scene[ticket].leg.kind, scene[ticket].leg.clock_from) == (LegKind.RETURN, back)
    scene.wait(minutes=29)
    scene.serve(ticket)
    assert [leg.verdict() for leg in scene[ticket].legs] == [Verdict.ABSENT, Verdict.KEPT]


def test_called_too_late_and_not_there_is_not_the_customers_absence(scene: Scene) -> None:
    scene.sit()
    ticket = scene.take()
    scene.wait(minutes=30.1)
    scene.call(ticket)
    scene.do(CLERK, cmd.PassOver(ticket_id=ticket))
    scene.do(GREETER, cmd.ReportBack(ticket_id=ticket))
    assert len(scene[ticket].legs) == 1
    scene.serve(ticket)
    assert scene[ticket].first_leg.verdict() is Verdict.BROKEN


def test_an_early_call_before_a_transfer_does_not_excuse_a_late_one(scene: Scene) -> None:
    scene.sit()
    scene.sit(COLLEAGUE, SECOND)
    ticket = scene.take()
    scene.wait(minutes=5)
    scene.call(ticket)
    scene.do(CLERK, cmd.TransferTicket(ticket_id=ticket, counter_id=SECOND))
    scene.wait(minutes=40)
    scene.call(ticket, COLLEAGUE)
    scene.do(COLLEAGUE, cmd.PassOver(ticket_id=ticket))
    assert scene[ticket].first_leg.verdict() is not Verdict.ABSENT


def test_leaving_in_time_is_abandoned_and_leaving_late_is_broken(scene: Scene) -> None:
    early, late = scene.take(), scene.take()
    scene.wait(minutes=20)
    own = LeaveReason.OWN_REASONS
    scene.do(GREETER, cmd.CustomerLeft(ticket_id=early, reason=own))
    scene.wait(minutes=11)
    scene.do(GREETER, cmd.CustomerLeft(ticket_id=late, reason=LeaveReason.WAITED_TOO_LONG))
    assert scene[early].first_leg.verdict() is Verdict.ABANDONED
    assert scene[late].first_leg.verdict() is Verdict.BROKEN


@pytest.mark.parametrize("state", ["waiting", "transferred"])
def test_no_show_noted_without_a_call_standing_is_not_absence(scene: Scene, state: str) -> None:
    scene.sit()
    ticket = scene.take()
    if state == "transferred":
        scene.call(ticket)
        line = BusinessLine(business_id="replace_sim")
        scene.do(CLERK, cmd.TransferTicket(ticket_id=ticket, business=line))
    scene.wait(minutes=31)
    scene.do(GREETER, cmd.CustomerLeft(ticket_id=ticket, reason=LeaveReason.NO_SHOW))
    assert scene[ticket].first_leg.verdict() is Verdict.BROKEN


@pytest.mark.parametrize(
    ("age", "word"),
    [
        (0, PromiseWord.IN_TIME),
        (-60, PromiseWord.IN_TIME),
        (419.9, PromiseWord.IN_TIME),
        (420, PromiseWord.SHORT),
        (600, PromiseWord.SHORT),
        (600.001, PromiseWord.OVERDUE),
    ],
)
def test_promise_word(age: float, word: PromiseWord) -> None:
    assert promise_word(age, 600, 0.7) is word


def test_the_reception_clock_is_met_by_reception_or_by_service(scene: Scene) -> None:
    scene.sit(counter="c1")
    received, served = (scene.take(Tier.VIP, Grade.SILVER) for _ in range(2))
    plain = scene.take()
    moment = scene.wait(minutes=2)
    scene.do(GREETER, cmd.ReceiveCustomer(ticket_id=received))
    assert scene.refused(GREETER, cmd.ReceiveCustomer(ticket_id=received)) == "already_received"
    assert scene.refused(GREETER, cmd.ReceiveCustomer(ticket_id=plain)) == "not_vip"
    started = scene.wait(minutes=1)
    scene.serve(served)
    assert scene[received].received_at == moment
    assert scene[served].received_at == started
