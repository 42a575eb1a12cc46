"""Which slots there are, who may have them, and that nobody is booked twice."""

import itertools
from dataclasses import replace
from datetime import date, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from hallterm.domain.actor import Circumstances
from hallterm.domain.appointment import commands as cmd
from hallterm.domain.appointment.events import AppointmentBooked
from hallterm.domain.appointment.words import AppointmentState, CancelReason, Channel
from hallterm.domain.company.commands import RetireStaff, SetHours
from hallterm.domain.decide import decide
from hallterm.domain.decisions.slots import begins_on, day_of, places, slots_of
from hallterm.domain.reception.commands import SetRoster
from hallterm.domain.refusal import Refusal
from hallterm.domain.ticket.words import UndoReason
from hallterm.domain.tiers import Grade, Tier
from tests.support.appointments import BUSINESS, TEN, book, booking, booking_scene, standing
from tests.support.rulebook import (
    ADMINISTRATOR,
    CLERK,
    COLLEAGUE,
    DUTY_MANAGER,
    GREETER,
    MORNING,
    PROFILE,
    STORE_MANAGER,
)
from tests.support.scene import Scene

DAY = MORNING.date()


def test_the_slots_fill_the_opening_hours() -> None:
    scene = booking_scene()
    begins = list(begins_on(DAY, scene.rules))
    local = [moment.astimezone(ZoneInfo(PROFILE.timezone)).time() for moment in begins]
    assert (local[0], len(local)) == (PROFILE.opens, 19)
    assert (begins[-1] + timedelta(minutes=30)).astimezone(
        ZoneInfo(PROFILE.timezone)
    ).time() == PROFILE.closes


def test_a_hall_open_around_the_clock_offers_only_what_can_be_booked() -> None:
    scene = booking_scene()
    hours = SetHours(opens=time(0), closes=time(23, 59))
    scene.do(ADMINISTRATOR, hours)
    day = MORNING.date() + timedelta(days=1)
    begins = [slot.begins for slot in slots_of(scene.hall, scene.rules, day, Tier.VIP)]
    assert day_of(begins[0], PROFILE) == day_of(begins[-1], PROFILE) == day
    assert begins[0].astimezone(ZoneInfo(PROFILE.timezone)).time() == time(3)
    book(scene, begins[0])
    book(scene, begins[-1], "p2")


def test_a_day_on_which_the_clocks_change_has_whole_slots() -> None:
    scene = booking_scene()
    hall = scene.company.hall
    assert hall is not None
    scene.company.hall = hall.model_copy(update={"timezone": "Europe/Berlin"})
    for day in (date(2026, 3, 28), date(2026, 3, 29), date(2026, 10, 25)):
        begins = list(begins_on(day, scene.rules))
        steps = {later - earlier for earlier, later in itertools.pairwise(begins)}
        assert steps == {timedelta(minutes=30)}
        assert begins[0].astimezone(ZoneInfo("Europe/Berlin")).time() == PROFILE.opens
        assert len(set(begins)) == len(begins) == 19


def test_a_vip_needs_a_room_and_a_receiver() -> None:
    scene = booking_scene(GREETER)
    assert places(scene.hall, scene.rules, Tier.VIP) == 1
    scene.do(DUTY_MANAGER, SetRoster(receivers=()))
    assert places(scene.hall, scene.rules, Tier.VIP) == 1, "the duty manager receives"
    for gone in (DUTY_MANAGER, STORE_MANAGER):
        scene.do(ADMINISTRATOR, RetireStaff(staff_id=gone.staff_id))
    assert places(scene.hall, scene.rules, Tier.VIP) == 0
    assert scene.refused(CLERK, booking()) == "no_places"


def test_a_share_of_the_other_counters_is_for_the_others() -> None:
    scene = booking_scene()
    assert places(scene.hall, scene.rules, Tier.STANDARD) == 2
    for person in ("p1", "p2"):
        book(scene, person_id=person, tier=Tier.GOTONE, grade=None, channel=Channel.IN_HALL)
    third = booking(person_id="p3", tier=Tier.STANDARD, grade=None, channel=Channel.IN_HALL)
    assert scene.refused(CLERK, third) == "slot_full"
    book(scene, person_id="p4")


def test_a_full_slot_is_refused_with_its_time_and_a_cancelled_one_is_free_again() -> None:
    scene = booking_scene()
    first = book(scene)
    answer = scene.answer(COLLEAGUE, booking(person_id="p2"))
    assert isinstance(answer, Refusal)
    assert (answer.code, answer.args["at"]) == ("slot_full", "2026-03-02T10:00:00+08:00")
    slots = slots_of(scene.hall, scene.rules, DAY, Tier.VIP)
    assert {slot.begins: slot.free for slot in slots}[TEN] == 0
    scene.do(CLERK, cmd.CancelAppointment(appointment_id=first, reason=CancelReason.CUSTOMER))
    second = book(scene, person_id="p2")
    undo = cmd.UndoAppointment(appointment_id=first, reason=UndoReason.WRONG_KEY)
    assert scene.refused(CLERK, undo) == "slot_full"
    assert standing(scene, second).state is AppointmentState.BOOKED


def test_a_long_business_takes_up_several_slots() -> None:
    scene = booking_scene()
    business = scene.rules.businesses[BUSINESS].model_copy(update={"minutes": 40.0})
    rules = replace(scene.rules, businesses={**scene.rules.businesses, BUSINESS: business})
    where = Circumstances(CLERK, scene.now, "test")
    answer = decide(scene.hall, booking(), where, rules)
    assert not isinstance(answer, Refusal)
    (event,) = answer
    assert isinstance(event, AppointmentBooked)
    assert event.until - event.at == timedelta(hours=1)
    book(scene, TEN + timedelta(minutes=30), "p2")
    clash = decide(scene.hall, booking(), where, rules)
    assert isinstance(clash, Refusal)
    assert clash.code == "slot_full"


def test_one_person_is_at_one_place_at_a_time() -> None:
    scene = booking_scene()
    book(scene, tier=Tier.GOTONE, grade=None, channel=Channel.IN_HALL)
    assert scene.refused(CLERK, booking()) == "already_booked"
    book(scene, TEN + timedelta(minutes=30))


@pytest.mark.parametrize(
    ("at", "code"),
    [
        (MORNING, "slot_past"),
        (MORNING - timedelta(days=1), "slot_past"),
        (TEN + timedelta(minutes=5), "slot_outside"),
        (TEN + timedelta(hours=10), "slot_outside"),
        (TEN + timedelta(days=15), "slot_too_far"),
    ],
)
def test_only_slots_of_the_coming_days_can_be_had(at: object, code: str) -> None:
    scene = booking_scene()
    assert scene.refused(CLERK, booking().model_copy(update={"at": at})) == code
    book(scene, TEN + timedelta(days=14))


def test_by_phone_vips_book_what_may_be_booked_so() -> None:
    scene = booking_scene()
    for tier in (Tier.GOTONE, Tier.STANDARD):
        assert scene.refused(CLERK, booking(tier=tier, grade=None)) == "tier_not_by_phone"
    assert scene.refused(CLERK, booking(business_id="payment")) == "not_bookable"
    book(scene, business_id="payment", channel=Channel.IN_HALL)
    assert scene.refused(CLERK, booking(business_id="nothing")) == "unknown_business"
    assert scene.refused(CLERK, booking(grade=None)) == "grade_missing"
    assert scene.refused(CLERK, booking(tier=Tier.GOTONE)) == "grade_without_vip"


def test_moving_frees_the_slot_and_keeps_the_person() -> None:
    scene = booking_scene()
    mine = book(scene)
    later = TEN + timedelta(minutes=30)
    move = cmd.ChangeAppointment(appointment_id=mine, at=later, business_id=BUSINESS)
    scene.do(CLERK, move)
    assert scene.do(CLERK, move) == ()
    book(scene, person_id="p2")
    undo = cmd.UndoAppointment(appointment_id=mine, reason=UndoReason.WRONG_KEY)
    assert scene.refused(CLERK, undo) == "slot_full"
    assert standing(scene, mine).at == later


def test_moving_within_its_own_slot_is_not_full_of_itself() -> None:
    scene = booking_scene()
    mine = book(scene)
    other = cmd.ChangeAppointment(appointment_id=mine, at=TEN, business_id="transfer_ownership")
    scene.do(CLERK, other)
    assert standing(scene, mine).business_id == "transfer_ownership"


def test_shorter_hours_leave_what_was_booked_standing() -> None:
    scene = booking_scene()
    mine = book(scene)
    opens = PROFILE.opens.replace(hour=11)
    scene.do(ADMINISTRATOR, SetHours(opens=opens, closes=PROFILE.closes))
    assert standing(scene, mine).state is AppointmentState.BOOKED
    assert scene.refused(CLERK, booking(person_id="p2")) == "slot_outside"


def test_the_same_appointment_is_not_booked_twice(scene: Scene) -> None:
    command = booking(grade=Grade.SILVER)
    scene.do(CLERK, command)
    assert scene.refused(CLERK, command) == "appointment_exists"


def test_what_is_no_appointment_is_refused(scene: Scene) -> None:
    for command in (
        cmd.ChangeAppointment(appointment_id="x", at=TEN, business_id=BUSINESS),
        cmd.NoteLate(appointment_id="x"),
        cmd.MissAppointment(appointment_id="x"),
        cmd.CancelAppointment(appointment_id="x", reason=CancelReason.HALL),
        cmd.UndoAppointment(appointment_id="x", reason=UndoReason.OTHER),
    ):
        assert scene.refused(CLERK, command) == "unknown_appointment"
