"""Person records by the thousand: matching, inserting, and keys written later in sorted order.

A key goes to a random place of a large index. Written one record at a time, a million records
would rewrite pages by the ten million; collected, sorted and written some thousand records at a
time, neighbours share a page. Telephone numbers and VIP cards, which decide whether a record is
new, are written with the record; the other keys follow within seconds. `person_due` names the
records that still lack them, so that nothing is lost when the process is killed in between.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

import sqlalchemy as sa

from hallterm.domain.person.details import FIELDS
from hallterm.store.persons.keys import KEYED_FIELDS, Key, KeyKind, identity_keys, other_keys
from hallterm.store.persons.records import RANKS, due, person

_AT_ONCE = 500
"""Values in one look-up."""

_COLUMNS = ("row", "person_id", "version", *FIELDS, "recorded_ms", "recorded_by")
_INSERT = f"INSERT INTO person ({', '.join(_COLUMNS)}) VALUES ({', '.join('?' * len(_COLUMNS))})"  # noqa: S608 - names of columns of ours
_INSERT_DUE = "INSERT INTO person_due VALUES (?)"
_INSERT_KEY = "INSERT OR IGNORE INTO person_key VALUES (?, ?, ?, ?)"

NewPerson = tuple[str, Mapping[str, Any]]
"""Id and stored values of a record to insert."""


def find(connection: sa.Connection, kind: KeyKind, texts: Collection[str]) -> dict[str, list[int]]:
    """Return the rows of the persons who have these numbers, by number."""
    found: dict[str, list[int]] = {}
    ranks = ", ".join(map(str, RANKS))
    for part in _parts(sorted(texts)):
        marks = ", ".join("?" * len(part))
        statement = (
            "SELECT text, row FROM person_key"  # noqa: S608 - ranks and question marks only
            f" WHERE kind = {kind.value} AND rank IN ({ranks}) AND text IN ({marks})"
        )
        for text, row in connection.exec_driver_sql(statement, part):
            found.setdefault(text, []).append(row)
    return found


def read_rows(connection: sa.Connection, rows: Collection[int]) -> Iterator[dict[str, Any]]:
    """Return the current values of these rows, as columns by name."""
    for part in _parts(sorted(rows)):
        for found in connection.execute(sa.select(person).where(person.c.row.in_(part))):
            yield found._asdict()


def insert_many(
    connection: sa.Connection, new: Sequence[NewPerson], *, at_ms: int, actor: str
) -> range:
    """Add records of version 1 with the keys that are unique to them; the rest is due.

    The caller has begun a write transaction. Returns the numbers of the new rows.
    """
    if not new:
        return range(0)
    last = connection.exec_driver_sql("SELECT max(row) FROM person").scalar() or 0
    rows = range(last + 1, last + 1 + len(new))
    connection.exec_driver_sql(
        _INSERT,
        [
            (row, person_id, 1, *map(values.get, FIELDS), at_ms, actor)
            for row, (person_id, values) in zip(rows, new, strict=True)
        ],
    )
    keys = [
        k for row, (_, values) in zip(rows, new, strict=True) for k in identity_keys(row, values)
    ]
    if keys:
        connection.exec_driver_sql(_INSERT_KEY, sorted(keys))
    connection.exec_driver_sql(_INSERT_DUE, [(row,) for row in rows])
    return rows


def due_rows(connection: sa.Connection, limit: int) -> list[int]:
    """Return numbers of the first rows that still lack keys."""
    return list(connection.scalars(sa.select(due.c.row).order_by(due.c.row).limit(limit)))


def due_keys(connection: sa.Connection, rows: Collection[int]) -> list[Key]:
    """Return the keys that these rows lack, sorted as the index is."""
    columns = [person.c[name] for name in ("row", *sorted(KEYED_FIELDS))]
    names = [column.name for column in columns]
    keys: list[Key] = []
    for part in _parts(sorted(rows)):
        for found in connection.execute(sa.select(*columns).where(person.c.row.in_(part))):
            keys += other_keys(found[0], dict(zip(names, found, strict=True)))
    keys.sort()
    return keys


def write_keys(connection: sa.Connection, keys: Sequence[Key], still_due: Collection[int]) -> None:
    """Add keys of the rows that are still due. The caller has begun a write transaction."""
    rows = [key for key in keys if key[3] in still_due]
    if rows:
        connection.exec_driver_sql(_INSERT_KEY, rows)


def nothing_due(connection: sa.Connection, rows: Sequence[int]) -> None:
    """Note that these rows, sorted, have all their keys."""
    between = due.c.row.between(rows[0], rows[-1])
    connection.execute(sa.delete(due).where(between))


def _parts(values: Iterable[Any]) -> Iterator[tuple[Any, ...]]:
    source = iter(values)
    while part := tuple(islice(source, _AT_ONCE)):
        yield part
