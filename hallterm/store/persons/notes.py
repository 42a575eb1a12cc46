"""Notes: free words, addresses and contacts under ids that the log holds."""

from collections.abc import Iterable, Mapping
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert

from hallterm.domain.note import Note
from hallterm.store.log import to_ms
from hallterm.store.persons.tables import NoteRow, PersonTombstoneRow
from hallterm.store.tables import table_of

note, stone = table_of(NoteRow), table_of(PersonTombstoneRow)


def write(
    connection: sa.Connection,
    notes: Iterable[Note],
    command_id: str,
    *,
    at: datetime,
    actor: str,
) -> None:
    """Add notes; one that is there already stays. The caller has begun a write transaction.

    Words about somebody who was erased are not written: they may come late, from a terminal that
    was cut off, and would bring back what nobody may keep.
    """
    told = {"command_id": command_id, "at_ms": to_ms(at), "actor": actor}
    given = list(notes)
    gone = _erased(connection, {one.person_id for one in given if one.person_id})
    rows = [{**one.model_dump(), **told} for one in given if one.person_id not in gone]
    if rows:
        connection.execute(insert(note).on_conflict_do_nothing(), rows)


def _erased(connection: sa.Connection, persons: set[str]) -> frozenset[str]:
    if not persons:
        return frozenset()
    theirs = sa.select(stone.c.person_id).where(stone.c.person_id.in_(persons))
    return frozenset(connection.execute(theirs).scalars())


def texts(connection: sa.Connection, ids: Iterable[str]) -> Mapping[str, str]:
    """Return the words of these notes by id; erased ones are left out."""
    wanted = sa.select(note.c.id, note.c.text).where(note.c.id.in_(tuple(ids)))
    return {row.id: row.text for row in connection.execute(wanted)}


def notes_about(connection: sa.Connection, about: str) -> list[Note]:
    """Return all notes of a ticket, request or order, in the order in which they were written."""
    wanted = sa.select(note).where(note.c.about == about).order_by(note.c.at_ms, note.c.id)
    return [
        Note(id=row.id, person_id=row.person_id, about=row.about, text=row.text)
        for row in connection.execute(wanted)
    ]
