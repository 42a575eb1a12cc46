"""How a reception ends, and that it follows its ticket."""

import pytest

from hallterm.domain.actor import Actor
from hallterm.domain.checklist.words import RunEnd
from hallterm.domain.day import CloseDay, OpenDay
from hallterm.domain.reception import commands as cmd
from hallterm.domain.reception.words import CloseReason, ReceptionState
from hallterm.domain.ticket import commands as ticket
from hallterm.domain.ticket.words import LeaveReason, SettleReason, UndoReason
from hallterm.domain.tiers import Grade, Tier
from tests.support.receptions import (
    accept,
    do_every_step,
    offered_scene,
    reception_of,
    serve,
    skip,
    vip,
)
from tests.support.rulebook import CLERK, COLLEAGUE, DUTY_MANAGER, GREETER, VIP_ROOM
from tests.support.scene import Scene


def test_a_whole_reception() -> None:
    scene, guest = offered_scene()
    scene.sit()
    accept(scene, guest)
    scene.do(GREETER, cmd.GuideTo(ticket_id=guest, counter_id=VIP_ROOM))
    assert scene.refused(GREETER, cmd.CloseReception(ticket_id=guest)) == "matter_open"
    serve(scene, guest)
    assert scene.refused(GREETER, cmd.CloseReception(ticket_id=guest)) == "steps_open"
    do_every_step(scene, guest)
    scene.do(GREETER, cmd.CloseReception(ticket_id=guest))
    reception = reception_of(scene, guest)
    assert (reception.state, reception.close_reason) == (
        ReceptionState.CLOSED,
        CloseReason.SEEN_OFF,
    )
    assert reception.counter_id == VIP_ROOM
    assert scene.hall.runs[guest].end is RunEnd.FINISHED


def test_seeing_off_by_mistake_is_taken_back() -> None:
    scene, guest = offered_scene()
    scene.sit()
    accept(scene, guest)
    serve(scene, guest)
    do_every_step(scene, guest)
    scene.do(GREETER, cmd.CloseReception(ticket_id=guest))
    again = cmd.ReopenReception(ticket_id=guest, reason=UndoReason.WRONG_KEY)
    assert scene.refused(CLERK, again) == "not_your_action"
    scene.do(GREETER, again)
    assert reception_of(scene, guest).state is ReceptionState.ACCEPTED
    assert reception_of(scene, guest).receiver == GREETER.staff_id
    assert scene.hall.runs[guest].end is None
    assert scene.refused(GREETER, again) == "nothing_to_undo"


def test_a_step_may_be_skipped_with_a_reason_before_seeing_off() -> None:
    scene, guest = offered_scene()
    scene.sit()
    accept(scene, guest)
    skip(scene, guest, "tea")
    serve(scene, guest)
    for step in scene.hall.versions[scene.hall.runs[guest].digest].steps:
        if scene.hall.runs[guest].entry(step.id) is None:
            skip(scene, guest, step.id)
    scene.do(GREETER, cmd.CloseReception(ticket_id=guest))


def leaving(scene: Scene, guest: str) -> None:
    scene.do(GREETER, ticket.CustomerLeft(ticket_id=guest, reason=LeaveReason.OWN_REASONS))


def no_vip_after_all(scene: Scene, guest: str) -> None:
    command = ticket.ChangeTier(ticket_id=guest, tier=Tier.GOTONE, shown_at=scene.now)
    scene.do(GREETER, command)


def settling(scene: Scene, guest: str) -> None:
    command = ticket.SettleTicket(ticket_id=guest, reason=SettleReason.CUSTOMER_GONE)
    scene.do(DUTY_MANAGER, command)


ENDINGS = [
    (leaving, GREETER, CloseReason.LEFT),
    (no_vip_after_all, GREETER, CloseReason.NOT_VIP),
    (settling, DUTY_MANAGER, CloseReason.SETTLED),
]


@pytest.mark.parametrize(("end", "who", "reason"), ENDINGS)
@pytest.mark.parametrize("accepted", [True, False])
def test_it_ends_with_its_ticket_and_goes_on_with_it(
    end: object, who: Actor, reason: CloseReason, *, accepted: bool
) -> None:
    scene, guest = offered_scene()
    if accepted:
        accept(scene, guest)
    before = reception_of(scene, guest)
    assert callable(end)
    end(scene, guest)
    closed = reception_of(scene, guest)
    assert (closed.state, closed.close_reason) == (ReceptionState.CLOSED, reason)
    assert scene.hall.runs[guest].end is RunEnd.WITHDRAWN
    assert scene.refused(GREETER, cmd.AcceptReception(ticket_id=guest)) == "reception_closed"
    scene.do(who, ticket.UndoAction(ticket_id=guest, reason=UndoReason.CUSTOMER_CAME_BACK))
    again = reception_of(scene, guest)
    assert (again.state, again.receiver) == (before.state, before.receiver)
    assert (again.close_reason, scene.hall.runs[guest].end) == (None, None)


def test_who_is_asked_again_has_the_whole_minute_again() -> None:
    scene, guest = offered_scene()
    leaving(scene, guest)
    scene.wait(minutes=10)
    back = ticket.UndoAction(ticket_id=guest, reason=UndoReason.CUSTOMER_CAME_BACK)
    scene.do(GREETER, back)
    escalate = cmd.EscalateReception(ticket_id=guest)
    assert scene.refused(GREETER, escalate) == "reception_not_due"


def test_a_ticket_issued_by_mistake_voids_it() -> None:
    scene, guest = offered_scene()
    scene.do(GREETER, ticket.UndoAction(ticket_id=guest, reason=UndoReason.WRONG_KEY))
    assert reception_of(scene, guest).close_reason is CloseReason.VOID


def test_a_customer_who_never_comes_when_called_ends_it(scene: Scene) -> None:
    guest = vip(scene)
    scene.sit()
    for _ in range(scene.rules.standards.pass_over.most + 1):
        scene.call(guest)
        scene.do(CLERK, ticket.PassOver(ticket_id=guest))
    assert reception_of(scene, guest).close_reason is CloseReason.LEFT


def test_another_grade_changes_nothing() -> None:
    scene, guest = offered_scene()
    accept(scene, guest)
    change = ticket.ChangeTier(
        ticket_id=guest, tier=Tier.VIP, grade=Grade.DIAMOND, shown_at=scene.now
    )
    before = reception_of(scene, guest)
    scene.do(GREETER, change)
    assert reception_of(scene, guest) == before


def test_the_day_closes_what_was_not_seen_off() -> None:
    scene, guest = offered_scene()
    scene.sit()
    accept(scene, guest)
    serve(scene, guest)
    scene.do(DUTY_MANAGER, CloseDay())
    assert reception_of(scene, guest).close_reason is CloseReason.SETTLED
    assert scene.hall.runs[guest].end is RunEnd.WITHDRAWN
    day = scene.hall.last_day
    assert day is not None
    again = cmd.ReopenReception(ticket_id=guest, reason=UndoReason.OTHER)
    assert scene.refused(DUTY_MANAGER, again) == "day_closed"
    scene.do(DUTY_MANAGER, OpenDay(day=day))
    assert reception_of(scene, guest).state is ReceptionState.CLOSED


def test_a_day_left_open_is_settled_with_its_receptions() -> None:
    scene, waiting = offered_scene()
    served = vip(scene)
    scene.sit()
    serve(scene, served)
    day = scene.hall.last_day
    assert day is not None
    events = scene.do(COLLEAGUE, OpenDay(day=day.replace(day=day.day + 1)))
    assert [e.type for e in events][-1] == "day_opened"
    closed = [e.aggregate_id for e in events if e.type == "reception_closed"]
    ended = [e.aggregate_id for e in events if e.type == "checklist_ended"]
    assert sorted(closed) == sorted(ended) == sorted([waiting, served])
    assert (scene.hall.receptions, scene.hall.runs) == ({}, {})


def test_the_guest_is_led_to_a_seat_when_nothing_is_free() -> None:
    scene, guest = offered_scene()
    scene.do(COLLEAGUE, cmd.GuideTo(ticket_id=guest, counter_id=None))
    reception = reception_of(scene, guest)
    assert (reception.guided, reception.counter_id) == (True, None)
    assert scene.do(COLLEAGUE, cmd.GuideTo(ticket_id=guest, counter_id=None)) == ()
    nowhere = cmd.GuideTo(ticket_id=guest, counter_id="c99")
    assert scene.refused(COLLEAGUE, nowhere) == "unknown_counter"


def test_the_counter_s_finish_ticks_the_reception_and_its_undo_takes_that_back() -> None:
    scene, guest = offered_scene()
    scene.sit()
    accept(scene, guest)
    serve(scene, guest)
    do_every_step(scene, guest)
    scene.do(GREETER, cmd.CloseReception(ticket_id=guest))
    entry = scene.hall.runs[guest].entry("solve")
    assert entry is not None
    assert (entry.staff_id, entry.choices) == (CLERK.staff_id, ("solved",))
    scene.do(CLERK, ticket.UndoAction(ticket_id=guest, reason=UndoReason.CUSTOMER_CAME_BACK))
    run = scene.hall.runs[guest]
    assert (reception_of(scene, guest).is_open, run.end) == (True, None)
    assert run.entry("solve") is None
    assert run.entry("tea") is not None
