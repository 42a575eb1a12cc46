"""Read tables: what the log says, laid out for reading. Only this file writes them."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert

from hallterm.domain.company import evolve as company_evolve
from hallterm.domain.company.events import CounterRetired, RulesPublished
from hallterm.domain.company.state import Company
from hallterm.domain.day import DayClosed, DayEvent, DayOpened
from hallterm.domain.disputes import DisputeEvent
from hallterm.domain.frozen import Frozen
from hallterm.domain.hall import Hall
from hallterm.domain.numbering import NumbersLeased
from hallterm.domain.reception.events import RosterSet
from hallterm.domain.request.events import RequestEvent
from hallterm.domain.stream import Fact
from hallterm.domain.ticket.events import TicketCalled, TicketIssued
from hallterm.store.log import to_ms
from hallterm.store.rows import (
    appointment_row,
    call_back_row,
    dispute_row,
    duty_row,
    errand_row,
    hall_row,
    reception_row,
    request_row,
    run_row,
    ticket_row,
    version_row,
)
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
    changes = HallChanges(connection, stream, keep)
    changes.apply(hall, facts)
    changes.write(hall)


class HallChanges:
    """What facts change in a hall's read tables; each row is written once, at the end."""

    def __init__(self, connection: sa.Connection, stream: str, keep: Keep | None = None) -> None:
        self._connection, self._stream, self._keep = connection, stream, keep
        self._things: dict[str, dict[str, Any]] = {}
        self._numbers = False

    def apply(self, hall: Hall, facts: Iterable[Fact]) -> None:
        """Apply facts to the hall and remember what they change."""
        for fact in facts:
            hall.apply(fact)
            event = fact.event
            if isinstance(event, DayEvent):
                _project_day(self._connection, fact, self._keep)
            elif event.aggregate in _ROWS:
                thing = _ROWS[event.aggregate].thing(hall, event)
                self._things.setdefault(event.aggregate, {})[event.aggregate_id] = thing
            self._numbers = self._numbers or isinstance(event, _HALL_NUMBERS)

    def write(self, hall: Hall) -> None:
        """Write the rows that changed, and forget them."""
        for aggregate, things in self._things.items():
            rows = _ROWS[aggregate]
            told = [rows.row_of(thing) for thing in things.values()]
            _put(self._connection, rows.put, told, self._keep)
        if self._numbers:
            _put(self._connection, _put_hall, [hall_row(self._stream, hall)], self._keep)
        self._things, self._numbers = {}, False


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
        if isinstance(event, DisputeEvent):
            _project_dispute(connection, company, event, keep)
            continue
        if isinstance(event, RulesPublished):
            published = company.rulebooks[-1]
            place = f"{published.seq:012d}"
            row = {"kind": "rulebook", "id": place, "document": published.model_dump_json()}
            _put(connection, _put_company, [row], keep)
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


def _project_dispute(
    connection: sa.Connection, company: Company, event: DisputeEvent, keep: Keep | None
) -> None:
    dispute = company.disputes.get(event.dispute_id)
    if dispute is not None:
        _put(connection, _put_dispute, [dispute_row(dispute, "company")], keep)
        return
    table = table_of(DisputeRecord)
    if keep:
        keep(connection, table, [{"id": event.dispute_id}])
    connection.execute(sa.delete(table).where(table.c.id == event.dispute_id))


def _project_request(
    connection: sa.Connection, company: Company, fact: Fact, keep: Keep | None
) -> None:
    request = company.request(fact.event.aggregate_id)
    if request is not None:
        _put(connection, _put_request, [request_row(request, fact.seq)], keep)


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
