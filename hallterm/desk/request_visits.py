"""What can't be done on the spot (约时间): the request keeps the time, the hall's books the rest.

A time at the hall is an appointment, one elsewhere a visit or delivery. Request and book change in
one transaction. A terminal that was cut off may still lose the slot when its home hears of it; then
the time stands in the request, and who booked it is told.
"""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from hallterm.desk.appointments import Booking, booked
from hallterm.desk.desk import Desk, Done
from hallterm.desk.errands import ErrandPlan, planned
from hallterm.domain.actor import Actor
from hallterm.domain.appointment.commands import BookAppointment, CancelAppointment
from hallterm.domain.appointment.events import AppointmentCancelled
from hallterm.domain.appointment.transitions import may as appointment_may
from hallterm.domain.appointment.words import CancelReason, Channel
from hallterm.domain.errand.commands import CancelErrand, PlanErrand
from hallterm.domain.errand.events import ErrandCancelled
from hallterm.domain.errand.transitions import may as errand_may
from hallterm.domain.errand.words import ErrandCancel, ErrandKind, ErrandNote
from hallterm.domain.note import Beside, Note
from hallterm.domain.refusal import Refusal
from hallterm.domain.request.commands import BookVisit
from hallterm.domain.request.state import Request
from hallterm.domain.request.words import VisitKind
from hallterm.domain.stream import Command, Event

WINDOW = timedelta(hours=2)
"""From the time that was agreed on, somebody comes within this."""
ADVICE = "consultation"
"""Business of a request that came with no ticket."""
_ERRANDS = {VisitKind.ON_SITE: ErrandKind.ON_SITE, VisitKind.DELIVERY: ErrandKind.DELIVERY}


def book_visit(
    desk: Desk, actor: Actor, request: Request, values: Mapping[str, Any], notes: tuple[Note, ...]
) -> Done | Refusal:
    """Agree a time, in place of one agreed before.

    values: visit, at, address and words as they were read; notes: those of the request.

    Raises:
        StoreFaultError: the store could not be written; nothing has changed.
    """
    made = _arranged(desk, request, values)
    if isinstance(made, Refusal):
        return made
    arranged, beside = made
    visit = BookVisit(
        request_id=request.id,
        visit=values["visit"],
        visit_at=values["at"],
        appointment_id=_id_of(arranged),
        note=values.get("words"),
    )
    steps: list[tuple[Command, tuple[Note, ...]]] = [(arranged, beside), (visit, notes)]
    if before := _before(desk, request):
        steps.insert(0, (before, ()))
    events: list[Event] = []
    with desk.transaction(actor) as transaction:
        for command, theirs in steps:
            answer = transaction.perform(command, Beside(notes=theirs))
            if isinstance(answer, Refusal):
                transaction.abandon()
                return answer
            events += answer
    return Done(tuple(events))


def _arranged(
    desk: Desk, request: Request, values: Mapping[str, Any]
) -> tuple[BookAppointment | PlanErrand, tuple[Note, ...]] | Refusal:
    business, kind = _business(desk, request), _ERRANDS.get(values["visit"])
    if kind is None:
        booking = Booking(
            request.person_id, business, values["at"], Channel.IN_HALL, origin=request.id
        )
        return booked(desk, booking)
    plan = ErrandPlan(
        kind=kind,
        person_id=request.person_id,
        business_id=business,
        begins=values["at"],
        ends=values["at"] + WINDOW,
        texts={ErrandNote.ADDRESS: values.get("address") or ""},
        origin=request.id,
    )
    return planned(desk, plan)


def _id_of(arranged: BookAppointment | PlanErrand) -> str:
    if isinstance(arranged, PlanErrand):
        return arranged.errand_id
    return arranged.appointment_id


def _business(desk: Desk, request: Request) -> str:
    """Return what it is about: what the customer came for, if that is known."""
    ticket = desk.hall.tickets.get(request.ticket_id or "")
    asked = [line.business_id for line in ticket.businesses] if ticket else []
    return next((one for one in asked if desk.rules.company.offers(one)), ADVICE)


def _before(desk: Desk, request: Request) -> Command | None:
    """Return what calls off the time that was agreed on before, if it still stands."""
    known = request.visit.appointment_id if request.visit else None
    appointment = desk.hall.appointments.get(known or "")
    if appointment and appointment_may(appointment.state, AppointmentCancelled):
        return CancelAppointment(appointment_id=appointment.id, reason=CancelReason.NOT_NEEDED)
    errand = desk.hall.errands.get(known or "")
    if errand and errand_may(errand.state, ErrandCancelled):
        return CancelErrand(errand_id=errand.id, reason=ErrandCancel.DONE_OTHERWISE)
    return None
