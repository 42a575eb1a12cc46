"""Diversion (分流) and call-backs (回电) as greeter and manager work with them."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.screen import Screen

from hallterm.clock import ManualClock
from hallterm.desk import diversions
from hallterm.domain.call_back.words import CallBackState, CallOutcome
from hallterm.domain.diversion.words import Way
from hallterm.domain.roles import Role
from hallterm.domain.ticket.words import TicketState
from hallterm.screens.diversions import DiversionsScreen
from hallterm.screens.places import places_for
from hallterm.screens.session import Session
from tests.screens.desk_room import Room, opened_room, pass_time, press, said, settled, shown
from tests.screens.diversion_room import (
    board_screen,
    call_backs_screen,
    crowd,
    diversions_screen,
    known,
    neighbour,
    promised,
)
from tests.screens.test_desk_snapshots import SIZES
from tests.screens.test_snapshots import Compare
from tests.support.hall import done
from tests.support.rulebook import CLERK, COLLEAGUE, DUTY_MANAGER, GREETER


@pytest.fixture
def room(store: Path, clock: ManualClock) -> Iterator[Room]:
    with opened_room(store, clock, GREETER) as room:
        room.people()
        neighbour(room)
        yield room


def first(room: Room) -> str:
    """The id of the ticket in the first line."""
    return room.hall_work().diversions.page().rows[0].ticket.ticket_id


async def test_a_calm_hall_diverts_nobody(room: Room) -> None:
    async with room.app(lambda: diversions_screen(room)).run_test() as pilot:
        await settled(pilot)
        assert "没有要超时的客户" in shown(pilot)
        await press(pilot, "enter")
        assert said(pilot) == "没有要超时的客户，不用分流。"


async def test_yes_ends_the_ticket_and_undo_brings_the_customer_back(room: Room) -> None:
    crowd(room)
    ticket = first(room)
    async with room.app(lambda: diversions_screen(room)).run_test() as pilot:
        await settled(pilot)
        await press(pilot, "enter", "1")
        assert "自助终端就能办" in shown(pilot)
        await press(pilot, "1")
        number = room.desk.hall.tickets[ticket].number
        assert said(pilot) == f"{number} 已分流：自助办理。"
        assert "接受 1" in shown(pilot)
        assert room.desk.hall.tickets[ticket].state is TicketState.LEFT
        await press(pilot, "f8", "3")
        assert room.desk.hall.tickets[ticket].state is TicketState.WAITING


async def test_no_is_remembered_and_the_way_is_not_offered_again(room: Room) -> None:
    crowd(room)
    ticket = first(room)
    async with room.app(lambda: diversions_screen(room)).run_test() as pilot:
        await settled(pilot)
        await press(pilot, "enter", "1", "2")
        assert "不要自助办理，接着等" in said(pilot)
        assert room.desk.hall.tickets[ticket].diversions[0].accepted is False
        await press(pilot, "enter")
        assert "自助办理" not in shown(pilot).split("去哪里更快")[1]


async def test_who_thinks_it_over_stands_first_and_is_asked_again(room: Room) -> None:
    crowd(room)
    async with room.app(lambda: diversions_screen(room)).run_test() as pilot:
        await settled(pilot)
        await press(pilot, "2", "enter", "3", "3")
        assert "已提另约时间，等客户答复" in said(pilot)
        ticket = room.desk.hall.tickets[first(room)]
        assert [one.way for one in ticket.diversions] == [Way.APPOINTMENT]
        assert "已提另约时间，等答复" in shown(pilot)
        await press(pilot, "home", "enter", "3")
        assert "客户要想想" not in shown(pilot)
        await press(pilot, "1", "escape")
        assert said(pilot) == f"{ticket.number} 没有约成，接着等。"
        assert room.desk.hall.tickets[ticket.id].state is TicketState.WAITING
        await press(pilot, "enter", "3", "1", *"9999", "enter", "0", "2", "f6", "enter", "f9")
        assert room.desk.hall.tickets[ticket.id].state is TicketState.LEFT
        (booked,) = room.desk.hall.appointments.values()
        assert (booked.person_id, booked.origin) == (room.ids["李小红"], ticket.id)


async def test_backing_out_records_nothing(room: Room) -> None:
    crowd(room)
    async with room.app(lambda: diversions_screen(room)).run_test() as pilot:
        await settled(pilot)
        await press(pilot, "enter", "escape", "enter", "1", "escape", "enter", "2", "1", "escape")
        assert not any(t.diversions for t in room.desk.hall.tickets.values())


async def test_a_call_back_asks_for_time_number_and_who(room: Room) -> None:
    crowd(room)
    ticket = first(room)
    async with room.app(lambda: diversions_screen(room)).run_test() as pilot:
        await settled(pilot)
        await press(pilot, "enter", "2", "1")
        assert "不填就是" in shown(pilot)
        await press(pilot, "4", "5", "enter", *"123", "enter", "enter")
        assert "手机号码不对" in said(pilot)
        await press(pilot, *["backspace"] * 3, *"13800130001", "f9")
        assert "会按时回电" in said(pilot)
        (call,) = room.desk.hall.call_backs.values()
        assert (call.ticket_id, call.staff_id) == (ticket, GREETER.staff_id)
        assert (call.due_at - room.clock.now()).total_seconds() == 45 * 60


async def test_a_number_on_record_need_not_be_left(room: Room) -> None:
    crowd(room)
    ticket = known(room)
    work = room.hall_work().diversions
    promise = work.promise(ticket)
    assert not getattr(promise, "needs_phone", True)
    done(work.promise_call(ticket, "", CLERK.staff_id, ""))
    (call,) = room.desk.hall.call_backs.values()
    assert work.number_to_call(call.id) == "15012349999"


async def test_the_board_offers_it_on_a_ticket_and_as_a_list(room: Room) -> None:
    crowd(room)
    async with room.app(lambda: board_screen(room)).run_test() as pilot:
        await settled(pilot)
        await press(pilot, "enter")
        assert "要超时，可去：自助办理" in shown(pilot) or "提一个更快的去处" in shown(pilot)
        await press(pilot, "5", "1", "1")
        assert "已分流：自助办理" in said(pilot)
        await press(pilot, "f6")
        assert type(pilot.app.screen) is DiversionsScreen
        await press(pilot, "f6")
        assert "没有要回的电话" in shown(pilot)


async def test_a_colleagues_offer_shows_and_is_answered_here(room: Room) -> None:
    crowd(room)
    ticket = first(room)
    async with room.app(lambda: diversions_screen(room)).run_test() as pilot:
        await settled(pilot)
        done(diversions.told(room.twin, CLERK, ticket, (Way.SELF_SERVICE, None)))
        await pass_time(room, pilot, 1)
        assert "已提自助办理，等答复" in shown(pilot)
        await press(pilot, "enter")
        assert "提过，等答复" in shown(pilot)


async def test_who_was_called_meanwhile_is_not_diverted(room: Room) -> None:
    crowd(room)
    async with room.app(lambda: diversions_screen(room)).run_test() as pilot:
        await settled(pilot)
        await press(pilot, "enter", "1")
        from hallterm.desk.calling import call_given  # noqa: PLC0415 - a second terminal
        from hallterm.domain.ticket.words import OutOfOrderReason  # noqa: PLC0415 - as above

        quick = OutOfOrderReason.QUICK_MATTER
        done(call_given(room.twin, CLERK, first(room), quick))
        await press(pilot, "1")
        assert "现在是" in said(pilot)


async def test_a_call_is_made_and_its_outcome_written_down(room: Room) -> None:
    promised(room)
    async with room.app(lambda: call_backs_screen(room)).run_test() as pilot:
        await settled(pilot)
        assert "138****0001" in shown(pilot)
        await press(pilot, "enter")
        assert "13800130001" in shown(pilot)
        await press(pilot, "5")
        assert "没人接" in said(pilot)
        (call,) = room.desk.hall.call_backs.values()
        assert (call.state, call.tries) == (CallBackState.DUE, 1)
        await press(pilot, "f8", "1")
        await press(pilot, "enter", "3")
        (call,) = room.desk.hall.call_backs.values()
        assert (call.outcome, call.tries) == (CallOutcome.BOOKED, 0)
        await press(pilot, "enter")
        assert said(pilot) == "A001 的回电已经了结。"


async def test_a_call_goes_to_a_colleague(room: Room) -> None:
    promised(room)
    async with room.app(lambda: call_backs_screen(room)).run_test() as pilot:
        await settled(pilot)
        await press(pilot, "f2")
        (call,) = room.desk.hall.call_backs.values()
        assert call.staff_id == GREETER.staff_id
        await press(pilot, "f2")
        assert said(pilot) == "A001 已经由您回电。"
        await press(pilot, "f7", "2")
        (call,) = room.desk.hall.call_backs.values()
        assert call.staff_id == COLLEAGUE.staff_id


async def reminded(room: Room, pilot: Pilot[None], seconds: float) -> bool:
    await pass_time(room, pilot, seconds)
    return "该给 A001" in said(pilot)


async def test_who_promised_is_reminded_once_and_a_manager_when_it_is_late(
    store: Path, clock: ManualClock
) -> None:
    for actor, early in ((CLERK, True), (DUTY_MANAGER, False)):
        with opened_room(store, clock, actor) as room:
            for call in list(room.desk.hall.call_backs.values()):
                done(room.hall_work().diversions.called(call.id, CallOutcome.SETTLED))
            promised(room, minutes=60)
            number = room.desk.hall.tickets[list(room.desk.hall.tickets)[-1]].number
            async with room.app(partial(board_screen, room)).run_test() as pilot:
                await settled(pilot)
                await pass_time(room, pilot, 45 * 60)
                assert "回电了" not in said(pilot)
                await pass_time(room, pilot, 6 * 60)
                assert (f"该给 {number}" in said(pilot)) is early
                for seconds in (1, 25):
                    await pass_time(room, pilot, seconds)
                assert "回电了" not in said(pilot)
                await pass_time(room, pilot, 9 * 60)
                assert (f"该给 {number}" in said(pilot)) is not early


async def test_the_days_figures_tell_who_was_diverted(room: Room) -> None:
    crowd(room)
    done(diversions.told(room.desk, GREETER, first(room), (Way.SELF_SERVICE, None), accepted=True))
    async with room.app(room.end_of_day).run_test() as pilot:
        await settled(pilot)
        assert "分流  提议 1  接受 1  不要 0（自助办理 1）" in shown(pilot)


@pytest.mark.parametrize("role", list(Role))
def test_everybody_on_the_floor_finds_both_places(room: Room, role: Role) -> None:
    from hallterm.domain.actor import Actor  # noqa: PLC0415 - only here
    from hallterm.domain.roles import FLOOR  # noqa: PLC0415 - only here

    session = Session(Actor("55", frozenset({role})), "某人", "s")
    offered = places_for(session, room.hall_work())
    assert ("diversions" in offered) == ("call_backs" in offered) == (role in FLOOR)


KEYS: dict[str, list[str]] = {
    "list": [],
    "ways": ["enter"],
    "words": ["enter", "4"],
    "promise": ["enter", "2", "1"],
    "declined": ["enter", "1", "2"],
}


@SIZES
@pytest.mark.parametrize("name", ["empty", *KEYS, "board", "calls", "call"])
def test_pictures(room: Room, snap_compare: Compare, name: str, size: tuple[int, int]) -> None:
    if name not in {"empty", "calls", "call"}:
        crowd(room)
        promised(room)
        thinking = room.hall_work().diversions.page().rows[2].ticket.ticket_id
        done(diversions.told(room.desk, GREETER, thinking, (Way.OTHER_HALL, "near")))
    if name in {"calls", "call"}:
        promised(room, minutes=5)
        for minutes in (9, 90):
            promised(room, minutes=minutes)
        ended = list(room.desk.hall.call_backs)[-1]
        done(room.hall_work().diversions.called(ended, CallOutcome.SETTLED))
        room.clock.advance(6 * 60)
    screens: dict[str, Callable[[Room], Screen[None]]] = {
        "board": board_screen,
        "calls": call_backs_screen,
        "call": call_backs_screen,
    }
    keys = ["enter"] if name == "call" else KEYS.get(name, [])

    async def run(pilot: Pilot[None]) -> None:
        await settled(pilot)
        await press(pilot, *keys)

    app = room.app(lambda: screens.get(name, diversions_screen)(room))
    assert snap_compare(app, terminal_size=size, run_before=run)
