"""Terminals that follow a home: cut off, in step again, and nothing lost."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from hallterm.clock import ManualClock
from hallterm.desk import persons
from hallterm.desk.calling import call_next
from hallterm.desk.desk import Desk, Done
from hallterm.desk.follower import TerminalFollower
from hallterm.desk.leasing import top_up
from hallterm.desk.person_views import PersonView
from hallterm.domain.actor import Actor
from hallterm.domain.counter.commands import TakeCounter
from hallterm.domain.disputes import SettleCompanyDispute
from hallterm.domain.note import NOTHING
from hallterm.domain.person.commands import UnmaskPerson, UnmaskReason
from hallterm.domain.person.details import ConsentWay
from hallterm.domain.refusal import Refusal
from hallterm.domain.stream import Command
from hallterm.domain.ticket import commands as cmd
from hallterm.domain.ticket.state import BusinessLine
from hallterm.domain.ticket.words import TicketState
from hallterm.domain.tiers import Tier
from hallterm.store.connection import writing
from hallterm.store.doctor import examine, rebuild
from hallterm.wire import Problem, Push
from tests.support.rulebook import CLERK, COLLEAGUE, COUNTERS, DUTY_MANAGER
from tests.support.sync_hall import SyncHall

LINE = BusinessLine(business_id="payment")


@pytest.fixture
def hall(founded_store: Path, tmp_path: Path, clock: ManualClock) -> Iterator[SyncHall]:
    """Return three terminals in step with their home; clerks sit at the first two."""
    hall = SyncHall(founded_store, tmp_path, clock, 3)
    for place, actor, counter in ((0, CLERK, 2), (1, COLLEAGUE, 3)):
        command = TakeCounter(counter_id=COUNTERS[counter].id, session_id=f"s{place}")
        do(hall.desks[place], actor, command)
    hall.sync()
    hall.sync()
    yield hall
    hall.close()


def do(desk: Desk, actor: Actor, command: Command) -> Done:
    result = desk.act(actor, command)
    assert isinstance(result, Done), result
    return result


def take(hall: SyncHall, place: int, ticket_id: str, person: str | None = None) -> str:
    now = hall.clock.now()
    command = cmd.TakeTicket(
        ticket_id=ticket_id,
        tier=Tier.STANDARD,
        person_id=person,
        businesses=(LINE,),
        arrived_at=now,
        shown_at=now,
    )
    do(hall.desks[place], CLERK, command)
    return hall.desks[place].hall.tickets[ticket_id].number


def test_what_one_does_all_see(hall: SyncHall) -> None:
    take(hall, 2, "t1")
    assert hall.sync() == ()
    assert isinstance(call_next(hall.desks[0], CLERK), Done)
    do(hall.desks[0], CLERK, cmd.StartService(ticket_id="t1"))
    assert hall.sync() == ()
    hall.sync()
    assert hall.desks[1].hall.tickets["t1"].state is TicketState.SERVING
    hall.assert_equal()


def test_a_ticket_called_at_two_counters_cut_off_from_each_other(hall: SyncHall) -> None:
    take(hall, 2, "t1")
    hall.sync()
    for place, actor in ((0, CLERK), (1, COLLEAGUE)):
        assert isinstance(call_next(hall.desks[place], actor), Done)
    [lost] = hall.sync()
    assert (lost.type, lost.actor, lost.refusal.code) == (
        "CallTicket",
        COLLEAGUE.staff_id,
        "wrong_state",
    )
    hall.sync()
    hall.assert_equal()
    assert hall.hub.hall.tickets["t1"].staff_id == CLERK.staff_id


def test_a_service_started_on_a_lost_call_stands_and_is_disputed(hall: SyncHall) -> None:
    take(hall, 2, "t1")
    hall.sync()
    assert isinstance(call_next(hall.desks[0], CLERK), Done)
    assert isinstance(call_next(hall.desks[1], COLLEAGUE), Done)
    do(hall.desks[1], COLLEAGUE, cmd.StartService(ticket_id="t1"))
    lost = hall.sync()
    assert [(one.type, one.disputed) for one in lost] == [
        ("CallTicket", False),
        ("StartService", True),
    ]
    hall.sync()
    hall.assert_equal()
    ticket = hall.hub.hall.tickets["t1"]
    assert (ticket.state, ticket.staff_id) == (TicketState.SERVING, COLLEAGUE.staff_id)
    [dispute] = hall.hub.hall.disputes.values()
    assert dispute.stands


def test_two_services_of_one_ticket_are_both_kept(hall: SyncHall) -> None:
    take(hall, 2, "t1")
    hall.sync()
    for place, actor in ((0, CLERK), (1, COLLEAGUE)):
        assert isinstance(call_next(hall.desks[place], actor), Done)
        do(hall.desks[place], actor, cmd.StartService(ticket_id="t1"))
        do(hall.desks[place], actor, cmd.FinishService(ticket_id="t1"))
    hall.sync()
    hall.sync()
    hall.assert_equal()
    disputes = hall.hub.hall.disputes.values()
    assert sorted(dispute.command for dispute in disputes) == ["FinishService", "StartService"]
    assert {dispute.staff_id for dispute in disputes} == {COLLEAGUE.staff_id}


def test_numbers_of_terminals_cut_off_never_collide(hall: SyncHall) -> None:
    numbers = [take(hall, place, f"t{place}{n}") for place in range(3) for n in range(3)]
    assert len(set(numbers)) == len(numbers)
    hall.sync()
    hall.sync()
    hall.assert_equal()
    assert {t.number for t in hall.hub.hall.tickets.values()} == set(numbers)


def test_a_push_whose_answer_was_lost_is_taken_once(hall: SyncHall) -> None:
    take(hall, 0, "t1")
    hall.push(0)
    head = hall.home.heads()
    TerminalFollower(hall.desks[0]).acknowledge(0)
    hall.push(0)
    assert hall.home.heads() == head
    hall.sync()
    hall.assert_equal()


def test_a_gap_and_a_fork_are_told(hall: SyncHall) -> None:
    take(hall, 0, "t1")
    take(hall, 0, "t2")
    one, two = TerminalFollower(hall.desks[0]).view().outgoing
    [answer] = hall.home.receive([("t1", Push(epoch=1, commands=[two]))])
    assert isinstance(answer, Problem)
    assert answer.code == "gap"
    hall.home.receive([("t1", Push(epoch=1, commands=[one]))])
    other = one.model_copy(update={"at_ms": one.at_ms + 1})
    [answer] = hall.home.receive([("t1", Push(epoch=1, commands=[other]))])
    assert isinstance(answer, Problem)
    assert answer.code == "fork"


def test_a_person_edited_in_two_places(hall: SyncHall) -> None:
    made = persons.record(
        hall.desks[0], CLERK, {"name": "张伟", "phone": "13800001111"}, ConsentWay.SPOKEN
    )
    assert isinstance(made, PersonView)
    hall.sync()
    hall.sync()
    person = made.person_id
    for place, values in ((0, {"contact": "李"}), (1, {"notes": "怕冷"})):
        changed = persons.change(hall.desks[place], CLERK, person, 1, values)
        assert not isinstance(changed, Refusal), changed
    assert hall.sync() == ()
    hall.sync()
    hall.assert_equal()
    merged = persons.get(hall.hub, DUTY_MANAGER, person)
    assert merged is not None
    assert merged.version == 3
    for place, name in ((0, "张大伟"), (1, "张小伟")):
        changed = persons.change(hall.desks[place], CLERK, person, 3, {"name": name})
        assert not isinstance(changed, Refusal), changed
    hall.sync()
    hall.sync()
    hall.assert_equal()


def test_the_doctor_knows_what_is_pending(hall: SyncHall) -> None:
    take(hall, 0, "t1")
    made = persons.record(
        hall.desks[0], CLERK, {"name": "张伟", "phone": "13800001111"}, ConsentWay.SPOKEN
    )
    assert isinstance(made, PersonView)
    store = hall.desks[0].connection
    assert examine(store).findings == []
    with writing(store):
        store.exec_driver_sql("UPDATE ticket SET state = 'left', number = 'A999'")
    assert [one.code for one in examine(store).findings] == ["row_different"]
    rebuild(store)
    assert examine(store).findings == []
    hall.desks[0].refresh()
    assert hall.desks[0].hall.tickets["t1"].state is TicketState.WAITING
    hall.sync()
    hall.sync()
    hall.assert_equal()


def test_a_report_to_the_company_that_contradicts_is_kept_until_a_manager_has_looked(
    hall: SyncHall,
) -> None:
    made = persons.record(
        hall.desks[0], CLERK, {"name": "张伟", "phone": "13800001111"}, ConsentWay.SPOKEN
    )
    assert isinstance(made, PersonView)
    told = TerminalFollower(hall.desks[0]).view().outgoing[-1]
    command = UnmaskPerson(person_id="nobody", field="phone", reason=UnmaskReason.CALL_BACK)
    hall.sync()
    chain = hall.desks[0].replica.link
    assert chain is not None
    envelope = told.model_copy(
        update={
            "id": "c-odd",
            "device_seq": chain.device_seq + 1,
            "previous": chain.device_hash,
            "type": type(command).__name__,
            "payload": command.model_dump(mode="json"),
            "beside": NOTHING,
        }
    )
    [answer] = hall.home.receive([("t1", Push(epoch=1, commands=[envelope]))])
    assert not isinstance(answer, Problem)
    hall.hub.refresh()
    [dispute] = hall.hub.rules.company.disputes.values()
    assert (dispute.code, dispute.matter_id) == ("person_unknown", "nobody")
    assert examine(hall.hub.connection).findings == []
    do(hall.hub, DUTY_MANAGER, SettleCompanyDispute(dispute_id="c-odd"))
    assert hall.hub.rules.company.disputes == {}
    assert examine(hall.hub.connection).findings == []


def test_lent_numbers_run_through_the_hall_and_last_for_a_while_cut_off(hall: SyncHall) -> None:
    take(hall, 0, "first")
    for _ in range(2):
        for desk in hall.desks:
            top_up(desk)
        hall.sync()
    hall.sync()
    numbers = [take(hall, place, f"t{place}{n}") for place in range(3) for n in range(4)]
    assert len(set(numbers)) == len(numbers)
    assert sorted(n for n in numbers if "-" not in n) == [f"A{n:03d}" for n in range(1, 10)]
    assert sorted(n for n in numbers if "-" in n) == ["A001-2", "A001-3", "A002-1"]
    hall.sync()
    hall.sync()
    hall.assert_equal()


def test_a_lease_that_is_pending_lends_nothing_yet(hall: SyncHall) -> None:
    take(hall, 0, "first")
    assert top_up(hall.desks[0])
    assert "-" in take(hall, 0, "t1")


def test_nothing_is_lent_where_the_store_is_its_own_home(hall: SyncHall) -> None:
    assert not top_up(hall.hub)
