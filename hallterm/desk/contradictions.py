"""What several terminals said differently while they could not see each other, until it is settled.

Reports that contradict others' (争议) and customer records changed in two places (资料冲突).
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from hallterm.desk.customers import CustomerLabels
from hallterm.desk.desk import Desk, Done
from hallterm.desk.person_views import masked_values
from hallterm.desk.reception_views import StaffName
from hallterm.desk.staff_names import StaffNames
from hallterm.domain.actor import Actor
from hallterm.domain.disputes import Dispute, SettleCompanyDispute, SettleDispute
from hallterm.domain.note import Beside
from hallterm.domain.person.cleaning import Value
from hallterm.domain.person.commands import SettleConflict
from hallterm.domain.refusal import Refusal, refuse
from hallterm.store.connection import reading
from hallterm.store.log import from_ms
from hallterm.store.persons import records
from hallterm.store.persons.tables import PersonConflictRow
from hallterm.store.tables import table_of

_conflict = table_of(PersonConflictRow)


@dataclass(frozen=True, slots=True)
class DisputeRow:
    """A report that contradicts what others said."""

    dispute_id: str
    company: bool
    """It stands in the company's stream, not in the hall's."""
    about: str
    """Number of the ticket, or a masked customer; empty when neither is known."""
    command: str
    """Name of the class of what was reported."""
    why: Refusal
    """What it contradicts."""
    stands: bool
    """Whether what was reported counts all the same."""
    at: datetime
    """Aware, UTC."""
    staff: StaffName
    device: str


@dataclass(frozen=True, slots=True)
class ConflictRow:
    """A change to a customer's record that others had overtaken in the same fields."""

    change_id: str
    person_id: str
    about: str
    """Masked name and number."""
    fields: tuple[str, ...]
    here: tuple[Value, ...]
    """What the record says now, masked, in the order of the fields."""
    there: tuple[Value, ...]
    """What the change would make of it."""
    at: datetime
    staff: StaffName


class Contradictions:
    """Makes views of everything that waits to be settled."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._names = StaffNames(desk)
        self._labels = CustomerLabels()

    def count(self) -> int:
        """Return how much waits to be settled."""
        return len(self.waiting())

    def waiting(self) -> frozenset[str]:
        """Return the ids of everything that waits to be settled."""
        hall, company = self._desk.hall, self._desk.rules.company
        with reading(self._desk.connection) as connection:
            kept = connection.execute(sa.select(_conflict.c.change_id)).scalars().all()
        open_ones = (one.id for one in hall.disputes.values() if one.settled_by is None)
        return frozenset((*open_ones, *company.disputes, *kept))

    def disputes(self) -> tuple[DisputeRow, ...]:
        """Return the disputed reports, the oldest first."""
        hall, company = self._desk.hall, self._desk.rules.company
        open_ones = [one for one in hall.disputes.values() if one.settled_by is None]
        rows = [self._dispute(one, company=False) for one in open_ones]
        rows += [self._dispute(one, company=True) for one in company.disputes.values()]
        return tuple(sorted(rows, key=lambda row: (row.at, row.dispute_id)))

    def _dispute(self, dispute: Dispute, *, company: bool) -> DisputeRow:
        ticket = self._desk.hall.tickets.get(dispute.matter_id)
        labels = self._labels.load(self._desk, [dispute.matter_id]) if company else {}
        return DisputeRow(
            dispute_id=dispute.id,
            company=company,
            about=ticket.number if ticket else labels.get(dispute.matter_id, ""),
            command=dispute.command,
            why=Refusal(dispute.code, dict(dispute.args)),
            stands=dispute.stands,
            at=dispute.reported_at,
            staff=self._names[dispute.staff_id],
            device=dispute.device,
        )

    def conflicts(self, actor: Actor) -> tuple[ConflictRow, ...]:
        """Return the changes that were kept aside, the oldest first."""
        with reading(self._desk.connection) as connection:
            chosen = sa.select(_conflict).order_by(_conflict.c.at_ms, _conflict.c.change_id)
            kept = [dict(row._mapping) for row in connection.execute(chosen)]  # noqa: SLF001 - SQLAlchemy's way to a mapping
            now = {row["person_id"]: records.row_of(connection, row["person_id"]) for row in kept}
        labels = self._labels.load(self._desk, set(now))
        return tuple(self._conflicts(actor, kept, now, labels))

    def _conflicts(
        self, actor: Actor, kept: list[dict[str, Any]], now: dict[str, Any], labels: dict[str, str]
    ) -> Iterator[ConflictRow]:
        for row in kept:
            person, there = now[row["person_id"]], json.loads(row["fields"])
            if person is None:
                continue
            here = masked_values({name: person[name] for name in there}, actor.roles)
            masked = masked_values(there, actor.roles)
            yield ConflictRow(
                change_id=row["change_id"],
                person_id=row["person_id"],
                about=labels.get(row["person_id"], ""),
                fields=tuple(there),
                here=tuple(here.get(name) for name in there),
                there=tuple(masked.get(name) for name in there),
                at=from_ms(row["at_ms"]),
                staff=self._names[row["actor"]],
            )


def settle_dispute(desk: Desk, actor: Actor, row: DisputeRow) -> Done | Refusal:
    """A manager has looked at a disputed report; nothing is open any more."""
    kind = SettleCompanyDispute if row.company else SettleDispute
    return desk.act(actor, kind(dispute_id=row.dispute_id))


def settle_conflict(desk: Desk, actor: Actor, change_id: str, *, take: bool) -> Done | Refusal:
    """Say what holds: the change that was kept aside, or the record as it stands."""
    with reading(desk.connection) as connection:
        one = sa.select(_conflict).where(_conflict.c.change_id == change_id)
        row = connection.execute(one).first()
    if row is None:
        return refuse("conflict_unknown")
    values = json.loads(row.fields)
    command = SettleConflict(
        person_id=row.person_id, change_id=change_id, fields=tuple(values), take=take
    )
    with desk.transaction(actor) as transaction:
        answer = transaction.perform(command, Beside(persons={row.person_id: values}))
        if isinstance(answer, Refusal):
            transaction.abandon()
            return answer
    return Done(answer)
