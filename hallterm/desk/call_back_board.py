"""Call-backs as the floor sees them: what is due, what ended today, and those of some days."""

from collections.abc import Iterable

import sqlalchemy as sa

from hallterm.desk.customers import CustomerLabels
from hallterm.desk.desk import Desk
from hallterm.desk.diversion_views import CallBackRow
from hallterm.desk.staff_names import StaffNames
from hallterm.domain.actor import Actor
from hallterm.domain.call_back.state import CallBack
from hallterm.domain.call_back.words import CallBackState
from hallterm.domain.person.masking import mask_phone
from hallterm.domain.roles import MANAGERS, Role
from hallterm.domain.ticket.state import Ticket
from hallterm.store.connection import reading
from hallterm.store.persons import notes
from hallterm.store.tables import CallBackRecord, TicketRecord, table_of


class CallBacks:
    """Makes views of call-backs.

    roles: of whoever looks; names are whole for those who address customers.
    """

    def __init__(self, desk: Desk, roles: frozenset[Role] = frozenset()) -> None:
        self._desk = desk
        self._labels = CustomerLabels(roles)
        self._names = StaffNames(desk)

    def rows(self, actor: Actor) -> tuple[CallBackRow, ...]:
        """Return what is due, the most urgent first, then what ended today."""
        shown = [
            one
            for one in self._desk.hall.call_backs.values()
            if one.state is not CallBackState.WITHDRAWN
        ]
        return tuple(sorted(self._rows(shown, actor), key=_urgency))

    def due(self) -> int:
        """Return how many still have to be called."""
        return sum(one.is_open for one in self._desk.hall.call_backs.values())

    def _rows(self, call_backs: list[CallBack], actor: Actor) -> list[CallBackRow]:
        persons_of = {one.person_id for one in call_backs if one.person_id}
        labels = self._labels.load(self._desk, persons_of)
        left, asked_for = self._beside(call_backs)
        return [
            self._row(
                one,
                actor,
                _customer(labels.get(one.person_id or "", ""), left.get(one.note_id or "")),
                asked_for.get(one.ticket_id, ()),
            )
            for one in call_backs
        ]

    def _beside(
        self, call_backs: Iterable[CallBack]
    ) -> tuple[dict[str, str], dict[str, tuple[str, ...]]]:
        """Return the numbers that were left, and the businesses of the tickets."""
        ids = [one.note_id for one in call_backs if one.note_id]
        tickets = [one.ticket_id for one in call_backs]
        table = table_of(TicketRecord)
        known = self._desk.rules.businesses
        with reading(self._desk.connection):
            left = dict(notes.texts(self._desk.connection, ids))
            chosen = sa.select(table.c.document).where(table.c.id.in_(tickets))
            documents = self._desk.connection.execute(chosen).scalars().all()
        asked_for = {}
        for document in documents:
            ticket = Ticket.model_validate_json(document)
            names = (line.business_id for line in ticket.businesses)
            asked_for[ticket.id] = tuple(known[b].name if b in known else b for b in names)
        return left, asked_for

    def _row(
        self, one: CallBack, actor: Actor, customer: str, businesses: tuple[str, ...]
    ) -> CallBackRow:
        mine = one.last_by == actor.staff_id or actor.is_one_of(MANAGERS)
        return CallBackRow(
            call_back_id=one.id,
            number=one.number,
            ticket_id=one.ticket_id,
            person_id=one.person_id,
            customer=customer,
            businesses=businesses,
            state=one.state,
            due=one.due_at.timestamp(),
            call_at=one.call_at.timestamp(),
            tries=one.tries,
            staff=self._names[one.staff_id],
            mine=one.staff_id == actor.staff_id,
            outcome=one.outcome,
            in_time=one.in_time,
            undoable=one.before is not None and mine,
        )


def of_days(desk: Desk, first: str, last: str) -> list[CallBack]:
    """Return the call-backs promised between two business days (ISO), by promised time."""
    table = table_of(CallBackRecord)
    chosen = sa.select(table.c.document).where(table.c.day.between(first, last))
    with reading(desk.connection):
        documents = desk.connection.execute(chosen.order_by(table.c.due_ms)).scalars().all()
    return [CallBack.model_validate_json(document) for document in documents]


def _urgency(row: CallBackRow) -> tuple[bool, float, str]:
    return row.state is not CallBackState.DUE, row.call_at, row.number


def _customer(label: str, left: str | None) -> str:
    """Return how a customer is called, with the number that will be rung."""
    if left is None:
        return label
    name = label.rpartition(" ")[0]
    return f"{name} {mask_phone(left)}".strip()
