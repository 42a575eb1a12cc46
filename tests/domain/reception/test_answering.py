"""Who is asked, who has the customer, and what happens when nobody answers."""

import pytest

from hallterm.domain.actor import Actor
from hallterm.domain.company.commands import RetireStaff
from hallterm.domain.reception import commands as cmd
from hallterm.domain.reception.words import ReceptionState, ReleaseReason
from hallterm.domain.refusal import Refusal
from hallterm.domain.ticket import commands as ticket
from hallterm.domain.ticket.words import UndoReason
from hallterm.domain.tiers import Grade, Tier
from tests.support.receptions import accept, offered_scene, reception_of, roster, vip
from tests.support.rulebook import (
    ADMINISTRATOR,
    CLERK,
    COLLEAGUE,
    DUTY_MANAGER,
    GREETER,
    KIOSK,
    STORE_MANAGER,
)
from tests.support.scene import Scene

FIRST, SECOND, MANAGER = GREETER.staff_id, COLLEAGUE.staff_id, DUTY_MANAGER.staff_id


def escalating(ticket_id: str) -> cmd.EscalateReception:
    return cmd.EscalateReception(ticket_id=ticket_id)


@pytest.mark.parametrize("grade", Grade)
def test_a_vip_ticket_opens_a_reception_for_the_first_on_the_roster(grade: Grade) -> None:
    scene = Scene()
    roster(scene, GREETER, COLLEAGUE)
    reception = reception_of(scene, vip(scene, grade))
    assert (reception.state, reception.asked) == (ReceptionState.OFFERED, (FIRST,))
    assert reception.budget_s == 300


@pytest.mark.parametrize("tier", [Tier.GOTONE, Tier.STANDARD])
def test_other_tickets_have_none_until_a_card_is_shown(scene: Scene, tier: Tier) -> None:
    roster(scene, GREETER)
    other = scene.take(tier)
    assert scene.hall.receptions == {}
    shown = ticket.ChangeTier(
        ticket_id=other, tier=Tier.VIP, grade=Grade.SILVER, shown_at=scene.wait(minutes=3)
    )
    scene.do(GREETER, shown)
    assert reception_of(scene, other).offered_at == scene.now


def test_no_receiver_on_duty_asks_the_duty_manager_at_once(scene: Scene) -> None:
    assert reception_of(scene, vip(scene)).asked == (MANAGER,)


def test_without_a_duty_manager_the_store_manager_is_asked(scene: Scene) -> None:
    scene.do(ADMINISTRATOR, RetireStaff(staff_id=MANAGER))
    assert reception_of(scene, vip(scene)).asked == (STORE_MANAGER.staff_id,)


def test_with_nobody_at_all_it_stands_open(scene: Scene) -> None:
    for gone in (DUTY_MANAGER, STORE_MANAGER):
        scene.do(ADMINISTRATOR, RetireStaff(staff_id=gone.staff_id))
    only = vip(scene)
    assert reception_of(scene, only).asked == ()
    scene.wait(minutes=5)
    assert scene.do(KIOSK, escalating(only)) == ()
    accept(scene, only, CLERK)


def test_somebody_who_left_the_company_is_not_asked(scene: Scene) -> None:
    roster(scene, COLLEAGUE, CLERK)
    scene.do(ADMINISTRATOR, RetireStaff(staff_id=SECOND))
    assert reception_of(scene, vip(scene)).asked == (CLERK.staff_id,)


def test_a_free_receiver_is_asked_before_a_busy_one(scene: Scene) -> None:
    roster(scene, GREETER, COLLEAGUE)
    accept(scene, vip(scene))
    assert reception_of(scene, vip(scene)).asked == (SECOND,)


@pytest.mark.parametrize("nobody", ["9999", ADMINISTRATOR.staff_id])
def test_only_staff_of_the_floor_stand_on_the_roster(scene: Scene, nobody: str) -> None:
    assert scene.refused(DUTY_MANAGER, cmd.SetRoster(receivers=(nobody,))) == "not_for_roster"
    wrong = cmd.SetRoster(receivers=(), managers=(CLERK.staff_id,))
    assert scene.refused(DUTY_MANAGER, wrong) == "not_for_roster"


def test_nobody_answers_and_the_next_one_and_the_manager_are_asked() -> None:
    scene, guest = offered_scene()
    scene.wait(minutes=59 / 60)
    assert scene.refused(KIOSK, escalating(guest)) == "reception_not_due"
    scene.wait(minutes=1 / 60)
    scene.do(KIOSK, escalating(guest))
    reception = reception_of(scene, guest)
    assert reception.state is ReceptionState.ESCALATED
    assert reception.asked == (FIRST, SECOND, MANAGER)


def test_asking_again_at_once_is_refused_and_everybody_is_asked_once() -> None:
    scene, guest = offered_scene()
    scene.wait(minutes=1)
    scene.do(KIOSK, escalating(guest))
    assert scene.refused(CLERK, escalating(guest)) == "reception_not_due"
    scene.wait(minutes=2)
    assert scene.do(CLERK, escalating(guest)) == ()


def test_a_clock_that_went_back_asks_others_at_once() -> None:
    scene, guest = offered_scene()
    scene.wait(minutes=-60)
    scene.do(KIOSK, escalating(guest))
    assert SECOND in reception_of(scene, guest).asked
    accept(scene, guest)
    assert reception_of(scene, guest).receiver == FIRST


def test_after_an_answer_nobody_is_asked() -> None:
    scene, guest = offered_scene()
    accept(scene, guest)
    scene.wait(minutes=10)
    assert scene.do(KIOSK, escalating(guest)) == ()


def test_accepting_stops_the_five_minutes() -> None:
    scene, guest = offered_scene()
    moment = scene.wait(minutes=2)
    accept(scene, guest)
    assert scene[guest].received_at == moment
    reception = reception_of(scene, guest)
    assert (reception.state, reception.receiver) == (ReceptionState.ACCEPTED, FIRST)
    move = reception.moves[-1]
    assert (move.staff_id, move.at, move.device) == (FIRST, moment, "test")


def test_the_second_is_told_who_has_the_customer() -> None:
    scene, guest = offered_scene()
    accept(scene, guest)
    answer = scene.answer(COLLEAGUE, cmd.AcceptReception(ticket_id=guest))
    assert isinstance(answer, Refusal)
    assert answer.code == "reception_taken"
    assert answer.args["staff"] == FIRST
    assert scene.do(GREETER, cmd.AcceptReception(ticket_id=guest)) == ()


@pytest.mark.parametrize("who", [CLERK, DUTY_MANAGER])
def test_the_old_command_to_receive_is_an_acceptance(who: Actor) -> None:
    scene, guest = offered_scene()
    scene.do(who, ticket.ReceiveCustomer(ticket_id=guest))
    assert reception_of(scene, guest).receiver == who.staff_id


def test_whoever_begins_the_service_has_received() -> None:
    scene, guest = offered_scene()
    scene.sit()
    scene.serve(guest)
    assert reception_of(scene, guest).receiver == CLERK.staff_id
    scene.do(CLERK, ticket.UndoAction(ticket_id=guest, reason=UndoReason.WRONG_KEY))
    assert scene[guest].received_at is None
    again = reception_of(scene, guest)
    assert (again.state, again.receiver, again.asked) == (ReceptionState.OFFERED, None, (FIRST,))


def test_an_acceptance_by_mistake_is_taken_back_with_its_clock() -> None:
    scene, guest = offered_scene()
    accept(scene, guest)
    scene.do(GREETER, ticket.UndoAction(ticket_id=guest, reason=UndoReason.WRONG_CUSTOMER))
    assert scene[guest].received_at is None
    reception = reception_of(scene, guest)
    assert (reception.receiver, reception.first_receiver) == (None, None)
    accept(scene, guest, COLLEAGUE)
    assert reception_of(scene, guest).first_receiver == SECOND


def test_handing_over_asks_the_colleague_and_keeps_the_first_clock() -> None:
    scene, guest = offered_scene()
    received = scene.wait(minutes=1)
    accept(scene, guest)
    scene.wait(minutes=9)
    hand_over = cmd.ReleaseReception(
        ticket_id=guest, reason=ReleaseReason.HAND_OVER, to=CLERK.staff_id
    )
    scene.do(GREETER, hand_over)
    assert reception_of(scene, guest).asked == (CLERK.staff_id,)
    accept(scene, guest, CLERK)
    assert scene[guest].received_at == received
    reception = reception_of(scene, guest)
    assert (reception.receiver, reception.first_receiver) == (CLERK.staff_id, FIRST)


def test_giving_back_asks_the_next_one() -> None:
    scene, guest = offered_scene()
    accept(scene, guest)
    away = cmd.ReleaseReception(ticket_id=guest, reason=ReleaseReason.CALLED_AWAY)
    assert scene.refused(COLLEAGUE, away) == "reception_of_other"
    scene.do(GREETER, away)
    assert reception_of(scene, guest).asked == (SECOND,)
    assert scene.refused(GREETER, away) == "reception_not_accepted"


@pytest.mark.parametrize("to", [FIRST, "9999", ADMINISTRATOR.staff_id])
def test_nobody_hands_over_to_nobody(to: str) -> None:
    scene, guest = offered_scene()
    accept(scene, guest)
    hand_over = cmd.ReleaseReception(ticket_id=guest, reason=ReleaseReason.HAND_OVER, to=to)
    assert scene.refused(GREETER, hand_over) == "cannot_hand_over"


def test_a_reception_that_is_none_is_refused(scene: Scene) -> None:
    other = scene.take()
    for command in (
        cmd.AcceptReception(ticket_id=other),
        escalating("nothing"),
        cmd.GuideTo(ticket_id=other, counter_id=None),
        cmd.CloseReception(ticket_id=other),
        cmd.ReopenReception(ticket_id=other, reason=UndoReason.OTHER),
    ):
        assert scene.refused(GREETER, command) == "unknown_reception"
