"""Special requests through a real store: the chain, the inbox, PIN, time, search, figures."""

from pathlib import Path

import pytest

from hallterm.clock import ManualClock
from hallterm.desk import persons, requests
from hallterm.desk.desk import Desk, Done
from hallterm.desk.request_acts import DECIDER, SAID, SPECS, Act, offered
from hallterm.desk.request_board import RequestBoard
from hallterm.desk.request_figures import figures
from hallterm.desk.request_search import listed
from hallterm.desk.request_story import printed
from hallterm.desk.request_views import Why
from hallterm.domain.person.details import ConsentWay
from hallterm.domain.request.events import RequestEvent
from hallterm.domain.request.words import RequestState, Result
from hallterm.store.doctor import examine
from hallterm.words.request_words import worded
from tests.desk.request_rooms import (
    ASKED,
    TO_ACCOUNT_MANAGER,
    TO_END,
    TO_HALL,
    carried_on,
    opened,
    staff_up,
    vip,
)
from tests.support.hall import enter, refused
from tests.support.requests import ACCOUNT_MANAGER, OPERATIONS, VIP_LIAISON
from tests.support.rulebook import ADMINISTRATOR, CLERK, DUTY_MANAGER, PIN, STORE_MANAGER


@pytest.fixture
def person(desk: Desk) -> str:
    """Return the id of a VIP in a store with everybody of the chain."""
    staff_up(desk)
    return vip(desk)


def test_a_request_goes_through_every_hand_and_survives_a_restart(
    desk: Desk, store: Path, person: str
) -> None:
    request = opened(desk, person)
    assert request.account_manager == ACCOUNT_MANAGER.staff_id
    done = carried_on(desk, request.id, TO_END)
    assert (done.state, done.result) == (RequestState.CLOSED, Result.FORM)
    other = enter(store)
    assert requests.get(other, request.id) == done
    assert other.rules.company.request_serial == 1
    report = examine(other.connection)
    other.close()
    assert report.findings == []


def test_two_processes_share_one_request(desk: Desk, store: Path, person: str) -> None:
    other = enter(store)
    request = opened(desk, person)
    carried_on(other, request.id, TO_ACCOUNT_MANAGER)
    found = desk.refresh() and requests.get(desk, request.id)
    assert found
    assert found.state is RequestState.ACCOUNT_MANAGER
    other.close()


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"asked": "  "}, "field_missing"),
        ({"amount": ""}, "amount_missing"),
        ({"amount": "3e5"}, "amount_form"),
        ({"amount": "99999999"}, "amount_form"),
        ({"kind": "nothing"}, "unknown_request_kind"),
        ({"kind": "preferred_number"}, "amount_without_money"),
        ({"mood": "furious"}, "choice_not_known"),
        ({"asked": "很" * 2001}, "words_too_long"),
    ],
)
def test_what_cannot_be_taken_down(
    desk: Desk, person: str, changes: dict[str, str], code: str
) -> None:
    answer = requests.open_request(desk, CLERK, person, {**ASKED, **changes})
    assert refused(answer) == code
    assert desk.rules.company.requests == {}


def test_the_inbox_shows_each_person_their_part(desk: Desk, person: str) -> None:
    board = RequestBoard(desk)
    request = opened(desk, person)
    assert [row.why for row in board.inbox(CLERK)] == [Why.MINE]
    carried_on(desk, request.id, TO_ACCOUNT_MANAGER[:1])
    assert [row.why for row in board.inbox(STORE_MANAGER)] == [Why.MINE]
    assert [row.why for row in board.inbox(DUTY_MANAGER)] == [Why.MINE]
    assert [row.why for row in board.inbox(CLERK)] == [Why.FOLLOWED]
    carried_on(desk, request.id, TO_ACCOUNT_MANAGER[1:])
    assert [row.why for row in board.inbox(ACCOUNT_MANAGER)] == [Why.MINE]
    assert board.inbox(STORE_MANAGER) == ()


def test_a_customers_name_is_shown_to_those_who_address_them(desk: Desk, person: str) -> None:
    request = opened(desk, person)
    board = RequestBoard(desk)
    names = {
        actor.staff_id: page.name
        for actor in (CLERK, ACCOUNT_MANAGER, VIP_LIAISON, OPERATIONS, ADMINISTRATOR)
        if (page := board.page(request.id, actor))
    }
    assert names == {
        CLERK.staff_id: "张伟",
        ACCOUNT_MANAGER.staff_id: "张伟",
        VIP_LIAISON.staff_id: "张伟",
        OPERATIONS.staff_id: "张*",
        ADMINISTRATOR.staff_id: "张*",
    }


def test_a_manager_decides_at_a_clerks_terminal(desk: Desk, person: str) -> None:
    request = opened(desk, person)
    carried_on(desk, request.id, TO_ACCOUNT_MANAGER[:1])
    words = {"words": "同意减免 30 元"}
    manager = STORE_MANAGER.staff_id
    wrong = requests.perform_with_pin(desk, manager, "000000", request.id, Act.GRANT, words)
    assert refused(wrong) == "wrong_pin"
    done = requests.perform_with_pin(desk, manager, PIN, request.id, Act.GRANT, words)
    assert isinstance(done, Done)
    found = requests.get(desk, request.id)
    assert found
    assert (found.state, found.decisions[0].recorded_by) == (RequestState.STORE_REPLY, manager)


def test_a_clerk_writes_down_what_was_decided_by_phone(desk: Desk, person: str) -> None:
    request = opened(desk, person)
    waiting = carried_on(desk, request.id, TO_ACCOUNT_MANAGER[:1])
    grant = next(o for o in offered(waiting, CLERK) if o.act is Act.GRANT)
    assert grant.by_phone
    assert [want.name for want in grant.wants] == ["decider", "said"]
    typed = {"decider": STORE_MANAGER.staff_id, "said": "周经理：减 30，下不为例"}
    carried_on(desk, request.id, ((CLERK, Act.GRANT, typed),))
    (row,) = RequestBoard(desk).inbox(STORE_MANAGER)
    assert row.why is Why.CONFIRM
    carried_on(desk, request.id, ((STORE_MANAGER, Act.CONFIRM, {}),))
    assert RequestBoard(desk).inbox(STORE_MANAGER) == ()


def test_the_holder_is_reminded_once_and_then_the_superior(
    desk: Desk, store: Path, clock: ManualClock, person: str
) -> None:
    request = opened(desk, person)
    carried_on(desk, request.id, TO_ACCOUNT_MANAGER)
    other = enter(store, clock)
    assert requests.keep_time(desk) == ()
    clock.advance(30 * 60)
    (told,) = requests.keep_time(desk)
    assert (told.level, told.staff_id) == (1, ACCOUNT_MANAGER.staff_id)
    assert requests.keep_time(other) == ()
    clock.advance(30 * 60)
    (told,) = requests.keep_time(other)
    other.close()
    assert (told.level, told.role.value) == (2, "vip_office_manager")
    desk.refresh()
    assert requests.keep_time(desk) == ()


def test_an_authority_ends_by_itself(desk: Desk, clock: ManualClock, person: str) -> None:
    request = opened(desk, person)
    steps = (*TO_ACCOUNT_MANAGER, (ACCOUNT_MANAGER, Act.AUTHORISE, {"words": "可减", "hours": "2"}))
    carried_on(desk, request.id, steps)
    clock.advance(2 * 3600)
    requests.keep_time(desk)
    found = requests.get(desk, request.id)
    assert found
    assert found.state is RequestState.ACCOUNT_MANAGER


def test_the_gate_is_named_before_the_form_is_filled_in(desk: Desk, person: str) -> None:
    request = opened(desk, person)
    there = carried_on(desk, request.id, TO_HALL)
    offer = next(o for o in offered(there, CLERK) if o.act is Act.CARRY_OUT)
    assert offer.refusal
    assert offer.refusal.args["missing"] == "mail,fax,phone"


def test_requests_are_found_by_number_customer_and_words(desk: Desk, person: str) -> None:
    first = opened(desk, person)
    second = opened(desk, vip_two(desk), asked="要 50%_折扣")
    carried_on(desk, first.id, TO_END)
    assert [r.id for r in listed(desk)] == [second.id]
    assert [r.id for r in listed(desk, closed=True)] == [second.id, first.id]
    for text in (first.number, "13800138000", "张伟", "刘主任"):
        assert [r.id for r in listed(desk, closed=True, text=text)] == [first.id], text
    assert [r.id for r in listed(desk, closed=True, text="50%_折")] == [second.id]
    assert listed(desk, closed=True, text="50__折") == ()
    for typed in (first.number, "1", "0001"):
        found = requests.find(desk, typed)
        assert getattr(found, "id", "") == first.id
    assert refused(requests.find(desk, "2025-0001")) == "unknown_request"


def vip_two(desk: Desk) -> str:
    raw = {"name": "李娜", "phone": "13900139000", "tier": "gotone"}
    made = persons.record(desk, STORE_MANAGER, raw, ConsentWay.SPOKEN)
    assert not hasattr(made, "code"), made
    return str(getattr(made, "person_id", ""))


def test_the_story_is_printed_with_every_word(desk: Desk, person: str) -> None:
    request = opened(desk, person)
    carried_on(desk, request.id, TO_END)
    page = RequestBoard(desk).page(request.id, CLERK)
    assert page
    text = "\n".join(printed(page))
    for word in ("漫游费太高", "按公示资费", "刘主任", "传真", "结案", "张伟", "公司规定不允许"):
        assert word in text, word
    assert "已删除" not in text


def test_every_act_field_and_event_has_words() -> None:
    fields, acts, events = worded()
    assert set(Act) == set(SPECS) == acts
    wants = {want.name for spec in SPECS.values() for want in spec.wants}
    assert wants | {DECIDER.name, SAID.name} <= fields
    heap, types = [RequestEvent], set()
    while heap:
        for child in heap.pop().__subclasses__():
            heap.append(child)
            types |= {child.type} if "type" in child.__dict__ else set()
    assert types == events


def test_figures_tell_levels_and_times(desk: Desk, clock: ManualClock, person: str) -> None:
    request = opened(desk, person)
    clock.advance(20 * 60)
    carried_on(desk, request.id, TO_END)
    day = request.day
    counted = figures(desk, day, day)
    assert (counted.opened, counted.closed, counted.share(Result.FORM)) == (1, 1, 1.0)
    explained = counted.stages[0]
    assert (explained.state, explained.median_s, explained.in_time) == (
        RequestState.EXPLAINED,
        1200,
        0,
    )
