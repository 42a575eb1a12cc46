"""Finding special requests, open and closed, by number, customer, kind or what was said."""

from collections.abc import Sequence

import sqlalchemy as sa

from hallterm.desk.desk import Desk
from hallterm.domain.person.text import clean_text
from hallterm.domain.request.state import Request
from hallterm.domain.request.words import RequestState
from hallterm.store.connection import reading
from hallterm.store.persons.notes import note
from hallterm.store.persons.search import search as search_persons
from hallterm.store.tables import RequestRecord, table_of

_rows = table_of(RequestRecord)
MOST = 200
"""Requests that are returned; the latest ones."""
_MOST_PERSONS = 50


def listed(desk: Desk, *, closed: bool = False, text: str = "") -> tuple[Request, ...]:
    """Return the requests that fit, the latest first.

    closed: with those that are closed.
    text: number, customer's name or number, or words of the story; empty: all.
    """
    typed = clean_text(text)
    wanted = sa.select(_rows.c.document).order_by(_rows.c.serial.desc()).limit(MOST)
    if not closed:
        wanted = wanted.where(_rows.c.state != RequestState.CLOSED)
    with reading(desk.connection) as connection:
        if typed:
            wanted = wanted.where(_fits(connection, typed))
        documents: Sequence[str] = connection.execute(wanted).scalars().all()
    return tuple(Request.model_validate_json(document) for document in documents)


def _fits(connection: sa.Connection, typed: str) -> sa.ColumnElement[bool]:
    persons = search_persons(connection, typed, _MOST_PERSONS)
    found = [record.person_id for record in persons.rows]
    said = sa.select(note.c.about).where(note.c.text.contains(typed, autoescape=True))
    return sa.or_(
        _rows.c.number.contains(typed, autoescape=True),
        _rows.c.person_id.in_(found),
        _rows.c.id.in_(said),
    )
