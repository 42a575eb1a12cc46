"""Facts on their way to those who follow: each with the personal data that goes beside it."""

import json
from collections.abc import Iterable, Iterator

import sqlalchemy as sa

from hallterm.domain.note import NOTHING, Beside, Note
from hallterm.store import beside
from hallterm.store.log import read_event
from hallterm.store.persons.tables import NoteRow
from hallterm.store.tables import LoggedEvent, table_of
from hallterm.wire import WireFact

_event = table_of(LoggedEvent)
_note = table_of(NoteRow)
_some = (
    sa.select(_event)
    .where(_event.c.stream == sa.bindparam("stream"), _event.c.seq > sa.bindparam("after"))
    .order_by(_event.c.seq)
    .limit(sa.bindparam("most"))
)
_PERSONAL = frozenset({"person", "person_batch", "staff"})
"""Aggregates whose facts have data beside them."""
_AT_ONCE = 500


def facts_to_send(
    connection: sa.Connection, stream: str, after: int, most: int
) -> Iterator[WireFact]:
    """Return facts behind a place, in order, at most so many."""
    rows = connection.execute(_some, {"stream": stream, "after": after, "most": most}).all()
    notes = _notes(connection, {row.command_id for row in rows if row.command_id})
    for row in rows:
        told = json.loads(row.payload)
        data = NOTHING
        if row.aggregate in _PERSONAL:
            data = beside.read(connection, read_event(row.type, told))
        # With the first fact of its command; a piece that begins in the middle may repeat them.
        if own := notes.pop(row.command_id, None):
            data = data.model_copy(update={"notes": tuple(own)})
        yield _on_the_wire(row, told, data)


def _on_the_wire(
    row: sa.Row[tuple[object, ...]], told: dict[str, object], data: Beside
) -> WireFact:
    return WireFact(
        seq=row.seq,
        id=row.id,
        type=row.type,
        payload=told,
        actor=row.actor,
        device=row.device,
        at_ms=row.at_ms,
        command_id=row.command_id or "",
        device_seq=row.device_seq,
        device_hash=row.device_hash,
        beside=data,
    )


def _notes(connection: sa.Connection, command_ids: Iterable[str]) -> dict[str, list[Note]]:
    found: dict[str, list[Note]] = {}
    wanted = sorted(command_ids)
    for place in range(0, len(wanted), _AT_ONCE):
        some = _note.c.command_id.in_(wanted[place : place + _AT_ONCE])
        for row in connection.execute(sa.select(_note).where(some).order_by(_note.c.id)):
            note = Note(id=row.id, person_id=row.person_id, about=row.about, text=row.text)
            found.setdefault(row.command_id, []).append(note)
    return found
