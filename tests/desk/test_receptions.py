"""Receptions at the desk: what is shown, places, undo."""

from hallterm.clock import ManualClock
from hallterm.desk import checklists, receptions
from hallterm.desk.desk import Desk
from hallterm.desk.reception_board import ReceptionBoard
from hallterm.desk.reception_views import PlaceState
from hallterm.domain.company.commands import RetireCounter
from hallterm.domain.reception.words import ReceptionState, ReleaseReason
from hallterm.domain.ticket.commands import TakeTicket
from hallterm.domain.ticket.state import BusinessLine
from hallterm.domain.ticket.words import UndoReason
from hallterm.domain.tiers import Grade, Tier
from tests.desk.reception_scene import on_duty, whole_visit
from tests.support.hall import done, refused, sit, take
from tests.support.rulebook import (
    ADMINISTRATOR,
    CLERK,
    COLLEAGUE,
    DUTY_MANAGER,
    FIRST,
    GREETER,
    VIP_ROOM,
)


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
