"""Digests of a store's read tables and personal data, to compare with another's at the same place.

Personal data is digested too, without the numbers of rows, which are each store's own.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import sqlalchemy as sa

from hallterm.domain.person.details import FIELDS
from hallterm.store.persons.records import person
from hallterm.store.persons.tables import NoteRow, PersonConflictRow, PersonTombstoneRow
from hallterm.store.projection import READ_TABLES
from hallterm.store.tables import StaffRecord, table_of

_PERSON = (
    "person_id",
    "version",
    *FIELDS,
    "recorded_ms",
    "recorded_by",
    "changed_ms",
    "changed_by",
)


def digests(connection: sa.Connection) -> dict[str, str]:
    """Return table → SHA-256 over its rows in the order of their keys."""
    told = {table.name: _digest(_rows(connection, table)) for table in READ_TABLES}
    chosen = sa.select(*(person.c[name] for name in _PERSON)).order_by(person.c.person_id)
    told["person"] = _digest(_mapped(connection, chosen))
    for model in (StaffRecord, NoteRow, PersonConflictRow):
        table = table_of(model)
        told[table.name] = _digest(_rows(connection, table))
    stone = table_of(PersonTombstoneRow)
    erased = sa.select(stone.c.person_id).order_by(stone.c.person_id)
    told[stone.name] = _digest(_mapped(connection, erased))
    return told


def _rows(connection: sa.Connection, table: sa.Table) -> Iterator[Mapping[str, Any]]:
    return _mapped(connection, sa.select(table).order_by(*table.primary_key))


def _mapped(connection: sa.Connection, chosen: sa.Select[Any]) -> Iterator[Mapping[str, Any]]:
    found = connection.execute(chosen.execution_options(yield_per=1000))
    return (row._asdict() for row in found)


def _digest(rows: Iterable[Mapping[str, Any]]) -> str:
    digest = hashlib.sha256()
    for row in rows:
        digest.update(json.dumps(_plain(row), ensure_ascii=False, sort_keys=True).encode())
        digest.update(b"\n")
    return digest.hexdigest()


def _plain(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return a row with its document read, so that the order of a set does not matter."""
    plain = dict(row)
    if "document" in plain:
        plain["document"] = _sorted(json.loads(plain["document"]))
    return plain


def _sorted(value: Any) -> Any:  # noqa: ANN401 - any JSON value
    if isinstance(value, dict):
        return {name: _sorted(one) for name, one in value.items()}
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return sorted(value)
    return [_sorted(one) for one in value] if isinstance(value, list) else value
