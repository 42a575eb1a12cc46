"""Use cases of special requests (特殊需求): open, do the next step, decide by PIN, keep time."""

from collections.abc import Mapping
from dataclasses import dataclass

import sqlalchemy as sa

from hallterm.desk.accounts import errand
from hallterm.desk.desk import Desk, Done
from hallterm.desk.request_acts import Act, Kind, Want, offer_of
from hallterm.desk.request_fields import Notebook, Typed, read_fields
from hallterm.desk.request_orders import Order, command_of
from hallterm.desk.request_visits import book_visit
from hallterm.domain.actor import Actor
from hallterm.domain.company.state import STAFF_ID_PATTERN
from hallterm.domain.decisions.request_clock import reminder_at, runs_out_at
from hallterm.domain.person.details import served_as
from hallterm.domain.person.text import clean_text
from hallterm.domain.refusal import Refusal, refuse
from hallterm.domain.request import commands as cmd
from hallterm.domain.request.events import RequestReminded
from hallterm.domain.request.state import Request
from hallterm.domain.request.words import Mood
from hallterm.domain.roles import Role
from hallterm.store.connection import reading
from hallterm.store.persons import records
from hallterm.store.tables import RequestRecord, table_of

_rows = table_of(RequestRecord)
_OPENING = (
    Want("kind", Kind.CODE),
    Want("amount", Kind.AMOUNT, needed=False),
    Want("asked"),
    Want("explained"),
    Want("mood", Kind.CHOICE, needed=True, options=Mood),
)
"""Fields for taking a request down."""


@dataclass(frozen=True, slots=True)
class Taken:
    """A request that was taken down."""

    request_id: str
    number: str


def open_request(
    desk: Desk, actor: Actor, person_id: str, typed: Mapping[str, str], ticket_id: str | None = None
) -> Taken | Refusal:
    """Take a request down for a customer; see `_OPENING` for what is typed.

    person_id: whose it is; somebody without a record can't have one, as nobody could reach them.
    """
    with reading(desk.connection) as connection:
        record = records.get(connection, person_id)
    if record is None:
        return refuse("person_unknown")
    request_id = desk.new_id()
    book = Notebook(request_id, person_id, desk.new_id)
    values = read_fields(_OPENING, typed, Typed(book, desk.clock.now(), desk.timezone))
    if isinstance(values, Refusal):
        return values
    manager = clean_text(record.details.account_manager or "")
    command = cmd.OpenRequest(
        request_id=request_id,
        day=desk.business_day(desk.clock.now()),
        person_id=person_id,
        tier=record.details.tier,
        grade=served_as(record.details.tier, record.details.grade),
        kind_id=values["kind"],
        amount_fen=values["amount"] or 0,
        ticket_id=ticket_id,
        account_manager=manager if _is_staff_id(manager) else None,
        request_note=values["asked"],
        explanation_note=values["explained"],
        mood=values["mood"],
    )
    result = desk.act(actor, command, book.notes)
    if isinstance(result, Refusal):
        return result
    made = desk.rules.company.request(request_id)
    return Taken(request_id, made.number if made else "")


def _is_staff_id(text: str) -> bool:
    import re  # noqa: PLC0415 - only when a request is opened

    return re.fullmatch(STAFF_ID_PATTERN, text) is not None


def perform(
    desk: Desk, actor: Actor, request_id: str, act: Act, typed: Mapping[str, str]
) -> Done | Refusal:
    """Do the next step with what was filled in."""
    desk.refresh()
    request = get(desk, request_id)
    if request is None:
        return refuse("unknown_request")
    offer = offer_of(request, actor, act)
    if offer is None:
        return refuse("request_moved_on", number=request.number, stage=request.state.value)
    now = desk.clock.now()
    book = Notebook(request_id, request.person_id, desk.new_id)
    values = read_fields(offer.wants, typed, Typed(book, now, desk.timezone))
    if isinstance(values, Refusal):
        return values
    if act is Act.VISIT:
        return book_visit(desk, actor, request, values, tuple(book.notes))
    hall = desk.rules.company.hall
    order = Order(request, act, values, actor.staff_id, now, desk.new_id, hall.id if hall else "")
    return desk.act(actor, command_of(order), book.notes)


def perform_with_pin(
    desk: Desk, staff_id: str, pin: str, request_id: str, act: Act, typed: Mapping[str, str]
) -> Done | Refusal:
    """Let somebody do the next step at another person's terminal; nobody is signed in or out."""
    with errand(desk, staff_id, pin, "request") as who:
        if isinstance(who, Refusal):
            return who
        return perform(desk, who.actor, request_id, act, typed)


def get(desk: Desk, request_id: str) -> Request | None:
    """Return a request, also one that was closed long ago."""
    known = desk.rules.company.request(request_id)
    if known is not None:
        return known
    with reading(desk.connection) as connection:
        document = connection.execute(
            sa.select(_rows.c.document).where(_rows.c.id == request_id)
        ).scalar()
    return Request.model_validate_json(document) if document else None


def find(desk: Desk, number: str) -> Request | Refusal:
    """Return the request of a number, such as ``2026-0012``, or of its last digits alone."""
    typed = clean_text(number)
    serial = typed.rpartition("-")[2]
    if not serial.isdecimal() or len(serial) > 9:  # noqa: PLR2004 - no hall has a thousand million
        return refuse("unknown_request")
    with reading(desk.connection) as connection:
        row = connection.execute(
            sa.select(_rows.c.id, _rows.c.number).where(_rows.c.serial == int(serial))
        ).first()
    if row is None or ("-" in typed and row.number != typed):
        return refuse("unknown_request")
    return get(desk, row.id) or refuse("unknown_request")


def keep_time(desk: Desk) -> tuple[RequestReminded, ...]:
    """Remind whoever is late, and end what has run out; return the reminders given.

    Any terminal's tick may call it each second: while nothing is due it touches no store. Several
    terminals at once remind only once.
    """
    machine = Actor(desk.device, frozenset({Role.KIOSK}))
    now, rules = desk.clock.now(), desk.rules
    given: list[RequestReminded] = []
    for request in tuple(desk.rules.company.requests.values()):
        end, remind = runs_out_at(request), reminder_at(request, rules)
        if end is not None and end <= now:
            desk.act(machine, cmd.ExpireRequest(request_id=request.id))
        elif remind is not None and remind <= now:
            result = desk.act(machine, cmd.RemindRequest(request_id=request.id))
            if isinstance(result, Done):
                given += [one for one in result.events if isinstance(one, RequestReminded)]
    return tuple(given)
