"""Working with appointments, visits and deliveries by keys."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import date
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.screen import Screen

from hallterm.clock import ManualClock
from hallterm.desk import appointments, calling, receptions
from hallterm.domain.appointment.words import AppointmentState, Channel
from hallterm.domain.errand.words import ErrandKind, ErrandNote, ErrandState
from hallterm.domain.ticket.commands import StartService
from hallterm.domain.tiers import Tier
from hallterm.screens.appointments import AppointmentsScreen
from hallterm.screens.counter import CounterScreen
from hallterm.screens.customer import CustomerScreen
from hallterm.screens.errand_form import clock_of, day_of
from hallterm.screens.slot_picker import SlotPicker
from hallterm.screens.widgets.news import News
from tests.screens.arrangement_room import (
    a_day,
    appointments_screen,
    booked,
    errands_screen,
    on_duty,
    visits,
)
from tests.screens.desk_room import Room, opened_room, press, settled
from tests.screens.reception_room import reception, vip
from tests.support.hall import done, sit
from tests.support.rulebook import CLERK, GREETER


@pytest.fixture
def room(store: Path, clock: ManualClock) -> Iterator[Room]:
    with opened_room(store, clock, CLERK) as opened:
        opened.people()
        yield opened


@asynccontextmanager
async def shown(room: Room, first: Screen[None]) -> AsyncIterator[Pilot[None]]:
    app = room.app(lambda: first)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        yield pilot


async def typed(pilot: Pilot[None], *keys: str) -> None:
    for key in keys:
        await press(pilot, key)


def news(pilot: Pilot[None]) -> str:
    return pilot.app.screen.query_one(News).text


def only(room: Room, state: AppointmentState) -> str:
    room.desk.refresh()
    (one,) = [a.id for a in room.desk.hall.appointments.values() if a.state is state]
    return one


async def test_booked_by_keypad_and_f_keys_only(room: Room) -> None:
    on_duty(room)
    async with shown(room, appointments_screen(room)) as pilot:
        await typed(pilot, "f2", *"13800131234", "enter", "1", "3", "1", "4", "enter", "f9")
        assert "已预约：03-02 14:00" in news(pilot)
    one = room.desk.hall.appointments[only(room, AppointmentState.BOOKED)]
    assert (one.person_id, one.channel) == (room.ids["张伟"], Channel.PHONE)


async def test_who_may_not_book_by_phone_is_booked_in_the_hall(room: Room) -> None:
    on_duty(room)
    async with shown(room, appointments_screen(room)) as pilot:
        await typed(pilot, "f2", *"15012349999", "enter", "2", "enter", "enter")
    one = room.desk.hall.appointments[only(room, AppointmentState.BOOKED)]
    assert (one.channel, one.business_id) == (Channel.IN_HALL, "payment")


@pytest.mark.parametrize("steps", range(1, 5))
async def test_every_question_can_be_backed_out_of(room: Room, steps: int) -> None:
    on_duty(room)
    questions = ["f2", *"13800131234", "enter", "1", "3", "enter"]
    begun = {1: 1, 2: 13, 3: 14, 4: 15}[steps]
    async with shown(room, appointments_screen(room)) as pilot:
        await typed(pilot, *questions[:begun], *["escape"] * 4)
        assert isinstance(pilot.app.screen, AppointmentsScreen)
    assert room.desk.hall.appointments == {}


async def test_a_slot_that_somebody_took_meanwhile_is_told_and_another_one_chosen(
    room: Room,
) -> None:
    on_duty(room)
    async with shown(room, appointments_screen(room)) as pilot:
        await typed(pilot, "f2", *"13800131234", "enter", "1", "3", "1", "0", "enter")
        booked(room, "单雄信", 0)
        await typed(pilot, "f9")
        assert "10:00 已经约满" in news(pilot)
        await typed(pilot, "escape")
        assert isinstance(pilot.app.screen, SlotPicker)
        await typed(pilot, "1", "0", "enter")
        assert news(pilot) == "这个时段已经约满。"
        await typed(pilot, "down", "enter", "f9")
        assert "已预约：03-02 10:30" in news(pilot)


async def test_the_picker_turns_to_other_days_and_no_further(room: Room) -> None:
    on_duty(room)
    async with shown(room, appointments_screen(room)) as pilot:
        await typed(pilot, "f2", *"13800131234", "enter", "1", "3", "f5")
        assert "只能约今天到 03-16" in news(pilot)
        await typed(pilot, *["f6"] * 14, "f6")
        assert "只能约今天到 03-16" in news(pilot)
        await typed(pilot, "enter", "f9")
    assert f"{room.desk.hall.appointments[only(room, AppointmentState.BOOKED)].day}" == "2026-03-16"


async def test_an_arrival_is_one_key_and_prints_its_slip(room: Room) -> None:
    on_duty(room)
    mine = booked(room, "张伟", 0)
    room.clock.advance(50 * 60)
    async with shown(room, appointments_screen(room)) as pilot:
        await typed(pilot, "f3")
        assert news(pilot) == "已取号 V001，按约定时间 10:00 起算。"
    assert room.desk.hall.appointments[mine].state is AppointmentState.ARRIVED
    assert [issued.ticket.number for issued in room.slips] == ["V001"]


async def test_who_comes_long_before_the_time_is_asked_and_an_arrival_is_taken_back(
    room: Room,
) -> None:
    on_duty(room)
    mine = booked(room, "张伟", 0)
    async with shown(room, appointments_screen(room)) as pilot:
        await typed(pilot, "f3", "2")
        assert room.desk.hall.appointments[mine].state is AppointmentState.BOOKED
        await typed(pilot, "f3", "1")
        assert "从现在起算" in news(pilot)
        await typed(pilot, "f8", "1")
        assert "已撤销：到厅取号" in news(pilot)
        await typed(pilot, "f10")
        assert isinstance(pilot.app.screen, CustomerScreen)
    assert room.desk.hall.appointments[mine].state is AppointmentState.BOOKED


async def test_late_missed_and_taken_back(room: Room) -> None:
    a_day(room)
    async with shown(room, appointments_screen(room)) as pilot:
        await typed(pilot, "1", "1", "f7")
        assert news(pilot).startswith("记为爽约")
        await typed(pilot, "f8", "1")
        assert "已撤销：记为爽约" in news(pilot)
        await typed(pilot, "1", "4", "f7")
        assert news(pilot) == "还没过约定时间，客户还可能准时到。"
        await typed(pilot, "f4", "1", "5", "enter")
        assert "已改到 03-02 15:00" in news(pilot)
        await typed(pilot, "f11", "1")
        assert "已取消" in news(pilot)
        await typed(pilot, "f6", "f3")
        assert news(pilot) == "先把光标移到一个预约上。"


async def test_what_another_terminal_books_comes_into_the_list(room: Room) -> None:
    on_duty(room)
    first = appointments_screen(room)
    async with shown(room, first) as pilot:
        day = room.twin.business_day(room.clock.now())
        slots = appointments.slots(room.twin, day, Tier.VIP)
        free = next(slot for slot in slots if slot.open)
        booking = appointments.Booking(room.ids["张伟"], "replace_sim", free.at)
        done(appointments.book(room.twin, GREETER, booking))
        first.reload()
        await settled(pilot)
        assert first.state.row is not None
        assert first.state.row.person_id == room.ids["张伟"]


async def test_a_visit_is_agreed_on_and_done_by_keys(room: Room) -> None:
    async with shown(room, errands_screen(room)) as pilot:
        await typed(pilot, "f2", *"13800131234", "enter", "1", "enter", "1", "enter", *"0303")
        await typed(pilot, "enter", *"1400", "enter", *"1600", "enter", *"8-401", "f9")
        assert "已约 03-03 14:00-16:00  8-401" in news(pilot)
        await typed(pilot, "f4")
        assert news(pilot) == "先按 F3 给客户打电话，再出发。"
        await typed(pilot, "f3", "1", "f4", "f5", "1")
        assert news(pilot).startswith("记为未遇")
        await typed(pilot, "f6", *"0304", "f9", "f9")
        await typed(pilot, "f7", "2", "f3", "2", "f4", "f9", "1")
        assert "办结：办妥" in news(pilot)
        await typed(pilot, "f8", "1")
        assert "已撤销：办结" in news(pilot)
    (one,) = room.desk.hall.errands.values()
    assert (one.state, one.misses, one.errand_kind) == (
        ErrandState.UNDERWAY,
        1,
        ErrandKind.ON_SITE,
    )


async def test_a_visit_without_address_or_with_a_wrong_time_is_not_agreed_on(room: Room) -> None:
    async with shown(room, errands_screen(room)) as pilot:
        await typed(pilot, "f2", *"13800131234", "enter", "1", "enter", "enter", "enter")
        await typed(pilot, *"9999", "f9")
        assert "写成 1430 这样的时刻" in news(pilot)
        await typed(pilot, *["backspace"] * 4, *"1000", "f9", "f9")
        assert "地址不能空" in news(pilot)
        await typed(pilot, *"8", "down", "down", *"12", "f9")
        assert "手机号码不对" in news(pilot)
    assert room.desk.hall.errands == {}


async def test_called_off(room: Room) -> None:
    visits(room)
    async with shown(room, errands_screen(room)) as pilot:
        await typed(pilot, "4", "f11", "1")
        assert "已取消" in news(pilot)
        await typed(pilot, "f3")
        assert news(pilot) == "这张单子现在是「取消」。"


async def test_the_ticket_desk_takes_the_appointment_or_leaves_it(room: Room) -> None:
    on_duty(room)
    mine = booked(room, "张伟", 0)
    async with shown(room, room.tickets_screen()) as pilot:
        await typed(pilot, *"13800131234", "enter", "escape", "enter", "2", *"02", "enter")
        assert "已取号 V001" in news(pilot)
    assert room.desk.hall.appointments[mine].state is AppointmentState.BOOKED
    assert room.slips[0].ticket.appointment_id is None


async def test_the_ticket_desk_recognises_who_comes_for_an_appointment(room: Room) -> None:
    on_duty(room)
    mine = booked(room, "张伟", 0)
    room.clock.advance(50 * 60)
    async with shown(room, room.tickets_screen()) as pilot:
        await typed(pilot, *"13800131234", "enter", "1", "enter")
    assert room.desk.hall.appointments[mine].state is AppointmentState.ARRIVED
    assert room.slips[0].ticket.appointed_at is not None


@pytest.mark.parametrize(("digit", "kind"), [("1", ErrandKind.ON_SITE), ("2", ErrandKind.DELIVERY)])
async def test_what_the_hall_cannot_do_is_done_at_the_customers_place(
    room: Room, digit: str, kind: ErrandKind
) -> None:
    sit(room.desk)
    served_vip(room)
    async with shown(room, CounterScreen(room.hall_work().hall)) as pilot:
        await typed(pilot, OTHERWISE, "3", digit)
        await typed(pilot, "f9", *"8-401", "f9")
    (one,) = room.desk.hall.errands.values()
    (ticket,) = room.desk.hall.tickets.values()
    assert (one.errand_kind, one.origin, one.person_id) == (kind, ticket.id, room.ids["张伟"])
    assert one.note_id(ErrandNote.ADDRESS)


async def test_or_at_another_time(room: Room) -> None:
    on_duty(room)
    sit(room.desk)
    served_vip(room)
    async with shown(room, CounterScreen(room.hall_work().hall)) as pilot:
        await typed(pilot, OTHERWISE, "3", "3", "2", "enter", "f9")
    one = room.desk.hall.appointments[only(room, AppointmentState.BOOKED)]
    (ticket,) = room.desk.hall.tickets.values()
    assert (one.origin, one.channel) == (ticket.id, Channel.IN_HALL)


async def test_the_next_visit_is_booked_from_the_reception(room: Room) -> None:
    on_duty(room)
    guest = vip(room)
    done(receptions.accept(room.desk, CLERK, guest))
    async with shown(room, reception(room, guest)) as pilot:
        await typed(pilot, "f12", *"yxc", "enter")
        await typed(pilot, "2", "enter", "f9")
        assert "已预约：03-02 09:30" in news(pilot)
    one = room.desk.hall.appointments[only(room, AppointmentState.BOOKED)]
    assert (one.origin, one.person_id, one.channel) == (guest, room.ids["张伟"], Channel.IN_HALL)


OTHERWISE = "ctrl+o"
"""The counter's key for a matter that was not done."""


def served_vip(room: Room) -> None:
    """Let the VIP be served at the clerk's counter."""
    guest = vip(room)
    done(calling.call_next(room.desk, CLERK))
    done(room.desk.act(CLERK, StartService(ticket_id=guest)))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("1231", date(2026, 12, 31)),
        ("0101", date(2027, 1, 1)),
        ("0229", None),
        ("1301", None),
        ("231", None),
        ("²²²²", None),
    ],
)
def test_a_day_as_people_type_it(text: str, day: date | None) -> None:
    assert day_of(text, date(2026, 12, 31)) == day


@pytest.mark.parametrize(
    ("text", "clock"),
    [
        ("1430", (14, 30)),
        ("930", (9, 30)),
        ("14:30", (14, 30)),
        ("14：30", (14, 30)),
        ("2400", None),
        ("1260", None),
        ("9", None),
        ("", None),
        ("十点", None),
        ("²³⁴", None),
    ],
)
def test_a_time_as_people_type_it(text: str, clock: tuple[int, int] | None) -> None:
    assert clock_of(text) == clock
