"""The read tables as the log alone makes them, in a file of their own that goes again.

A fold of a million facts takes minutes. It is made beside the store, from a consistent view, while
other processes work on; what they wrote meanwhile is folded in a second, short round.
"""

import secrets
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import islice
from pathlib import Path

import sqlalchemy as sa
from pydantic import ValidationError
from sqlmodel import SQLModel

from hallterm.domain.company.state import Company
from hallterm.domain.hall import Hall
from hallterm.domain.person.events import PersonChanged, PersonRecorded, PersonsImported
from hallterm.domain.stream import Event, Fact
from hallterm.store import outbox
from hallterm.store.connection import close_connection, open_connection, writing
from hallterm.store.findings import Finding, finding
from hallterm.store.log import COMPANY, facts_after, hall_stream
from hallterm.store.pending_fold import fold_pending
from hallterm.store.projection import READ_TABLES, fold_company, fold_hall

BATCH = 2000
"""Facts that are folded together; what bounds the memory."""

EXPECTED_PERSON = sa.Table(
    "expected_person",
    sa.MetaData(),
    sa.Column("person_id", sa.String, primary_key=True),
    sa.Column("version", sa.Integer, nullable=False),
)
"""Version of each person's record as the log tells it."""

_PUT_PERSON = (
    "INSERT INTO expected_person VALUES (?, ?)"
    " ON CONFLICT (person_id) DO UPDATE SET version = max(version, excluded.version)"
)


class Shadow:
    """A fold of the log, with how far it has come in each stream."""

    def __init__(self, connection: sa.Connection) -> None:
        self.connection = connection
        self.seqs: dict[str, int] = {}
        self.trouble: dict[str, Finding] = {}
        """By stream: why its fold could not go on."""
        self._company = Company()
        self._halls: dict[str, Hall] = {}

    def catch_up(self, store: sa.Connection, streams: Iterator[str]) -> None:
        """Fold what each stream of the store holds beyond what was folded before."""
        for stream in streams:
            if stream not in self.trouble:
                self._fold(store, stream)

    def add_pending(self, store: sa.Connection) -> None:
        """Fold on top what is not a fact yet; the folded facts themselves stay as they are."""
        link = outbox.read_link(store)
        if link is None or self.trouble:
            return
        hall = self._halls.get(hall_stream(link.hall), Hall()).copy()
        with writing(self.connection):
            fold_pending(store, self.connection, self._company.copy(), hall, keep=False)
            persons = [
                row
                for one in outbox.pending(store)
                for _, event in one.events
                for row in _versions_of(event)
            ]
            if persons:
                self.connection.exec_driver_sql(_PUT_PERSON, persons)

    def put_pending_back(self, store: sa.Connection) -> None:
        """Write into the store's own tables again what is not a fact yet."""
        link = outbox.read_link(store)
        if link is None:
            return
        hall = self._halls.get(hall_stream(link.hall), Hall()).copy()
        fold_pending(store, store, self._company.copy(), hall, keep=True)
        outbox.write_link(store, replace(link, generation=link.generation + 1))

    def _fold(self, store: sa.Connection, stream: str) -> None:
        facts = facts_after(store, stream, self.seqs.get(stream, 0))
        try:
            while batch := self._take(facts):
                with writing(self.connection):
                    self._apply(stream, batch)
                self.seqs[stream] = batch[-1].seq
        except (KeyError, ValidationError) as error:
            code = "event_unreadable" if self._reading else "event_impossible"
            after = self.seqs.get(stream, 0)
            kind = type(error).__name__
            self.trouble[stream] = finding(code, stream=stream, after=after, error=kind)

    def _take(self, facts: Iterator[Fact]) -> list[Fact]:
        self._reading = True
        batch = list(islice(facts, BATCH))
        self._reading = False
        return batch

    def _apply(self, stream: str, batch: list[Fact]) -> None:
        if stream == COMPANY:
            fold_company(self.connection, self._company, batch)
            persons = [row for fact in batch for row in _versions(fact)]
            if persons:
                self.connection.exec_driver_sql(_PUT_PERSON, persons)
        else:
            hall = self._halls.setdefault(stream, Hall())
            fold_hall(self.connection, stream, hall, batch)


def _versions(fact: Fact) -> list[tuple[str, int]]:
    return _versions_of(fact.event)


def _versions_of(event: Event) -> list[tuple[str, int]]:
    """Return the persons of an event with the version their record has after it."""
    match event:
        case PersonRecorded(person_id=person_id):
            return [(person_id, 1)]
        case PersonChanged(person_id=person_id, person_version=version):
            return [(person_id, version)]
        case PersonsImported():
            new = [(person_id, 1) for person_id in event.recorded]
            return new + [(one.person_id, one.person_version) for one in event.changed]
        case _:
            return []


@contextmanager
def shadow() -> Iterator[Shadow]:
    """Make an empty shadow in a temporary file, encrypted under a key that nobody keeps."""
    with tempfile.TemporaryDirectory(prefix="hallterm-doctor-") as folder:
        path = Path(folder) / "shadow.db"
        connection = open_connection(path, secrets.token_hex(32), durability="OFF")
        try:
            with writing(connection):
                SQLModel.metadata.create_all(connection, tables=list(READ_TABLES))
                EXPECTED_PERSON.create(connection)
            yield Shadow(connection)
        finally:
            close_connection(connection)
