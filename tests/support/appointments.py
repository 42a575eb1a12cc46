"""Short ways to say what happens to appointments and errands of tests."""

from datetime import datetime, timedelta
from itertools import count
from typing import Any

from hallterm.desk import appointments
from hallterm.desk.appointments import Booking
from hallterm.desk.desk import Desk
from hallterm.desk.errands import ErrandPlan
from hallterm.desk.persons import record
from hallterm.desk.receptions import set_roster
from hallterm.domain.actor import Actor
from hallterm.domain.appointment import commands as cmd
from hallterm.domain.appointment.state import Appointment
from hallterm.domain.errand import commands as errand
from hallterm.domain.errand.state import Errand
from hallterm.domain.errand.words import ErrandKind, ErrandNote
from hallterm.domain.person.details import ConsentWay
from hallterm.domain.reception.commands import SetRoster
from hallterm.domain.refusal import Refusal
from hallterm.domain.ticket.state import BusinessLine, Ticket
from hallterm.domain.tiers import Grade, Tier
from tests.support.hall import done
from tests.support.rulebook import CLERK, COLLEAGUE, DUTY_MANAGER, GREETER, MORNING
from tests.support.scene import Scene

TEN = MORNING + timedelta(hours=1)
"""10:00 in the hall, an hour after the morning of the tests."""
BUSINESS = "replace_sim"
"""May be booked by phone (S0 §2.2.2.3)."""
_ids = count(1)


def booking_scene(*receivers: Actor) -> Scene:
    """Return the hall in the morning, with these on the roster; two without any."""
    scene = Scene()
    on_duty = tuple(actor.staff_id for actor in receivers or (GREETER, COLLEAGUE))
    scene.do(DUTY_MANAGER, SetRoster(receivers=on_duty))
    return scene


def booking(at: datetime = TEN, person_id: str = "p1", **more: Any) -> cmd.BookAppointment:  # noqa: ANN401 - fields
    """Return the command that books a gold VIP by phone."""
    fields: dict[str, Any] = {
        "appointment_id": f"a{next(_ids)}",
        "tier": Tier.VIP,
        "grade": Grade.GOLD,
        "business_id": BUSINESS,
        **more,
    }
    return cmd.BookAppointment(person_id=person_id, at=at, **fields)


def book(scene: Scene, at: datetime = TEN, person_id: str = "p1", **more: Any) -> str:  # noqa: ANN401
    """Book; return the appointment's id."""
    command = booking(at, person_id, **more)
    scene.do(CLERK, command)
    return command.appointment_id


def standing(scene: Scene, appointment_id: str) -> Appointment:
    """Return an appointment as it stands."""
    return scene.hall.appointments[appointment_id]


def arrive(scene: Scene, appointment_id: str) -> Ticket:
    """Let the customer of an appointment show the card now; return the ticket."""
    appointment = standing(scene, appointment_id)
    ticket_id = scene.take(
        appointment.tier,
        appointment.grade,
        person_id=appointment.person_id,
        appointment_id=appointment_id,
        businesses=(BusinessLine(business_id=appointment.business_id),),
    )
    return scene[ticket_id]


def planning(**more: Any) -> errand.PlanErrand:  # noqa: ANN401 - fields
    """Return the command that agrees on a visit between 14:00 and 16:00."""
    fields: dict[str, Any] = {
        "errand_id": f"e{next(_ids)}",
        "errand_kind": ErrandKind.ON_SITE,
        "person_id": "p1",
        "business_id": "open_account",
        "begins": MORNING + timedelta(hours=5),
        "ends": MORNING + timedelta(hours=7),
        **more,
    }
    return errand.PlanErrand(**fields)


def plan(scene: Scene, **more: Any) -> str:  # noqa: ANN401 - fields
    """Agree on a visit; return its id."""
    command = planning(**more)
    scene.do(CLERK, command)
    return command.errand_id


def errand_of(scene: Scene, errand_id: str) -> Errand:
    """Return an errand as it stands."""
    return scene.hall.errands[errand_id]


def member(desk: Desk, name: str = "张伟", phone: str = "13800130001") -> str:
    """Enter a gold member of the club; return the person's id."""
    typed = {"name": name, "phone": phone, "tier": "vip", "grade": "gold"}
    view = record(desk, DUTY_MANAGER, typed, ConsentWay.SPOKEN)
    assert not isinstance(view, Refusal), view
    return view.person_id


def on_duty(desk: Desk, *receivers: Actor) -> None:
    """Let these receive; two without any."""
    ids = [actor.staff_id for actor in receivers or (GREETER, COLLEAGUE)]
    done(set_roster(desk, DUTY_MANAGER, ids))


def appointed(desk: Desk, person_id: str, at: datetime = TEN, **more: Any) -> str:  # noqa: ANN401
    """Book through the desk; return the appointment's id."""
    result = done(appointments.book(desk, CLERK, Booking(person_id, BUSINESS, at, **more)))
    (event,) = result.events
    return event.aggregate_id


def agreed(person_id: str, **more: Any) -> ErrandPlan:  # noqa: ANN401 - fields
    """Return a visit that was agreed on, with address and contact."""
    fields: dict[str, Any] = {
        "kind": ErrandKind.ON_SITE,
        "business_id": "open_account",
        "begins": MORNING + timedelta(hours=5),
        "ends": MORNING + timedelta(hours=7),
        "texts": {
            ErrandNote.ADDRESS: "建设路 12 号 3 单元 [401]",
            ErrandNote.CONTACT: "王师傅",
            ErrandNote.PHONE: "138-0013-0002",
            ErrandNote.BRING: "SIM 卡、受理单",
        },
        **more,
    }
    return ErrandPlan(person_id=person_id, **fields)
