"""Reading and writing single person records with their history and keys."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from hallterm.domain.person.cleaning import Value
from hallterm.domain.person.details import FIELDS, PersonDetails, PersonKind
from hallterm.domain.person.state import Person
from hallterm.store.log import from_ms, to_ms
from hallterm.store.persons.keys import KEYED_FIELDS, Key, KeyKind, identity_keys, other_keys
from hallterm.store.persons.tables import (
    PersonDueRow,
    PersonKeyRow,
    PersonRow,
    PersonTombstoneRow,
    PersonVersionRow,
)
from hallterm.store.tables import table_of

person = table_of(PersonRow)
history = table_of(PersonVersionRow)
key = table_of(PersonKeyRow)
due = table_of(PersonDueRow)
stone = table_of(PersonTombstoneRow)

RANKS = (0, 1, 2, 3, 4)

_DEFAULTS = {name: field.default for name, field in PersonDetails.model_fields.items()}


@dataclass(frozen=True, slots=True)
class PersonRecord:
    """A record as it stands, with who entered and changed it last."""

    person_id: str
    version: int
    details: PersonDetails
    recorded_at: datetime
    recorded_by: str
    changed_at: datetime | None
    changed_by: str | None


@dataclass(frozen=True, slots=True)
class PersonChange:
    """One change in a record's history."""

    version: int
    """Version that the change made."""
    at: datetime
    actor: str
    previous: Mapping[str, Value | float]
    """Values before the change, by name of field; None was the default or empty."""


def stored(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values as the table keeps them: plain, and None for a field's default."""
    return {
        name: None if value == _DEFAULTS[name] else _plain(value) for name, value in values.items()
    }


def _plain(value: Any) -> Any:  # noqa: ANN401 - whatever a column takes
    if isinstance(value, datetime):
        return to_ms(value)
    return getattr(value, "value", value)


def details_of(mapping: Mapping[str, Any]) -> PersonDetails:
    """Return a record's details from a row of the table."""
    values = {name: mapping[name] for name in FIELDS if mapping[name] is not None}
    if "consent_at" in values:
        values["consent_at"] = from_ms(values["consent_at"])
    return PersonDetails.model_validate(values)


def record_of(mapping: Mapping[str, Any]) -> PersonRecord:
    """Return the record from a row of the table."""
    changed = mapping["changed_ms"]
    return PersonRecord(
        person_id=mapping["person_id"],
        version=mapping["version"],
        details=details_of(mapping),
        recorded_at=from_ms(mapping["recorded_ms"]),
        recorded_by=mapping["recorded_by"],
        changed_at=None if changed is None else from_ms(changed),
        changed_by=mapping["changed_by"],
    )


def row_of(connection: sa.Connection, person_id: str) -> Mapping[str, Any] | None:
    """Return the row of a person as a mapping, or None."""
    found = connection.execute(sa.select(person).where(person.c.person_id == person_id))
    row = found.one_or_none()
    return None if row is None else row._asdict()


def get(connection: sa.Connection, person_id: str) -> PersonRecord | None:
    """Return a person's record, or None when nobody has this id."""
    mapping = row_of(connection, person_id)
    return None if mapping is None else record_of(mapping)


def state_of(
    connection: sa.Connection, person_id: str, record: PersonRecord | None
) -> Person | None:
    """Return what decisions about a person rest on; erased when there is only a tombstone."""
    if record is not None:
        return Person(id=person_id, kind=record.details.kind, version=record.version)
    gone = connection.scalar(sa.select(stone.c.at_ms).where(stone.c.person_id == person_id))
    if gone is None:
        return None
    return Person(id=person_id, kind=PersonKind.INDIVIDUAL, version=1, erased=True)


def get_many(connection: sa.Connection, person_ids: Iterable[str]) -> dict[str, PersonRecord]:
    """Return the records of several persons by id; unknown ids are left out."""
    wanted = sa.select(person).where(person.c.person_id.in_(tuple(person_ids)))
    return {row.person_id: record_of(row._asdict()) for row in connection.execute(wanted)}


def holders(connection: sa.Connection, kind: KeyKind, text: str) -> list[str]:
    """Return the ids of the persons who have exactly this number."""
    found = (
        sa.select(person.c.person_id)
        .join(key, key.c.row == person.c.row)
        .where(key.c.kind == kind.value, key.c.rank.in_(RANKS), key.c.text == text)
    )
    return list(connection.scalars(found))


def insert(
    connection: sa.Connection,
    person_id: str,
    values: Mapping[str, Any],
    *,
    at: datetime,
    actor: str,
) -> None:
    """Add a record, version 1, with its keys. The caller has begun a write transaction."""
    row = connection.execute(
        sa.insert(person).values(
            **stored(values),
            person_id=person_id,
            version=1,
            recorded_ms=to_ms(at),
            recorded_by=actor,
        )
    ).lastrowid
    add_keys(connection, _all_keys(row, values))


def change(
    connection: sa.Connection,
    person_id: str,
    values: Mapping[str, Any],
    *,
    at: datetime,
    actor: str,
) -> None:
    """Write changed fields, the values before them, and moved keys.

    The caller has begun a write transaction and decided that the change stands.

    Raises:
        KeyError: nobody has this id.
    """
    before = row_of(connection, person_id)
    if before is None:
        raise KeyError(person_id)
    change_row(connection, before, stored(values), at_ms=to_ms(at), actor=actor)


def change_row(
    connection: sa.Connection,
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    *,
    at_ms: int,
    actor: str,
) -> None:
    """Write the stored values `after` over the row `before`."""
    row, version = before["row"], before["version"] + 1
    previous = json.dumps({name: before[name] for name in after}, ensure_ascii=False)
    connection.execute(
        sa.insert(history).values(
            row=row, version=version, at_ms=at_ms, actor=actor, previous=previous
        )
    )
    connection.execute(
        sa.update(person)
        .where(person.c.row == row)
        .values(**after, version=version, changed_ms=at_ms, changed_by=actor)
    )
    if KEYED_FIELDS.isdisjoint(after):
        return
    now = {**before, **after}
    old = {*identity_keys(row, before), *other_keys(row, before)}
    new = {*identity_keys(row, now), *other_keys(row, now)}
    connection.execute(sa.delete(due).where(due.c.row == row))
    remove_keys(connection, old - new)
    add_keys(connection, new)


def put_back(connection: sa.Connection, person_id: str, before: Mapping[str, Any] | None) -> None:
    """Make a record what it was; later changes and their history are gone. None: there was none.

    The caller has begun a write transaction.
    """
    now = row_of(connection, person_id)
    if now is not None:
        row = now["row"]
        remove_keys(connection, _all_keys(row, now))
        connection.execute(sa.delete(due).where(due.c.row == row))
        since = before["version"] if before else 0
        later = (history.c.row == row) & (history.c.version > since)
        connection.execute(sa.delete(history).where(later))
        connection.execute(sa.delete(person).where(person.c.row == row))
    if before is not None:
        connection.execute(sa.insert(person), dict(before))
        add_keys(connection, _all_keys(before["row"], before))


def _all_keys(row: int, values: Mapping[str, Any]) -> list[Key]:
    return [*identity_keys(row, values), *other_keys(row, values)]


def values_at(
    connection: sa.Connection, person_id: str, version: int, fields: Iterable[str] | None = None
) -> dict[str, Any] | None:
    """Return stored values as they were at a version; None when nobody has this id (any more).

    fields: only these; without it every field that is filled in.
    """
    row = row_of(connection, person_id)
    if row is None or row["version"] < version:
        return None
    values = {name: row[name] for name in FIELDS}
    later = (history.c.row == row["row"]) & (history.c.version > version)
    chosen = sa.select(history.c.previous).where(later).order_by(history.c.version.desc())
    for previous in connection.execute(chosen).scalars():
        values.update(json.loads(previous))
    if fields is not None:
        return {name: values[name] for name in fields if name in values}
    return {name: value for name, value in values.items() if value is not None}


def changed_since(connection: sa.Connection, person_id: str, version: int) -> tuple[str, ...]:
    """Return the names of the fields that changed after a version."""
    row = row_of(connection, person_id)
    if row is None:
        return ()
    later = (history.c.row == row["row"]) & (history.c.version > version)
    found = connection.execute(sa.select(history.c.previous).where(later)).scalars()
    return tuple(sorted({name for previous in found for name in json.loads(previous)}))


def versions(connection: sa.Connection, person_id: str) -> list[PersonChange]:
    """Return the changes of a record, the latest first."""
    found = (
        sa.select(history)
        .join(person, person.c.row == history.c.row)
        .where(person.c.person_id == person_id)
        .order_by(history.c.version.desc())
    )
    return [
        PersonChange(m["version"], from_ms(m["at_ms"]), m["actor"], previous)
        for m in connection.execute(found).mappings()
        for previous in [json.loads(m["previous"])]
    ]


def add_keys(connection: sa.Connection, keys: Iterable[Key]) -> None:
    """Add keys; those that are there already stay."""
    rows = list(keys)
    if rows:
        connection.exec_driver_sql("INSERT OR IGNORE INTO person_key VALUES (?, ?, ?, ?)", rows)


def remove_keys(connection: sa.Connection, keys: Iterable[Key]) -> None:
    """Remove keys."""
    rows = list(keys)
    if rows:
        connection.exec_driver_sql(
            "DELETE FROM person_key WHERE kind = ? AND rank = ? AND text = ? AND row = ?", rows
        )
