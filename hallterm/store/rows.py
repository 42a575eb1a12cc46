"""The rows in which the things of a hall are laid out for reading."""

from typing import Any

from pydantic import BaseModel

from hallterm.domain.appointment.state import Appointment
from hallterm.domain.call_back.state import CallBack
from hallterm.domain.checklist.events import ChecklistPublished
from hallterm.domain.checklist.state import ChecklistRun
from hallterm.domain.counter.state import CounterDuty
from hallterm.domain.disputes import Dispute
from hallterm.domain.errand.state import Errand
from hallterm.domain.frozen import Frozen
from hallterm.domain.hall import Hall
from hallterm.domain.numbering import Lease
from hallterm.domain.reception.state import Reception, Roster
from hallterm.domain.request.state import Request
from hallterm.domain.stream import StreamKind
from hallterm.domain.ticket.state import Ticket
from hallterm.store.log import to_ms


def ticket_row(ticket: Ticket) -> dict[str, Any]:
    """Return a ticket's row of the read table."""
    started = ticket.first_leg.started_at
    return {
        "id": ticket.id,
        "day": ticket.day.isoformat(),
        "number": ticket.number,
        "tier": ticket.tier.value,
        "state": ticket.state.value,
        "person_id": ticket.person_id,
        "counter_id": ticket.counter_id,
        "staff_id": ticket.staff_id,
        "shown_ms": to_ms(ticket.shown_at),
        "started_ms": to_ms(started) if started else None,
        "closed_ms": to_ms(ticket.closed_at) if ticket.closed_at else None,
        "document": _json(ticket),
    }


def _json(value: BaseModel) -> str:
    return value.model_dump_json(exclude_defaults=True)


def duty_row(duty: CounterDuty) -> dict[str, Any]:
    """Return a counter's row of the read table."""
    return {
        "counter_id": duty.counter_id,
        "staff_id": duty.staff_id,
        "document": _json(duty),
    }


def reception_row(reception: Reception) -> dict[str, Any]:
    """Return a reception's row of the read table."""
    return {
        "ticket_id": reception.ticket_id,
        "day": reception.day.isoformat(),
        "state": reception.state.value,
        "receiver": reception.first_receiver,
        "document": _json(reception),
    }


def run_row(run: ChecklistRun) -> dict[str, Any]:
    """Return the row of a checklist's run of the read table."""
    return {
        "id": run.id,
        "ticket_id": run.ticket_id,
        "template_id": run.template_id,
        "digest": run.digest,
        "day": run.day.isoformat(),
        "ended_day": run.ended_day.isoformat() if run.ended_day else None,
        "document": _json(run),
    }


def call_back_row(call_back: CallBack) -> dict[str, Any]:
    """Return a call-back's row of the read table."""
    return {
        "id": call_back.id,
        "ticket_id": call_back.ticket_id,
        "day": call_back.day.isoformat(),
        "state": call_back.state.value,
        "staff_id": call_back.staff_id,
        "due_ms": to_ms(call_back.due_at),
        "closed_day": call_back.closed_day.isoformat() if call_back.closed_day else None,
        "document": _json(call_back),
    }


def version_row(event: ChecklistPublished) -> dict[str, Any]:
    """Return the row of a checklist's version of the read table."""
    return {"digest": event.digest, "document": _json(event.template)}


def appointment_row(appointment: Appointment) -> dict[str, Any]:
    """Return an appointment's row of the read table."""
    return {
        "id": appointment.id,
        "day": appointment.day.isoformat(),
        "at_ms": to_ms(appointment.at),
        "state": appointment.state.value,
        "person_id": appointment.person_id,
        "ticket_id": appointment.ticket_id,
        "origin": appointment.origin,
        "ended_day": appointment.ended_day.isoformat() if appointment.ended_day else None,
        "document": _json(appointment),
    }


def errand_row(errand: Errand) -> dict[str, Any]:
    """Return an errand's row of the read table."""
    return {
        "id": errand.id,
        "begins_ms": to_ms(errand.begins),
        "state": errand.state.value,
        "person_id": errand.person_id,
        "goes": errand.goes,
        "origin": errand.origin,
        "ended_day": errand.ended_day.isoformat() if errand.ended_day else None,
        "document": _json(errand),
    }


def dispute_row(dispute: Dispute, stream: StreamKind = "hall") -> dict[str, Any]:
    """Return the row of a disputed report of the read table."""
    return {
        "id": dispute.id,
        "stream": stream,
        "matter_id": dispute.matter_id,
        "settled_day": dispute.settled_day.isoformat() if dispute.settled_day else None,
        "document": _json(dispute),
    }


class HallNumbers(Frozen):
    """The part of a hall that is neither a ticket nor a counter."""

    day: str | None
    last_day: str | None
    issued: dict[str, int]
    calls: int
    again_from: int = 0
    roster: Roster = Roster()
    leases: tuple[Lease, ...] = ()


def hall_row(stream: str, hall: Hall) -> dict[str, Any]:
    """Return the hall's row of the read table."""
    numbers = HallNumbers(
        day=hall.day.isoformat() if hall.day else None,
        last_day=hall.last_day.isoformat() if hall.last_day else None,
        issued=hall.issued,
        calls=hall.calls,
        again_from=hall.again_from,
        roster=hall.roster,
        leases=hall.leases,
    )
    return {"stream": stream, "document": numbers.model_dump_json()}


def request_row(request: Request, seq: int) -> dict[str, Any]:
    """Return a special request's row of the read table."""
    return {
        "id": request.id,
        "serial": request.serial,
        "number": request.number,
        "state": request.state.value,
        "person_id": request.person_id,
        "ticket_id": request.ticket_id,
        "holder_role": request.holder.role.value if request.holder else None,
        "holder_id": request.holder.staff_id if request.holder else None,
        "owner": request.owner,
        "opened_ms": to_ms(request.opened_at),
        "closed_ms": to_ms(request.closed_at) if request.closed_at else None,
        "seq": seq,
        "document": _json(request),
    }
