"""What `hallterm appointment` and `errand` say as JSON; docs/command-line.md lists the keys."""

from datetime import datetime

from hallterm.commands.shapes import Shape
from hallterm.desk.arrangement_views import AppointmentRow, ErrandRow, HappenedLine


def _moment(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")


def appointment(row: AppointmentRow) -> Shape:
    """Describe an appointment; the customer is masked."""
    return {
        "id": row.appointment_id,
        "day": row.day.isoformat(),
        "begins": _moment(row.begins),
        "ends": _moment(row.ends),
        "state": row.state.value,
        "kept": row.kept,
        "tier": row.tier.value,
        "grade": row.grade.value if row.grade else None,
        "customer": row.customer,
        "person_id": row.person_id,
        "business": row.business,
        "channel": row.channel.value,
        "ticket": row.ticket_id,
        "number": row.number or None,
        "cancelled_as": row.cancel_reason.value if row.cancel_reason else None,
        "origin": row.origin,
        "booked_by": row.booked_by.staff_id,
        "moves": [_move(line) for line in row.happened],
    }


def errand(row: ErrandRow) -> Shape:
    """Describe a visit or delivery; address, contact and remarks are left out."""
    return {
        "id": row.errand_id,
        "kind": row.kind.value,
        "state": row.state.value,
        "begins": _moment(row.begins),
        "ends": _moment(row.ends),
        "overdue": row.overdue,
        "customer": row.customer,
        "person_id": row.person_id,
        "business": row.business,
        "goes": row.goes.staff_id if row.goes else None,
        "calls": row.calls,
        "misses": row.misses,
        "left_note": row.left_note,
        "outcome": row.outcome.value if row.outcome else None,
        "cancelled_as": row.cancel_reason.value if row.cancel_reason else None,
        "origin": row.origin,
        "moves": [_move(line) for line in row.happened],
    }


def _move(line: HappenedLine) -> Shape:
    return {
        "event": line.event,
        "at": _moment(line.at),
        "staff": line.who.staff_id,
        "device": line.device,
        "detail": line.detail,
    }
