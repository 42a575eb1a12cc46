"""Personal data beside the facts: written with them, and read again for those who follow."""

import json
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert

from hallterm.domain.company.events import SignedIn, SignedOut, SignInFailed, StaffEvent
from hallterm.domain.note import Beside, StaffCard
from hallterm.domain.person.events import (
    ConflictSettled,
    PersonChanged,
    PersonConflicted,
    PersonErased,
    PersonRecorded,
    PersonsImported,
)
from hallterm.domain.stream import Event, Fact
from hallterm.store.log import to_ms
from hallterm.store.pending import keep, keep_person
from hallterm.store.persons import bulk, notes, records
from hallterm.store.persons.erasing import erase
from hallterm.store.persons.tables import NoteRow, PersonConflictRow
from hallterm.store.tables import StaffRecord, table_of

_NO_CARD = (SignedIn, SignInFailed, SignedOut)
"""Events of an account that change nothing on its card."""
_staff = table_of(StaffRecord)
_notes = table_of(NoteRow)
_conflicts = table_of(PersonConflictRow)


def write(
    connection: sa.Connection,
    facts: Sequence[Fact],
    beside: Beside,
    command_id: str,
    *,
    pending: bool = False,
) -> None:
    """Write what goes with the facts of one command.

    A person whose data is missing was erased meanwhile: nothing is written then.
    pending: what stood there before is kept, to go back to.
    """
    for fact in facts:
        _write_persons(connection, fact, beside, pending=pending)
    for card in beside.staff:
        if pending:
            keep(connection, _staff, [{"staff_id": card.staff_id}])
        _write_card(connection, card)
    if beside.notes and facts:
        if pending:
            keep(connection, _notes, [{"id": note.id} for note in beside.notes])
        at, actor = facts[0].at, facts[0].actor
        notes.write(connection, beside.notes, command_id, at=at, actor=actor)


def _write_persons(connection: sa.Connection, fact: Fact, beside: Beside, *, pending: bool) -> None:
    event, values = fact.event, beside.persons
    if isinstance(event, PersonErased) and not pending:
        # Irreversible: never for what may still be decided otherwise.
        erase(connection, event.person_id, at=fact.at, actor=fact.actor)
    if isinstance(event, PersonConflicted | ConflictSettled):
        _write_conflict(connection, fact, event, values, pending=pending)
    if not isinstance(event, PersonRecorded | PersonChanged | PersonsImported):
        return
    if isinstance(event, PersonsImported):
        _write_batch(connection, fact, event, values, pending=pending)
        return
    given = values.get(event.person_id)
    if given is None:
        return
    if pending:
        keep_person(connection, event.person_id)
    if isinstance(event, PersonRecorded):
        records.insert(connection, event.person_id, given, at=fact.at, actor=fact.actor)
    else:
        changed = {name: given[name] for name in event.fields if name in given}
        records.change(connection, event.person_id, changed, at=fact.at, actor=fact.actor)


def _write_conflict(
    connection: sa.Connection,
    fact: Fact,
    event: PersonConflicted | ConflictSettled,
    values: dict[str, dict[str, Any]],
    *,
    pending: bool,
) -> None:
    """Keep the values that were to hold, until somebody has said what holds."""
    if pending:
        keep(connection, _conflicts, [{"change_id": event.change_id}])
    one = _conflicts.c.change_id == event.change_id
    connection.execute(sa.delete(_conflicts).where(one))
    given = values.get(event.person_id)
    if isinstance(event, PersonConflicted) and given is not None:
        row = {
            "change_id": event.change_id,
            "person_id": event.person_id,
            "fields": json.dumps({n: given.get(n) for n in event.fields}, ensure_ascii=False),
            "at_ms": to_ms(fact.at),
            "actor": fact.actor,
        }
        connection.execute(sa.insert(_conflicts), row)


def conflict_fields(
    connection: sa.Connection, person_id: str, change_id: str
) -> frozenset[str] | None:
    """Return the fields of a change that was kept aside; None when there is none such."""
    one = (_conflicts.c.change_id == change_id) & (_conflicts.c.person_id == person_id)
    words = connection.scalar(sa.select(_conflicts.c.fields).where(one))
    return frozenset(json.loads(words)) if words else None


def _write_batch(
    connection: sa.Connection,
    fact: Fact,
    event: PersonsImported,
    values: dict[str, dict[str, Any]],
    *,
    pending: bool,
) -> None:
    at_ms = to_ms(fact.at)
    if pending:
        for person_id in (*event.recorded, *(one.person_id for one in event.changed)):
            keep_person(connection, person_id)
    new = [(person_id, values[person_id]) for person_id in event.recorded if person_id in values]
    bulk.insert_many(connection, new, at_ms=at_ms, actor=fact.actor)
    for one in event.changed:
        before = records.row_of(connection, one.person_id)
        given = values.get(one.person_id)
        if before is not None and given is not None:
            after = {name: given[name] for name in one.fields if name in given}
            records.change_row(connection, before, after, at_ms=at_ms, actor=fact.actor)


def _write_card(connection: sa.Connection, card: StaffCard) -> None:
    given = card.model_dump(exclude_none=True)
    new = insert(_staff).values(given)
    changes = {name: value for name, value in given.items() if name != "staff_id"}
    if {"name", "pin_hash"} <= changes.keys():
        connection.execute(new.on_conflict_do_update(index_elements=["staff_id"], set_=changes))
    elif changes:
        one = _staff.c.staff_id == card.staff_id
        connection.execute(sa.update(_staff).where(one).values(changes))


def read(connection: sa.Connection, event: Event) -> Beside:
    """Return what goes with an event of a person or account, as it was then.

    Less what was erased since; notes are read by the command that brought them.
    """
    return Beside(persons=_read_persons(connection, event), staff=_read_cards(connection, event))


def _read_persons(connection: sa.Connection, event: Event) -> dict[str, dict[str, Any]]:
    wanted: list[tuple[str, int, tuple[str, ...] | None]] = []
    match event:
        case PersonRecorded():
            wanted = [(event.person_id, 1, None)]
        case PersonChanged():
            wanted = [(event.person_id, event.person_version, event.fields)]
        case PersonsImported():
            wanted = [(person_id, 1, None) for person_id in event.recorded]
            wanted += [(c.person_id, c.person_version, c.fields) for c in event.changed]
        case PersonConflicted():
            one = _conflicts.c.change_id == event.change_id
            words = connection.scalar(sa.select(_conflicts.c.fields).where(one))
            return {event.person_id: json.loads(words)} if words else {}
        case _:
            return {}
    found = ((i, records.values_at(connection, i, version, names)) for i, version, names in wanted)
    return {person_id: values for person_id, values in found if values is not None}


def _read_cards(connection: sa.Connection, event: Event) -> tuple[StaffCard, ...]:
    if not isinstance(event, StaffEvent) or isinstance(event, _NO_CARD):
        return ()
    one = sa.select(_staff).where(_staff.c.staff_id == event.staff_id)
    row = connection.execute(one).mappings().first()
    return (StaffCard(**row),) if row else ()
