"""What stays of a reception: the card, what was told, the figures."""

from datetime import timedelta

from hallterm.clock import ManualClock
from hallterm.desk import appointments, checklists, errands, receptions
from hallterm.desk import reception_history as history
from hallterm.desk.desk import Desk
from hallterm.desk.reception_board import ReceptionBoard
from hallterm.domain.appointment.words import CancelReason
from hallterm.domain.checklist.words import SkipReason
from hallterm.domain.errand.words import ErrandKind
from hallterm.domain.reception.words import CloseReason
from hallterm.domain.ticket import commands as ticket
from hallterm.domain.ticket.words import LeaveReason
from hallterm.domain.tiers import Grade, Tier
from tests.desk.reception_scene import PERSON, member_comes, whole_visit
from tests.support.appointments import TEN, agreed, appointed, member
from tests.support.hall import done, sit, take
from tests.support.rulebook import (
    CLERK,
    GREETER,
)


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


def test_the_card_tells_what_was_agreed_on_at_the_visit(desk: Desk, clock: ManualClock) -> None:
    sit(desk)
    guest = whole_visit(desk, clock, "easy_boarding")
    person = member(desk, "李娜", "13800130002")
    later = TEN + timedelta(days=1)
    mine = appointed(desk, person, later, origin=guest)
    appointed(desk, person, later + timedelta(hours=1))
    done(errands.plan(desk, CLERK, agreed(person, origin=guest)))
    card = history.summary(desk, guest)
    assert card is not None
    told = [(one.kind, one.business) for one in card.arranged]
    assert told == [(ErrandKind.ON_SITE, "开户新装"), (None, "补卡换卡")]
    assert card.arranged[1].begins == later
    done(appointments.cancel(desk, CLERK, mine, CancelReason.CUSTOMER))
    after = history.summary(desk, guest)
    assert after is not None
    assert len(after.arranged) == 1, "what was called off is not to come any more"


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
    assert (hall.seen_off, hall.late, hall.steps_done) == (1, 1, 4)
    assert ("微笑问好", SkipReason.HURRIED, 1) in hall.skipped
    theirs = history.figures_by_receiver(cards)
    assert {staff: f.received for staff, f in theirs.items()} == {
        CLERK.staff_id: 1,
        GREETER.staff_id: 1,
    }
    assert history.summaries(desk, day - timedelta(days=9), day - timedelta(days=1)) == []
