"""Erasing a person: every row that names or describes them, and the bytes under the rows.

Deleted content is overwritten in its pages (`secure_delete`), but the write-ahead log still holds
the pages as they were. It is emptied by a checkpoint once nobody reads from it; until that has
been done the tombstone says so, and the next process tries again.
"""

from collections.abc import Iterable
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert

from hallterm.store.connection import faults_told, writing
from hallterm.store.hub_tables import HubAsideRow
from hallterm.store.log import to_ms
from hallterm.store.persons import records
from hallterm.store.persons.tables import NoteRow, PersonConflictRow
from hallterm.store.post.tables import (
    AttachmentRow,
    FaxRow,
    LetterRow,
    ReceivedRow,
    SealedFormRow,
)
from hallterm.store.tables import RequestRecord, table_of

_stone = records.stone
_notes, _conflicts = table_of(NoteRow), table_of(PersonConflictRow)
_requests, _aside = table_of(RequestRecord), table_of(HubAsideRow)
_FORM_WORDS = ("customer_name", "customer_phone", "request", "solution", "decided_by")
"""What an order tells of a person; its seal then holds over nothing but its kept digest."""
_forms, _letters = table_of(SealedFormRow), table_of(LetterRow)
_attachments, _faxes, _received = (
    table_of(AttachmentRow),
    table_of(FaxRow),
    table_of(ReceivedRow),
)
_uncleaned = sa.select(_stone.c.person_id).where(_stone.c.scrubbed.is_(False))


def erase(connection: sa.Connection, person_id: str, *, at: datetime, actor: str) -> None:
    """Delete all that is known of a person and leave a tombstone, inside a write transaction.

    The log keeps the person's id, which says nothing by itself.
    """
    records.put_back(connection, person_id, None)
    for table in (_notes, _conflicts):
        connection.execute(sa.delete(table).where(table.c.person_id == person_id))
    _erase_papers(connection, person_id)
    # Ids of persons are random; one that stands in a command's text is meant.
    mentioned = _aside.c.envelope.contains(person_id, autoescape=True)
    connection.execute(sa.delete(_aside).where(mentioned))
    row = {"person_id": person_id, "at_ms": to_ms(at), "actor": actor, "scrubbed": False}
    connection.execute(insert(_stone).on_conflict_do_nothing(), row)


def _erase_papers(connection: sa.Connection, person_id: str) -> None:
    """Empty the forms, letters and faxes of the person's requests."""
    theirs = sa.select(_requests.c.id).where(_requests.c.person_id == person_id)
    forms = _forms.c.request_id.in_(theirs)
    words = sa.func.json_set(
        _forms.c.order_json,
        *(part for field in _FORM_WORDS for part in (f"$.{field}", "")),
    )
    emptied = {"customer_json": None, "order_json": words}
    connection.execute(sa.update(_forms).where(forms).values(emptied))
    letters = _letters.c.request_id.in_(theirs)
    connection.execute(sa.update(_letters).where(letters).values(message=None))
    received = _received.c.request_id.in_(theirs)
    connection.execute(sa.update(_received).where(received).values(subject=""))
    connection.execute(sa.update(_faxes).where(_faxes.c.request_id.in_(theirs)).values(page=b""))
    connection.execute(sa.delete(_attachments).where(_attachments.c.about.in_(theirs)))


def erased_among(connection: sa.Connection, person_ids: Iterable[str]) -> set[str]:
    """Return those who have been erased: nothing that names them may be written any more."""
    wanted = sa.select(_stone.c.person_id).where(_stone.c.person_id.in_(tuple(person_ids)))
    return set(connection.execute(wanted).scalars())


def scrub(connection: sa.Connection) -> bool:
    """Take erased persons' bytes out of the files, if there is anything to take out.

    Return whether anybody was erased since the last time. Call it outside a transaction; while
    others read an earlier state it can't be done, and is tried again by the next call.

    Raises:
        StoreFaultError: the store can't be read or written.
    """
    with faults_told():
        waiting = connection.execute(_uncleaned).scalars().all()
        connection.rollback()
        if not waiting:
            return False
        busy = connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").one()[0]
        connection.rollback()
    if not busy:
        with writing(connection):
            cleaned = sa.update(_stone).where(_stone.c.person_id.in_(waiting))
            connection.execute(cleaned.values(scrubbed=True))
    return True
