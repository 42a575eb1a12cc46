"""A card shown late, and a wrong tier put right."""

from datetime import timedelta

import pytest

from hallterm.domain.ticket import commands as cmd
from hallterm.domain.ticket.state import BusinessLine
from hallterm.domain.ticket.words import LeaveReason, UndoReason
from hallterm.domain.tiers import Grade, Tier
from tests.support.rulebook import CLERK, GREETER
from tests.support.scene import Scene


def change(
    scene: Scene,
    ticket: str,
    tier: Tier,
    grade: Grade | None = None,
    person: str | None = None,
    ago: float = 0,
) -> cmd.ChangeTier:
    """Return the command for a card shown some minutes ago."""
    shown = scene.now - timedelta(minutes=ago)
    return cmd.ChangeTier(
        ticket_id=ticket, tier=tier, grade=grade, person_id=person, shown_at=shown
    )


def test_upward_the_clock_runs_from_the_showing_and_the_arrival_stays(scene: Scene) -> None:
    ticket = scene.take()
    before = scene[ticket]
    shown = scene.wait(minutes=12)
    scene.wait(minutes=1)
    scene.do(GREETER, change(scene, ticket, Tier.VIP, Grade.GOLD, ago=1))
    after = scene[ticket]
    assert (after.tier, after.grade) == (Tier.VIP, Grade.GOLD)
    assert after.leg.clock_from == after.shown_at == shown
    assert after.leg.budget_s == 600
    assert (after.arrived_at, after.first_shown_at) == (before.arrived_at, before.shown_at)
    assert after.number == before.number


def test_downward_the_clock_runs_from_the_first_showing(scene: Scene) -> None:
    ticket = scene.take()
    first = scene[ticket].shown_at
    scene.wait(minutes=5)
    scene.do(GREETER, change(scene, ticket, Tier.VIP, Grade.SILVER))
    scene.wait(minutes=5)
    scene.do(GREETER, change(scene, ticket, Tier.GOTONE))
    assert scene[ticket].leg.clock_from == first
    assert scene[ticket].leg.budget_s == 900


def test_another_grade_of_the_same_tier_keeps_the_clock(scene: Scene) -> None:
    ticket = scene.take(Tier.VIP, Grade.SILVER)
    leg = scene[ticket].leg
    scene.wait(minutes=5)
    scene.do(GREETER, change(scene, ticket, Tier.VIP, Grade.DIAMOND))
    assert scene[ticket].leg == leg
    assert scene[ticket].grade is Grade.DIAMOND


def test_a_customer_who_came_back_may_still_show_a_card(scene: Scene) -> None:
    scene.sit()
    ticket = scene.take()
    scene.call(ticket)
    scene.do(CLERK, cmd.PassOver(ticket_id=ticket))
    back = scene.wait(minutes=2)
    scene.do(GREETER, cmd.ReportBack(ticket_id=ticket))
    shown = scene.wait(minutes=1)
    scene.do(GREETER, change(scene, ticket, Tier.VIP, Grade.GOLD))
    assert scene[ticket].leg.clock_from == shown
    scene.wait(minutes=1)
    scene.do(GREETER, change(scene, ticket, Tier.GOTONE))
    assert scene[ticket].leg.clock_from in (shown, back)
    assert scene[ticket].first_leg.absent


def test_not_once_service_has_begun_even_after_a_transfer(scene: Scene) -> None:
    scene.sit()
    ticket = scene.take()
    scene.serve(ticket)
    assert scene.refused(GREETER, change(scene, ticket, Tier.GOTONE)) == "wrong_state"
    line = BusinessLine(business_id="replace_sim")
    scene.do(CLERK, cmd.TransferTicket(ticket_id=ticket, business=line))
    assert scene.refused(GREETER, change(scene, ticket, Tier.GOTONE)) == "service_begun"


@pytest.mark.parametrize(
    ("tier", "grade", "ago", "code"),
    [
        (Tier.VIP, None, 0, "grade_missing"),
        (Tier.GOTONE, Grade.GOLD, 0, "grade_without_vip"),
        (Tier.STANDARD, None, 0, "same_tier"),
        (Tier.GOTONE, None, -1, "time_in_future"),
        (Tier.GOTONE, None, 31, "time_too_old"),
    ],
)
def test_refused(scene: Scene, tier: Tier, grade: Grade | None, ago: float, code: str) -> None:
    ticket = scene.take()
    assert scene.refused(GREETER, change(scene, ticket, tier, grade, ago=ago)) == code


def test_undone_it_is_as_before(scene: Scene) -> None:
    ticket = scene.take()
    before = scene[ticket]
    scene.wait(minutes=5)
    scene.do(GREETER, change(scene, ticket, Tier.VIP, Grade.GOLD, "p1"))
    scene.do(GREETER, cmd.UndoAction(ticket_id=ticket, reason=UndoReason.WRONG_CUSTOMER))
    assert scene[ticket] == before


def test_one_person_holds_one_open_ticket(scene: Scene) -> None:
    mine, other = scene.take(person_id="p1"), scene.take()
    assert scene.refused(GREETER, scene.taking("again", person_id="p1")) == "already_waiting"
    shown_late = change(scene, other, Tier.GOTONE, person="p1")
    assert scene.refused(GREETER, shown_late) == "already_waiting"
    scene.do(GREETER, change(scene, mine, Tier.GOTONE, person="p1"))
    scene.do(GREETER, cmd.CustomerLeft(ticket_id=mine, reason=LeaveReason.OWN_REASONS))
    scene.do(GREETER, shown_late)
    undo = cmd.UndoAction(ticket_id=mine, reason=UndoReason.CUSTOMER_CAME_BACK)
    assert scene.refused(GREETER, undo) == "already_waiting"


def test_a_customer_of_the_same_tier_can_be_named_later_and_the_clock_stays(scene: Scene) -> None:
    ticket = scene.take()
    leg = scene[ticket].leg
    scene.wait(minutes=5)
    scene.do(GREETER, change(scene, ticket, Tier.STANDARD, person="p1"))
    assert scene[ticket].person_id == "p1"
    assert scene[ticket].leg == leg
