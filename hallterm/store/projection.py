"""Read tables: what the log says, laid out for reading. Only this file writes them."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import sqlalchemy as sa
from pydantic import BaseModel
from sqlalchemy.dialects.sqlite import insert

from hallterm.domain.appointment.state import Appointment
from hallterm.domain.call_back.state import CallBack
from hallterm.domain.checklist.events import ChecklistPublished
from hallterm.domain.checklist.state import ChecklistRun
from hallterm.domain.company import evolve as company_evolve
from hallterm.domain.company.events import CounterRetired
from hallterm.domain.company.state import Company
from hallterm.domain.counter.state import CounterDuty
from hallterm.domain.day import DayClosed, DayEvent, DayOpened
from hallterm.domain.disputes import Dispute
from hallterm.domain.errand.state import Errand
from hallterm.domain.frozen import Frozen
from hallterm.domain.hall import Hall
from hallterm.domain.numbering import Lease, NumbersLeased
from hallterm.domain.reception.events import RosterSet
from hallterm.domain.reception.state import Reception, Roster
from hallterm.domain.request.events import RequestEvent
from hallterm.domain.request.state import Request
from hallterm.domain.stream import Fact
from hallterm.domain.ticket.events import TicketCalled, TicketIssued
from hallterm.domain.ticket.state import Ticket
from hallterm.store.log import to_ms
from hallterm.store.tables import (
    AppointmentRecord,
    CallBackRecord,
    ChecklistRunRecord,
    ChecklistVersionRecord,
    CompanyRecord,
    DayRecord,
    DisputeRecord,
    DutyRecord,
    ErrandRecord,
    HallRecord,
    ReceptionRecord,
    RequestRecord,
    TicketRecord,
    table_of,
)


def _upsert(model: Any) -> Any:  # noqa: ANN401 - see table_of
    table = table_of(model)
    statement = insert(table)
    keys = [column.name for column in table.primary_key]
    rest = {c.name: statement.excluded[c.name] for c in table.columns if c.name not in keys}
    return statement.on_conflict_do_update(index_elements=keys, set_=rest)


_put_ticket = _upsert(TicketRecord)
_put_duty = _upsert(DutyRecord)
_put_hall = _upsert(HallRecord)
_put_day = _upsert(DayRecord)
_put_company = _upsert(CompanyRecord)
_put_reception = _upsert(ReceptionRecord)
_put_run = _upsert(ChecklistRunRecord)
_put_version = _upsert(ChecklistVersionRecord)
_put_call_back = _upsert(CallBackRecord)
_put_appointment = _upsert(AppointmentRecord)
_put_errand = _upsert(ErrandRecord)
_put_request = _upsert(RequestRecord)
_put_dispute = _upsert(DisputeRecord)
READ_TABLES = tuple(
    table_of(model)
    for model in (
        TicketRecord,
        DutyRecord,
        HallRecord,
        DayRecord,
        CompanyRecord,
        ReceptionRecord,
        ChecklistRunRecord,
        ChecklistVersionRecord,
        CallBackRecord,
        AppointmentRecord,
        ErrandRecord,
        RequestRecord,
        DisputeRecord,
    )
)


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


def dispute_row(dispute: Dispute) -> dict[str, Any]:
    """Return the row of a disputed report of the read table."""
    return {
        "id": dispute.id,
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
    roster: Roster = Roster()
    leases: tuple[Lease, ...] = ()


def hall_row(stream: str, hall: Hall) -> dict[str, Any]:
    """Return the hall's row of the read table."""
    numbers = HallNumbers(
        day=hall.day.isoformat() if hall.day else None,
        last_day=hall.last_day.isoformat() if hall.last_day else None,
        issued=hall.issued,
        calls=hall.calls,
        roster=hall.roster,
        leases=hall.leases,
    )
    return {"stream": stream, "document": numbers.model_dump_json()}


_HALL_NUMBERS = (TicketIssued, TicketCalled, DayEvent, RosterSet, NumbersLeased)
"""Events that change what stands in the hall's row."""


Keep = Callable[[sa.Connection, sa.Table, Sequence[Mapping[str, Any]]], None]
"""Told of rows before they are written, by their keys; see `store.pending`."""


def _put(
    connection: sa.Connection,
    statement: Any,  # noqa: ANN401 - see _upsert
    rows: list[dict[str, Any]],
    keep: Keep | None,
) -> None:
    if keep:
        keep(connection, statement.table, rows)
    connection.execute(statement, rows)


def fold_hall(
    connection: sa.Connection,
    stream: str,
    hall: Hall,
    facts: Sequence[Fact],
    keep: Keep | None = None,
) -> None:
    """Apply facts to a hall and bring the read tables along."""
    changed: dict[str, dict[str, Any]] = {}
    for fact in facts:
        hall.apply(fact)
        event = fact.event
        if isinstance(event, DayEvent):
            _project_day(connection, fact, keep)
        elif event.aggregate in _ROWS:
            thing = _ROWS[event.aggregate].thing(hall, event)
            changed.setdefault(event.aggregate, {})[event.aggregate_id] = thing
    for aggregate, things in changed.items():
        rows = _ROWS[aggregate]
        _put(connection, rows.put, [rows.row_of(thing) for thing in things.values()], keep)
    if any(isinstance(f.event, _HALL_NUMBERS) for f in facts):
        _put(connection, _put_hall, [hall_row(stream, hall)], keep)


class Rows(NamedTuple):
    """How the things of one aggregate become rows."""

    put: Any
    """Statement that writes a row."""
    row_of: Callable[[Any], dict[str, Any]]
    thing: Callable[[Hall, Any], object]
    """What an event happened to, as the hall has it now."""


_ROWS: Mapping[str, Rows] = {
    "ticket": Rows(_put_ticket, ticket_row, lambda hall, event: hall.tickets[event.ticket_id]),
    "counter": Rows(_put_duty, duty_row, lambda hall, event: hall.duty(event.counter_id)),
    "reception": Rows(
        _put_reception, reception_row, lambda hall, event: hall.receptions[event.ticket_id]
    ),
    "checklist": Rows(_put_run, run_row, lambda hall, event: hall.runs[event.run_id]),
    "checklist_version": Rows(_put_version, version_row, lambda _, event: event),
    "call_back": Rows(
        _put_call_back, call_back_row, lambda hall, event: hall.call_backs[event.call_back_id]
    ),
    "appointment": Rows(
        _put_appointment,
        appointment_row,
        lambda hall, event: hall.appointments[event.appointment_id],
    ),
    "errand": Rows(_put_errand, errand_row, lambda hall, event: hall.errands[event.errand_id]),
    "dispute": Rows(_put_dispute, dispute_row, lambda hall, event: hall.disputes[event.dispute_id]),
}
"""Aggregates of the hall's stream with a row for each thing."""


def _project_day(connection: sa.Connection, fact: Fact, keep: Keep | None) -> None:
    days = table_of(DayRecord)
    match fact.event:
        case DayOpened(day=day):
            row = {"day": day.isoformat(), "opened_ms": to_ms(fact.at), "closed_ms": None}
            _put(connection, _put_day, [row], keep)
        case DayClosed(day=day):
            if keep:
                keep(connection, days, [{"day": day.isoformat()}])
            closed = sa.update(days).where(days.c.day == day.isoformat())
            connection.execute(closed.values(closed_ms=to_ms(fact.at)))
        case _:
            pass


def fold_company(
    connection: sa.Connection, company: Company, facts: Iterable[Fact], keep: Keep | None = None
) -> None:
    """Apply facts to a company and bring the read table along."""
    for fact in facts:
        company_evolve.apply(company, fact)
        event = fact.event
        if isinstance(event, RequestEvent):
            _project_request(connection, company, fact, keep)
            continue
        if isinstance(event, CounterRetired):
            table = table_of(CompanyRecord)
            if keep:
                keep(connection, table, [{"kind": "counter", "id": event.counter_id}])
            gone = (table.c.kind == "counter") & (table.c.id == event.counter_id)
            connection.execute(sa.delete(table).where(gone))
        rows = company_rows(company, event.aggregate, event.aggregate_id)
        if rows:
            _put(connection, _put_company, rows, keep)


def _project_request(
    connection: sa.Connection, company: Company, fact: Fact, keep: Keep | None
) -> None:
    request = company.request(fact.event.aggregate_id)
    if request is not None:
        _put(connection, _put_request, [request_row(request, fact.seq)], keep)


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


class Offer(Frozen):
    """Businesses the hall does."""

    business_ids: tuple[str, ...] | None


def company_rows(company: Company, aggregate: str, aggregate_id: str) -> list[dict[str, Any]]:
    """Return the rows that an event of this aggregate may have changed."""
    if aggregate == "staff":
        member = company.staff[aggregate_id]
        return [{"kind": "staff", "id": aggregate_id, "document": member.model_dump_json()}]
    if aggregate != "configuration":
        return []
    offer = Offer(business_ids=company.offered)
    rows: list[dict[str, Any]] = [
        {"kind": "offer", "id": "hall", "document": offer.model_dump_json()}
    ]
    if company.dispatch:
        chosen = company.dispatch.model_dump_json()
        rows.append({"kind": "dispatch", "id": "hall", "document": chosen})
    if company.hall:
        profile = company.hall.model_dump_json()
        rows.append({"kind": "profile", "id": "hall", "document": profile})
    rows += [
        {"kind": "counter", "id": c.id, "document": c.model_dump_json()}
        for c in company.counters.values()
    ]
    rows += [
        {"kind": "office_key", "id": key.key_id, "document": key.model_dump_json()}
        for key in company.office_keys.values()
    ]
    return rows
