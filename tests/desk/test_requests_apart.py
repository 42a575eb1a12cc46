"""One special request in several hands that are cut off from each other."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from hallterm.clock import ManualClock
from hallterm.desk import requests
from hallterm.desk.accounts import hire
from hallterm.desk.contradictions import Contradictions, settle_dispute
from hallterm.desk.desk import Desk, Done
from hallterm.desk.erasing import erase
from hallterm.desk.losses import LossWatch
from hallterm.desk.renumbered import NumberWatch, Renumbered
from hallterm.desk.request_acts import Act
from hallterm.domain.actor import Actor
from hallterm.domain.person.commands import EraseReason
from hallterm.domain.request.parts import Verdict
from hallterm.domain.request.state import Request
from hallterm.domain.request.words import Proof, RequestState
from hallterm.store.connection import reading
from hallterm.store.doctor import examine
from hallterm.store.persons.notes import notes_about
from hallterm.words.losses import explain_renumbered
from hallterm.words.refusals import explain
from tests.desk.request_rooms import (
    TO_ACCOUNT_MANAGER,
    TO_HALL,
    Step,
    carried_on,
    opened,
    staff_up,
    vip,
)
from tests.support.hall import enter, quick_pins
from tests.support.requests import ACCOUNT_MANAGER, DEPUTY, OPERATIONS, SIGNER
from tests.support.rulebook import ADMINISTRATOR, CLERK, COLLEAGUE, DUTY_MANAGER, PIN, STORE_MANAGER
from tests.support.sync_hall import SyncHall

GRANT = {"words": "减免 20 元,下不为例"}
DECLINE = {"reason": "against_rules", "words": "按公示资费"}


@pytest.fixture
def hall(founded_store: Path, tmp_path: Path, clock: ManualClock) -> Iterator[SyncHall]:
    """Return two terminals in step with their home, in a company with everybody of the chain."""
    hall = SyncHall(founded_store, tmp_path, clock, 2)
    with quick_pins():
        staff_up(hall.hub)
    settle(hall)
    yield hall
    hall.close()


def settle(hall: SyncHall) -> None:
    """Bring everybody in step, twice: what one pulls the other has pushed."""
    hall.sync()
    hall.sync()
    hall.assert_equal()


def do(desk: Desk, actor: Actor, request: Request, act: Act, **typed: str) -> None:
    """Do one step that must succeed where it is done."""
    result = requests.perform(desk, actor, request.id, act, typed)
    assert isinstance(result, Done), result


def begun(hall: SyncHall, *steps: Step) -> Request:
    """Open a request at the first terminal, carry it on there, and let everybody know."""
    first = hall.desks[0]
    request = carried_on(first, opened(first, vip(first), amount="10").id, steps)
    settle(hall)
    return request


def facts(hall: SyncHall, request: Request) -> Request:
    """Return the request as the home has it."""
    found = requests.get(hall.hub, request.id)
    assert found is not None
    return found


NOT_ACCEPTED: Step = (CLERK, Act.NOT_ACCEPTED, {"mood": "upset", "words": "说别的厅减过"})


@pytest.mark.parametrize("first_place", [0, 1])
def test_two_managers_decide_cut_off_from_each_other(hall: SyncHall, first_place: int) -> None:
    request = begun(hall, NOT_ACCEPTED)
    managers = (STORE_MANAGER, DUTY_MANAGER)
    do(hall.desks[0], STORE_MANAGER, request, Act.GRANT, **GRANT)
    do(hall.desks[1], DUTY_MANAGER, request, Act.DECLINE, **DECLINE)
    watches = [LossWatch(desk) for desk in hall.desks]
    second = 1 - first_place
    hall.push(first_place)
    hall.push(second)
    settle(hall)
    [decision] = facts(hall, request).decisions
    wanted = (Verdict.GRANTED, Verdict.DECLINED)[first_place]
    assert (decision.ruling.verdict, decision.ruling.decider) == (
        wanted,
        managers[first_place].staff_id,
    )
    assert watches[first_place].new() == []
    [loss] = watches[second].new()
    assert (loss.command, loss.actor, loss.disputed) == (
        "DecideRequest",
        managers[second].staff_id,
        False,
    )
    told = explain(loss.refusal)
    assert managers[first_place].staff_id in told
    assert request.number in told
    assert examine(hall.hub.connection).findings == []


def test_the_answer_to_a_decision_that_lost_is_the_winners(hall: SyncHall) -> None:
    request = begun(hall, NOT_ACCEPTED)
    do(hall.desks[0], STORE_MANAGER, request, Act.GRANT, **GRANT)
    do(hall.desks[0], CLERK, request, Act.ACCEPTED, mood="satisfied")
    do(hall.desks[1], DUTY_MANAGER, request, Act.DECLINE, **DECLINE)
    settle(hall)
    [decision] = facts(hall, request).decisions
    assert decision.ruling.decider == STORE_MANAGER.staff_id
    assert facts(hall, request).state is RequestState.CLOSED


def test_an_account_manager_and_a_deputy_decide_apart(hall: SyncHall) -> None:
    request = begun(hall, *TO_ACCOUNT_MANAGER)
    do(hall.desks[1], DEPUTY, request, Act.TAKE, reason="away")
    do(hall.desks[1], DEPUTY, request, Act.BEYOND)
    do(hall.desks[0], ACCOUNT_MANAGER, request, Act.HAND_OVER)
    hall.push(0)
    watch = LossWatch(hall.desks[1])
    settle(hall)
    [_, decision] = facts(hall, request).decisions
    assert decision.ruling.verdict is Verdict.HAND_OVER
    told = [explain(one.refusal) for one in watch.new() if one.command == "DecideRequest"]
    assert [ACCOUNT_MANAGER.staff_id in one for one in told] == [True]


def test_a_form_approved_and_refused_apart_has_one_answer(hall: SyncHall) -> None:
    request = begun(hall, *TO_HALL[:-2])
    with quick_pins():
        hired = hire(hall.hub, ADMINISTRATOR, "6009", "员工6009", OPERATIONS.roles, PIN)
    assert isinstance(hired, Done)
    settle(hall)
    do(hall.desks[0], OPERATIONS, request, Act.APPROVE)
    colleague = Actor("6009", OPERATIONS.roles)
    do(hall.desks[1], colleague, request, Act.REFUSE, reason="against_rules")
    watch = LossWatch(hall.desks[1])
    settle(hall)
    assert facts(hall, request).state is RequestState.APPROVED
    [loss] = watch.new()
    assert (loss.refusal.code, loss.actor) == ("request_decided", colleague.staff_id)
    assert OPERATIONS.staff_id in explain(loss.refusal)


def test_an_authority_used_at_two_terminals_cut_off_is_used_once(hall: SyncHall) -> None:
    request = begun(
        hall,
        *TO_ACCOUNT_MANAGER,
        (ACCOUNT_MANAGER, Act.AUTHORISE, {"words": "厅里减免,一次"}),
    )
    for desk, actor in zip(hall.desks, (CLERK, COLLEAGUE), strict=True):
        do(desk, actor, request, Act.USE, words="已减免")
    watches = [LossWatch(desk) for desk in hall.desks]
    settle(hall)
    after = facts(hall, request)
    assert after.authority
    assert after.authority.used_by == CLERK.staff_id
    assert [move.event for move in after.moves].count("request_authority_used") == 1
    assert watches[0].new() == []
    [loss] = watches[1].new()
    assert (loss.refusal.code, loss.actor) == ("authority_used", COLLEAGUE.staff_id)
    assert CLERK.staff_id in explain(loss.refusal)


@pytest.mark.parametrize(
    ("proof", "act", "typed", "stands"),
    [
        (Proof.MAIL, Act.MAIL_IN, {"words": "营业管理室来信"}, True),
        (Proof.FAX, Act.FAX_IN, {"by": SIGNER.staff_id}, True),
        (Proof.PHONE, Act.PHONE_IN, {"by": ACCOUNT_MANAGER.staff_id, "words": "核对了"}, False),
    ],
)
def test_evidence_that_came_while_the_request_was_withdrawn_elsewhere_waits_for_a_manager(
    hall: SyncHall, proof: Proof, act: Act, typed: dict[str, str], *, stands: bool
) -> None:
    request = begun(hall, *TO_HALL)
    do(hall.desks[0], CLERK, request, Act.WITHDRAW, reason="changed_mind")
    do(hall.desks[1], COLLEAGUE, request, act, **typed)
    hall.push(0)
    settle(hall)
    after = facts(hall, request)
    assert after.state is RequestState.CLOSED
    assert after.form
    assert (after.form.proof(proof) is not None) is stands
    [row] = Contradictions(hall.hub).disputes()
    assert (row.company, row.command, row.stands) == (True, "ReceiveProof", stands)
    assert row.staff.staff_id == COLLEAGUE.staff_id
    assert request.number in explain(row.why)
    assert isinstance(settle_dispute(hall.desks[0], DUTY_MANAGER, row), Done)
    settle(hall)
    assert all(Contradictions(desk).count() == 0 for desk in (hall.hub, *hall.desks))
    assert all(examine(desk.connection).findings == [] for desk in (hall.hub, *hall.desks))


def test_requests_opened_at_two_terminals_cut_off_get_two_numbers(hall: SyncHall) -> None:
    person = vip(hall.desks[0])
    settle(hall)
    made = [opened(desk, person) for desk in hall.desks]
    assert made[0].number == made[1].number
    watches = [NumberWatch(desk) for desk in hall.desks]
    do(hall.desks[1], CLERK, made[1], Act.NOT_ACCEPTED, mood="angry", words="要找经理")
    assert hall.sync() == ()
    settle(hall)
    after = [facts(hall, one) for one in made]
    assert [one.serial for one in after] == [1, 2]
    assert len({one.number for one in after}) == len(after)
    assert after[1].state is RequestState.STORE_MANAGER
    assert requests.find(hall.desks[1], after[1].number) == after[1]
    assert watches[0].new() == []
    assert watches[1].new() == [
        Renumbered(made[1].number, after[1].number, opened_by=CLERK.staff_id)
    ]
    assert watches[1].new() == [], "it is told once"
    told = explain_renumbered(made[1].number, after[1].number, "李敏")
    assert made[1].number in told
    assert after[1].number in told
    assert examine(hall.hub.connection).findings == []


def test_a_slot_that_two_terminals_gave_away_is_lost_by_the_later_one(hall: SyncHall) -> None:
    first = hall.desks[0]
    made = []
    for name, phone in (("张伟", "13800138000"), ("李雷", "13800138001")):
        person = vip(first, name, phone)
        made.append(carried_on(first, opened(first, person).id, TO_HALL))
    settle(hall)
    watches = [LossWatch(desk) for desk in hall.desks]
    for desk, request in zip(hall.desks, made, strict=True):
        do(desk, CLERK, request, Act.VISIT, visit="at_hall", at="10:00")
    settle(hall)
    kept, lost = (facts(hall, one).visit for one in made)
    assert kept is not None
    assert lost is not None
    assert kept.appointment_id in hall.hub.hall.appointments
    assert lost.appointment_id not in hall.hub.hall.appointments
    assert lost.at == kept.at, "what was agreed with the customer stands in the request"
    assert watches[0].new() == []
    assert [loss.command for loss in watches[1].new()] == ["BookAppointment"]
    do(hall.desks[1], CLERK, made[1], Act.VISIT, visit="at_hall", at="10:30")
    settle(hall)
    again = facts(hall, made[1]).visit
    assert again is not None
    assert again.appointment_id in hall.hub.hall.appointments
    assert all(examine(desk.connection).findings == [] for desk in (hall.hub, *hall.desks))


def test_words_about_somebody_erased_elsewhere_meanwhile_are_kept_nowhere(hall: SyncHall) -> None:
    request = begun(hall)
    do(hall.desks[1], CLERK, request, Act.NOT_ACCEPTED, mood="upset", words="张伟先生不接受")
    gone = erase(hall.desks[0], ADMINISTRATOR, request.person_id, EraseReason.REQUESTED)
    assert isinstance(gone, Done), gone
    hall.push(0)
    settle(hall)
    assert facts(hall, request).state is RequestState.STORE_MANAGER
    for desk in (hall.hub, *hall.desks):
        with reading(desk.connection) as connection:
            assert notes_about(connection, request.id) == []
        assert examine(desk.connection).findings == []


def test_another_process_of_a_terminal_sees_disputes_come_and_go(
    hall: SyncHall, tmp_path: Path, clock: ManualClock
) -> None:
    request = begun(hall, *TO_HALL)
    screen = enter(tmp_path / "t1.db", clock, device="t1")
    screen.refresh()
    do(hall.desks[0], CLERK, request, Act.WITHDRAW, reason="changed_mind")
    do(hall.desks[1], COLLEAGUE, request, Act.MAIL_IN, words="营业管理室来信")
    settle(hall)
    screen.refresh()
    [row] = Contradictions(screen).disputes()
    assert isinstance(settle_dispute(hall.desks[1], DUTY_MANAGER, row), Done)
    settle(hall)
    screen.refresh()
    assert Contradictions(screen).count() == 0
    screen.close()
