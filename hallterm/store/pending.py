"""What lies under pending commands: rows as the facts alone make them, to go back to."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert
from sqlmodel import SQLModel

from hallterm.store.persons import records
from hallterm.store.sync_tables import PendingBeforeRow
from hallterm.store.tables import table_of

_before = table_of(PendingBeforeRow)
_keep = insert(_before).on_conflict_do_nothing()


def keep(connection: sa.Connection, table: sa.Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Note how rows stand before pending commands change them; the first note of a row counts."""
    names = [column.name for column in table.primary_key]
    for row in rows:
        key = [row[name] for name in names]
        one = [table.c[name] == part for name, part in zip(names, key, strict=True)]
        found = connection.execute(sa.select(table).where(*one)).mappings().first()
        _note(connection, table.name, key, dict(found) if found else None)


def keep_person(connection: sa.Connection, person_id: str) -> None:
    """Note how a person's record stands before pending commands change it."""
    row = records.row_of(connection, person_id)
    _note(connection, records.person.name, [person_id], dict(row) if row else None)


def _note(
    connection: sa.Connection, table: str, key: list[Any], row: dict[str, Any] | None
) -> None:
    words = None if row is None else json.dumps(row, ensure_ascii=False)
    values = {"table_name": table, "key": json.dumps(key, ensure_ascii=False), "row": words}
    connection.execute(_keep, values)


def restore(connection: sa.Connection) -> None:
    """Make every noted row what the facts alone say; nothing is pending in the tables then."""
    for note in connection.execute(sa.select(_before)).all():
        key = json.loads(note.key)
        row = json.loads(note.row) if note.row is not None else None
        if note.table_name == records.person.name:
            records.put_back(connection, key[0], row)
        else:
            _put_back(connection, SQLModel.metadata.tables[note.table_name], key, row)
    forget(connection)


def forget(connection: sa.Connection) -> None:
    """Drop the notes: what stands in the tables is what the facts say."""
    connection.execute(sa.delete(_before))


def _put_back(
    connection: sa.Connection, table: sa.Table, key: list[Any], row: dict[str, Any] | None
) -> None:
    one = [column == part for column, part in zip(table.primary_key, key, strict=True)]
    connection.execute(sa.delete(table).where(*one))
    if row is not None:
        connection.execute(sa.insert(table), row)
