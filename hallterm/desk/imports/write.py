"""Writing planned records in batches so short that other processes hardly notice."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from hallterm.desk.desk import Desk
from hallterm.desk.imports.plan import Entry, FileRow
from hallterm.desk.transaction import Transaction
from hallterm.domain.actor import Actor
from hallterm.domain.person.commands import ChangedRecord, EnterPersons
from hallterm.domain.person.decide import decide_batch
from hallterm.domain.refusal import Refusal
from hallterm.store.connection import writing
from hallterm.store.log import to_ms
from hallterm.store.persons import bulk
from hallterm.store.persons.keys import KeyKind, rank_of
from hallterm.store.persons.records import change_row

TARGET = 0.012
"""Seconds that one batch aims to hold the write lock."""
BREATHER = 0.3
"""Rest after a batch, as a share of the time it took, so that others get in."""
LEAST, MOST = 20, 4000
"""Rows in a batch."""
CHECKPOINT_PAGES = 500
"""Pages of write-ahead log after which an import moves them to the file itself; others do so after
1000, so that hardly ever a clerk pays for it."""
DUE_AT_ONCE = 20_000


@dataclass
class Pace:
    """Finds how many rows fit into the target time."""

    size: int = 200
    longest: float = 0.0
    """Longest time the lock was held, seconds."""

    def took(self, seconds: float) -> None:
        """Learn from a batch, then rest a little."""
        self.longest = max(self.longest, seconds)
        factor = min(1.25, max(0.5, TARGET / max(seconds, 1e-4)))
        self.size = max(LEAST, min(MOST, int(self.size * factor)))
        time.sleep(seconds * BREATHER)


@dataclass
class Written:
    """What went into the store."""

    recorded: int = 0
    changed: int = 0


@dataclass
class Writer:
    """Writes entries for one import."""

    desk: Desk
    actor: Actor
    written: Written = field(default_factory=Written)
    records: Pace = field(default_factory=Pace)
    keys: Pace = field(default_factory=lambda: Pace(size=1000))

    def __post_init__(self) -> None:
        self.desk.connection.exec_driver_sql(f"PRAGMA wal_autocheckpoint = {CHECKPOINT_PAGES}")
        self.desk.connection.rollback()

    @property
    def longest_lock(self) -> float:
        """Longest time the write lock was held, seconds."""
        return max(self.records.longest, self.keys.longest)

    def data_version(self) -> int:
        """Return a number that changes when another process has written."""
        version = self.desk.connection.exec_driver_sql("PRAGMA data_version").scalar()
        return int(version or 0)

    def write(self, entries: Sequence[Entry], planned_at: int) -> list[FileRow] | Refusal:
        """Write new and changed records; return rows to plan again, as others got in between."""
        work = sorted((e for e in entries if e.row is None), key=_by_key)
        work += [entry for entry in entries if entry.row is not None and entry.changes]
        again: list[FileRow] = []
        place = 0
        while place < len(work):
            batch = work[place : place + self.records.size]
            place += len(batch)
            late = self._batch(batch, planned_at)
            if isinstance(late, Refusal):
                return late
            again += [source for entry in late for source in entry.sources]
        return again

    def _batch(self, batch: Sequence[Entry], planned_at: int) -> list[Entry] | Refusal:
        ids = [self.desk.new_id() for _ in batch]
        with self.desk.transaction(self.actor) as transaction:
            began = time.perf_counter()
            late: list[Entry] = []
            if self.data_version() != planned_at:
                late = _overtaken(transaction, batch)
            fresh = [(i, e) for i, e in zip(ids, batch, strict=True) if e not in late]
            problem = self._enter(transaction, fresh)
            if problem:
                transaction.abandon()
        self.records.took(time.perf_counter() - began)
        return problem or late

    def _enter(
        self, transaction: Transaction, entries: Sequence[tuple[str, Entry]]
    ) -> Refusal | None:
        new = [(person_id, entry.changes) for person_id, entry in entries if entry.row is None]
        changed = [entry for _, entry in entries if entry.row is not None]
        command = EnterPersons(
            batch_id=self.desk.new_id(),
            recorded=tuple(person_id for person_id, _ in new),
            changed=tuple(_changed_record(entry) for entry in changed),
        )
        answer = decide_batch(command, transaction.where)
        if isinstance(answer, Refusal):
            return answer
        at_ms, actor = to_ms(transaction.where.at), self.actor.staff_id
        bulk.insert_many(transaction.connection, new, at_ms=at_ms, actor=actor)
        for entry in changed:
            change_row(transaction.connection, entry.base, entry.changes, at_ms=at_ms, actor=actor)
        transaction.record("company", answer)
        self.written.recorded += len(new)
        self.written.changed += len(changed)
        return None

    def settle(self, told: Callable[[], None] = lambda: None) -> None:
        """Write the keys that are due, this import's and what a killed one left."""
        connection = self.desk.connection
        while rows := bulk.due_rows(connection, 0, DUE_AT_ONCE):
            connection.rollback()
            version = self.data_version()
            keys = bulk.due_keys(connection, rows)
            connection.rollback()
            place = 0
            while place < len(keys) or place == 0:
                part = keys[place : place + self.keys.size]
                place += max(len(part), 1)
                with writing(connection):
                    began = time.perf_counter()
                    due = set(rows)
                    if self.data_version() != version:
                        due.intersection_update(bulk.due_rows(connection, 0, DUE_AT_ONCE))
                    bulk.write_keys(connection, part, due)
                    if place >= len(keys):
                        bulk.nothing_due(connection, rows)
                self.keys.took(time.perf_counter() - began)
                told()
        connection.rollback()


def _by_key(entry: Entry) -> tuple[int, str]:
    return rank_of(entry.changes), entry.changes.get("phone") or ""


def _changed_record(entry: Entry) -> ChangedRecord:
    return ChangedRecord(
        person_id=entry.base["person_id"],
        base_version=entry.base["version"],
        fields=tuple(entry.changes),
    )


def _overtaken(transaction: Transaction, batch: Sequence[Entry]) -> list[Entry]:
    """Return the entries whose plan no longer holds: number taken, record changed meanwhile."""
    connection = transaction.connection
    new = [entry for entry in batch if entry.row is None]
    taken: set[Any] = set()
    for name, kind in (("phone", KeyKind.PHONE), ("vip_card", KeyKind.CARD)):
        texts = {text for entry in new if (text := entry.changes.get(name))}
        taken.update(bulk.find(connection, kind, texts))
    known = {entry.row: entry for entry in batch if entry.row is not None}
    rows = {row["row"]: row["version"] for row in bulk.read_rows(connection, known.keys())}
    late = [e for e in new if taken & {e.changes.get("phone"), e.changes.get("vip_card")}]
    late += [entry for row, entry in known.items() if rows.get(row) != entry.base["version"]]
    return late
