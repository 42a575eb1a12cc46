"""The hall of `desk_room` with appointments of today, visits and deliveries."""

from datetime import timedelta

from hallterm.desk import appointments, errands, receptions
from hallterm.desk.appointments import Booking
from hallterm.desk.errands import ErrandPlan
from hallterm.domain.appointment.words import CancelReason, Channel
from hallterm.domain.company.commands import DefineCounter
from hallterm.domain.counter.state import CounterKind, CounterSetup
from hallterm.domain.errand.words import AheadOutcome, ErrandCancel, ErrandKind, ErrandNote
from hallterm.domain.tiers import Tier
from hallterm.screens.appointments import AppointmentsScreen
from hallterm.screens.errands import ErrandsScreen
from tests.screens.desk_room import Room
from tests.support.appointments import BUSINESS, TEN
from tests.support.hall import done
from tests.support.rulebook import ADMINISTRATOR, CLERK, COLLEAGUE, DUTY_MANAGER, GREETER, MORNING

HALF_HOUR = timedelta(minutes=30)
SECOND_ROOM = CounterSetup(
    id="c9",
    number=9,
    name="贵宾室二",
    kind=CounterKind.VIP_ROOM,
    tiers=(Tier.VIP,),
    serves_others=False,
)


def on_duty(room: Room) -> None:
    """Two receive."""
    ids = (GREETER.staff_id, COLLEAGUE.staff_id)
    done(receptions.set_roster(room.desk, DUTY_MANAGER, ids))


def booked(room: Room, name: str, half_hours: float, remark: str = "") -> str:
    """Book by phone, so many half hours from ten o'clock; answers with the id."""
    at = TEN + half_hours * HALF_HOUR
    channel = Channel.PHONE if name in ("张伟", "单雄信") else Channel.IN_HALL
    booking = Booking(room.ids[name], BUSINESS, at, channel, remark)
    return done(appointments.book(room.desk, CLERK, booking)).events[0].aggregate_id


def a_day(room: Room) -> None:
    """Ten past eleven: one came, one is late, one did not come, one was cancelled, others come."""
    on_duty(room)
    came = booked(room, "张伟", 0, "要开 [发票]")
    gone = booked(room, "王芳", 0)
    booked(room, "李小红", 1)
    missed = booked(room, "[/b]𠮷田 😀", 1)
    booked(room, "单雄信", 2, "带两个孩子")
    booked(room, "宏达商贸有限公司", 8)
    booked(room, "张伟", 4)
    done(appointments.cancel(room.desk, CLERK, gone, CancelReason.HALL))
    room.clock.advance((TEN - room.clock.now()).total_seconds() - 300)
    appointments.arrive(room.desk, GREETER, came)
    room.clock.advance((TEN + 2.4 * HALF_HOUR - room.clock.now()).total_seconds())
    appointments.note_late_due(room.desk)
    done(appointments.miss(room.desk, CLERK, missed))


def overbooked(room: Room) -> None:
    """Two VIPs are expected at two o'clock, and one of the two receivers has gone home."""
    done(room.desk.act(ADMINISTRATOR, DefineCounter(counter=SECOND_ROOM)))
    on_duty(room)
    booked(room, "张伟", 8)
    booked(room, "单雄信", 8)
    booked(room, "李小红", 8)
    done(receptions.set_roster(room.desk, DUTY_MANAGER, [GREETER.staff_id]))


def appointments_screen(room: Room) -> AppointmentsScreen:
    return AppointmentsScreen(room.hall_work().arrangements)


def errands_screen(room: Room) -> ErrandsScreen:
    return ErrandsScreen(room.hall_work().arrangements)


def visits(room: Room) -> None:
    """One is planned, one expects somebody, one is on the way, nobody met at one, one cancelled."""

    def agreed(name: str, kind: ErrandKind, hours: float, address: str) -> str:
        begins = MORNING + timedelta(hours=hours)
        texts = {ErrandNote.ADDRESS: address, ErrandNote.BRING: "SIM 卡、受理单"}
        if name == "张伟":
            texts |= {ErrandNote.CONTACT: "[王] 师傅", ErrandNote.PHONE: "13900139000"}
        person, ends = room.ids[name], begins + timedelta(hours=2)
        plan = ErrandPlan(kind, person, "open_account", begins, ends, texts)
        return done(errands.plan(room.desk, CLERK, plan)).events[0].aggregate_id

    desk = room.desk
    called = agreed("张伟", ErrandKind.ON_SITE, 3, "建设路 12 号 3 单元 401")
    agreed("李小红", ErrandKind.DELIVERY, 29, "人民路 8 号")
    away = agreed("单雄信", ErrandKind.ON_SITE, 1, "解放路 1 号")
    nobody = agreed("王芳", ErrandKind.DELIVERY, 0.5, "和平里 7 号")
    gone = agreed("宏达商贸有限公司", ErrandKind.ON_SITE, 6, "开发区 2 号楼")
    for one in (called, away, nobody):
        done(errands.call_ahead(desk, CLERK, one, AheadOutcome.AGREED))
    done(errands.depart(desk, COLLEAGUE, away))
    done(errands.depart(desk, COLLEAGUE, nobody))
    done(errands.miss(desk, COLLEAGUE, nobody, left_note=True))
    done(errands.call_ahead(desk, GREETER, called, AheadOutcome.NO_ANSWER))
    done(errands.cancel(desk, CLERK, gone, ErrandCancel.CUSTOMER))
    room.clock.advance(3 * 3600)
