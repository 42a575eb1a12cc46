"""Fold states back from the read tables, so that a start needs no replay of the log."""

from collections.abc import Iterator
from datetime import date

import sqlalchemy as sa

from hallterm.domain.appointment.state import Appointment
from hallterm.domain.call_back.state import CallBack
from hallterm.domain.checklist.state import ChecklistRun
from hallterm.domain.checklist.template import ChecklistTemplate
from hallterm.domain.company.evolve import put_request
from hallterm.domain.company.keys import OfficeKey
from hallterm.domain.company.state import (
    MOST_CLOSED_REQUESTS,
    Company,
    HallProfile,
    StaffMember,
)
from hallterm.domain.counter.state import CounterDuty, CounterSetup
from hallterm.domain.dispatching import PolicyChoice
from hallterm.domain.disputes import Dispute
from hallterm.domain.errand.state import Errand
from hallterm.domain.hall import AT_COUNTER_STATES, Hall
from hallterm.domain.reception.state import Reception
from hallterm.domain.request.state import Request
from hallterm.domain.request.words import RequestState
from hallterm.domain.rulebook import Published
from hallterm.domain.ticket.state import Ticket
from hallterm.store.projection import Offer
from hallterm.store.rows import HallNumbers
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
    LoggedEvent,
    ReceptionRecord,
    RequestRecord,
    TicketRecord,
    table_of,
)


def load_company(connection: sa.Connection) -> Company:
    """Return the company as the read tables have it."""
    company = Company()
    table = table_of(CompanyRecord)
    for row in connection.execute(sa.select(table).order_by(table.c.kind, table.c.id)):
        match row.kind:
            case "staff":
                company.staff[row.id] = StaffMember.model_validate_json(row.document)
            case "counter":
                company.counters[row.id] = CounterSetup.model_validate_json(row.document)
            case "profile":
                company.hall = HallProfile.model_validate_json(row.document)
            case "office_key":
                company.office_keys[row.id] = OfficeKey.model_validate_json(row.document)
            case "rulebook":
                published = Published.model_validate_json(row.document)
                company.rulebooks += (published,)
            case "dispatch":
                company.dispatch = PolicyChoice.model_validate_json(row.document)
            case _:
                company.offered = Offer.model_validate_json(row.document).business_ids
    _load_requests(connection, company)
    disputes = table_of(DisputeRecord)
    kept = sa.select(disputes.c.document).where(disputes.c.stream == "company")
    for document in connection.execute(kept.order_by(disputes.c.id)).scalars():
        dispute = Dispute.model_validate_json(document)
        company.disputes[dispute.id] = dispute
    return company


def _load_requests(connection: sa.Connection, company: Company) -> None:
    """Load the requests that go on, and the last closed ones, in the order of the log."""
    requests = table_of(RequestRecord)
    latest = sa.select(requests.c.document).order_by(requests.c.seq.desc())
    going_on = latest.where(requests.c.state != RequestState.CLOSED)
    closed = latest.where(requests.c.state == RequestState.CLOSED).limit(MOST_CLOSED_REQUESTS)
    for query in (closed, going_on):
        for document in reversed(connection.execute(query).scalars().all()):
            put_request(company, Request.model_validate_json(document))
    newest = connection.execute(sa.select(sa.func.max(requests.c.serial))).scalar()
    company.request_serial = int(newest or 0)


def load_hall(connection: sa.Connection, stream: str) -> Hall:
    """Return the hall as the read tables have it: counters, and the last day's tickets."""
    hall = Hall()
    halls = table_of(HallRecord)
    row = connection.execute(sa.select(halls).where(halls.c.stream == stream)).first()
    for duty in connection.execute(sa.select(table_of(DutyRecord))):
        hall.duties[duty.counter_id] = CounterDuty.model_validate_json(duty.document)
    if row is None:
        return hall
    numbers = HallNumbers.model_validate_json(row.document)
    hall.last_day = date.fromisoformat(numbers.last_day) if numbers.last_day else None
    hall.issued, hall.calls = dict(numbers.issued), numbers.calls
    hall.roster, hall.leases = numbers.roster, numbers.leases
    hall.day = date.fromisoformat(numbers.day) if numbers.day else None
    tickets = table_of(TicketRecord)
    today = sa.select(tickets.c.document).where(tickets.c.day == numbers.last_day)
    for document in connection.execute(today.order_by(tickets.c.id)).scalars():
        ticket = Ticket.model_validate_json(document)
        hall.tickets[ticket.id] = ticket
        hall.numbers[ticket.number] = ticket.id
        if ticket.counter_id and ticket.state in AT_COUNTER_STATES:
            hall.at_counter[ticket.counter_id] = ticket.id
    _load_receptions(connection, hall, numbers.last_day)
    _load_call_backs(connection, hall, numbers.last_day)
    for document in _still_held(connection, AppointmentRecord, numbers.last_day):
        appointment = Appointment.model_validate_json(document)
        hall.appointments[appointment.id] = appointment
    for document in _still_held(connection, ErrandRecord, numbers.last_day):
        errand = Errand.model_validate_json(document)
        hall.errands[errand.id] = errand
    _load_disputes(connection, hall, numbers.last_day)
    hall.again_from = numbers.again_from
    if hall.again_from:
        _forget_earlier(connection, stream, hall)
    return hall


def _forget_earlier(connection: sa.Connection, stream: str, hall: Hall) -> None:
    """Drop what ended on the day before another day came between; the fold has done so, too."""
    events = table_of(LoggedEvent)
    later = (events.c.stream == stream) & (events.c.seq > hall.again_from)
    since = set(connection.execute(sa.select(events.c.aggregate_id).where(later)).scalars())
    hall.tickets = {i: one for i, one in hall.tickets.items() if i in since}
    hall.numbers = {one.number: i for i, one in hall.tickets.items()}
    hall.receptions = {i: one for i, one in hall.receptions.items() if i in since}
    hall.forget_ended(but=since)


def _still_held(connection: sa.Connection, model: object, last_day: str | None) -> Iterator[str]:
    """Return the documents of what goes on, and of what ended on the last day."""
    table = table_of(model)
    ended = table.c.ended_day
    kept = sa.select(table.c.document).where((ended == last_day) | ended.is_(None))
    return iter(connection.execute(kept.order_by(table.c.id)).scalars().all())


def _load_receptions(connection: sa.Connection, hall: Hall, last_day: str | None) -> None:
    receptions = table_of(ReceptionRecord)
    today = sa.select(receptions.c.document).where(receptions.c.day == last_day)
    for document in connection.execute(today.order_by(receptions.c.ticket_id)).scalars():
        reception = Reception.model_validate_json(document)
        hall.receptions[reception.ticket_id] = reception
    for row in connection.execute(sa.select(table_of(ChecklistVersionRecord))):
        hall.versions[row.digest] = ChecklistTemplate.model_validate_json(row.document)
    for document in _still_held(connection, ChecklistRunRecord, last_day):
        run = ChecklistRun.model_validate_json(document)
        hall.runs[run.id] = run


def _load_disputes(connection: sa.Connection, hall: Hall, last_day: str | None) -> None:
    table = table_of(DisputeRecord)
    settled = table.c.settled_day
    here = sa.select(table.c.document).where(table.c.stream == "hall")
    kept = here.where((settled == last_day) | settled.is_(None))
    for document in connection.execute(kept.order_by(table.c.id)).scalars():
        dispute = Dispute.model_validate_json(document)
        hall.disputes[dispute.id] = dispute


def _load_call_backs(connection: sa.Connection, hall: Hall, last_day: str | None) -> None:
    table = table_of(CallBackRecord)
    ended = table.c.closed_day
    kept = sa.select(table.c.document).where((ended == last_day) | ended.is_(None))
    for document in connection.execute(kept.order_by(table.c.id)).scalars():
        call_back = CallBack.model_validate_json(document)
        hall.call_backs[call_back.id] = call_back


def open_before(connection: sa.Connection, day: date) -> dict[str, int] | None:
    """Return the highest number of each letter given out on a day; None if it was never open."""
    days, tickets = table_of(DayRecord), table_of(TicketRecord)
    if connection.execute(sa.select(days.c.day).where(days.c.day == day.isoformat())).first():
        letter = sa.func.substr(tickets.c.number, 1, 1)
        highest = sa.func.max(sa.cast(sa.func.substr(tickets.c.number, 2), sa.Integer))
        given = sa.select(letter, highest).where(tickets.c.day == day.isoformat()).group_by(letter)
        return {row[0]: row[1] for row in connection.execute(given)}
    return None
