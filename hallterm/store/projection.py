"""Read tables: what the log says, laid out for reading. Only this file writes them."""

from collections.abc import Iterable, Sequence
from typing import Any

import sqlalchemy as sa
from pydantic import BaseModel
from sqlalchemy.dialects.sqlite import insert

from hallterm.domain.company import evolve as company_evolve
from hallterm.domain.company.events import CounterRetired
from hallterm.domain.company.state import Company
from hallterm.domain.counter.events import CounterEvent
from hallterm.domain.counter.state import CounterDuty
from hallterm.domain.day import DayClosed, DayEvent, DayOpened
from hallterm.domain.frozen import Frozen
from hallterm.domain.hall import Hall
from hallterm.domain.stream import Fact
from hallterm.domain.ticket.events import TicketCalled, TicketEvent, TicketIssued
from hallterm.domain.ticket.state import Ticket
from hallterm.store.log import to_ms
from hallterm.store.tables import (
    CompanyRecord,
    DayRecord,
    DutyRecord,
    HallRecord,
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
READ_TABLES = tuple(
    table_of(model) for model in (TicketRecord, DutyRecord, HallRecord, DayRecord, CompanyRecord)
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


class HallNumbers(Frozen):
    """The part of a hall that is neither a ticket nor a counter."""

    day: str | None
    last_day: str | None
    issued: dict[str, int]
    calls: int


def hall_row(stream: str, hall: Hall) -> dict[str, Any]:
    """Return the hall's row of the read table."""
    numbers = HallNumbers(
        day=hall.day.isoformat() if hall.day else None,
        last_day=hall.last_day.isoformat() if hall.last_day else None,
        issued=hall.issued,
        calls=hall.calls,
    )
    return {"stream": stream, "document": numbers.model_dump_json()}


def fold_hall(connection: sa.Connection, stream: str, hall: Hall, facts: Sequence[Fact]) -> None:
    """Apply facts to a hall and bring the read tables along."""
    tickets: dict[str, Ticket] = {}
    duties: dict[str, CounterDuty] = {}
    for fact in facts:
        hall.apply(fact)
        match fact.event:
            case TicketEvent(ticket_id=ticket_id):
                tickets[ticket_id] = hall.tickets[ticket_id]
            case CounterEvent(counter_id=counter_id):
                duties[counter_id] = hall.duty(counter_id)
            case DayEvent():
                _project_day(connection, fact)
            case _:
                pass
    if tickets:
        connection.execute(_put_ticket, [ticket_row(t) for t in tickets.values()])
    if duties:
        connection.execute(_put_duty, [duty_row(d) for d in duties.values()])
    if any(isinstance(f.event, TicketIssued | TicketCalled | DayEvent) for f in facts):
        connection.execute(_put_hall, hall_row(stream, hall))


def _project_day(connection: sa.Connection, fact: Fact) -> None:
    days = table_of(DayRecord)
    match fact.event:
        case DayOpened(day=day):
            row = {"day": day.isoformat(), "opened_ms": to_ms(fact.at), "closed_ms": None}
            connection.execute(_put_day, row)
        case DayClosed(day=day):
            closed = sa.update(days).where(days.c.day == day.isoformat())
            connection.execute(closed.values(closed_ms=to_ms(fact.at)))
        case _:
            pass


def fold_company(connection: sa.Connection, company: Company, facts: Iterable[Fact]) -> None:
    """Apply facts to a company and bring the read table along."""
    for fact in facts:
        company_evolve.apply(company, fact)
        event = fact.event
        if isinstance(event, CounterRetired):
            table = table_of(CompanyRecord)
            gone = (table.c.kind == "counter") & (table.c.id == event.counter_id)
            connection.execute(sa.delete(table).where(gone))
        rows = company_rows(company, event.aggregate, event.aggregate_id)
        if rows:
            connection.execute(_put_company, rows)


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
    if company.hall:
        profile = company.hall.model_dump_json()
        rows.append({"kind": "profile", "id": "hall", "document": profile})
    rows += [
        {"kind": "counter", "id": c.id, "document": c.model_dump_json()}
        for c in company.counters.values()
    ]
    return rows
