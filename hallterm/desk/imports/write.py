"""Writing planned records in batches so short that other processes hardly notice."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from hallterm.desk.desk import Desk
from hallterm.desk.imports.pace import LEAST, LogMover, Pace, tidying_later
from hallterm.desk.imports.plan import Entry, FileRow
from hallterm.desk.transaction import Transaction
from hallterm.domain.actor import Actor
from hallterm.domain.note import Beside
from hallterm.domain.person.commands import ChangedRecord, EnterPersons
from hallterm.domain.refusal import Refusal
from hallterm.store.connection import writing
from hallterm.store.log import COMPANY, heads
from hallterm.store.persons import bulk
from hallterm.store.persons.keys import Key, KeyKind, rank_of
from hallterm.store.persons.pinyin import load_pinyin

STEP = 128
"""Keys after which the time is looked at."""
PATIENCE = 300.0
"""Seconds to wait for another process's write: nobody stands before an import."""
DUE_AT_ONCE = 50_000
"""Rows whose keys are sorted together: the more, the fewer times a page is written again."""


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
    changes: Pace = field(default_factory=lambda: Pace(size=LEAST))
    """A change moves keys about, which takes twenty times as long as a new record."""
    keys: Pace = field(default_factory=Pace)
    _head: int = 0
    """Last event of the company's stream that the plan knows."""
    _overtaken: bool = False
    """Somebody else changed the company's stream since the plan was made."""

    def __post_init__(self) -> None:
        load_pinyin()
        self._log = LogMover(self.desk.connection)

    @property
    def longest_lock(self) -> float:
        """Longest time the write lock was held, seconds."""
        return max(pace.longest for pace in (self.records, self.changes, self.keys))

    def close(self) -> None:
        """Let the connection be as before."""
        self._log.close()

    def before_plan(self) -> None:
        """Note what others have written so far; call it before reading for a plan."""
        self._head = self._company_head()
        self._overtaken = False

    def write(self, entries: Sequence[Entry]) -> list[FileRow] | Refusal:
        """Write new and changed records; return rows to plan again, as others got in between."""
        new = sorted((entry for entry in entries if entry.row is None), key=_by_key)
        changed = [entry for entry in entries if entry.row is not None and entry.changes]
        again: list[FileRow] = []
        for work, pace in ((new, self.records), (changed, self.changes)):
            place = 0
            while place < len(work):
                batch = work[place : place + pace.size]
                place += len(batch)
                late = self._batch(batch, pace)
                if isinstance(late, Refusal):
                    return late
                again += [source for entry in late for source in entry.sources]
        return again

    def _batch(self, batch: Sequence[Entry], pace: Pace) -> list[Entry] | Refusal:
        ids = [self.desk.new_id() for _ in batch]
        # What others did while keys were written is read here, and not while the lock is held.
        self.desk.refresh()
        with tidying_later(), self.desk.transaction(self.actor, PATIENCE) as transaction:
            late: list[Entry] = []
            self._overtaken |= self.desk.replica.company_seq != self._head
            if self._overtaken:
                late = _late(transaction, batch)
            fresh = [(i, e) for i, e in zip(ids, batch, strict=True) if e not in late]
            problem = self._enter(transaction, fresh)
            if problem:
                transaction.abandon()
        self._release(pace, time.perf_counter() - transaction.locked_at)
        self._head = self.desk.replica.company_seq
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
        values = dict(new) | {entry.base["person_id"]: entry.changes for entry in changed}
        answer = transaction.perform(command, Beside.model_construct(persons=values))
        if isinstance(answer, Refusal):
            return answer
        self.written.recorded += len(new)
        self.written.changed += len(changed)
        return None

    def settle(self, told: Callable[[], None] = lambda: None) -> None:
        """Write the keys that are due, this import's and what a killed one left."""
        connection = self.desk.connection
        while True:
            head = self._company_head()
            rows = bulk.due_rows(connection, DUE_AT_ONCE)
            keys = bulk.due_keys(connection, rows)
            connection.rollback()
            if not rows:
                return
            self._write_keys(rows, keys, head, told)

    def _write_keys(
        self, rows: list[int], keys: list[Key], head: int, told: Callable[[], None]
    ) -> None:
        connection = self.desk.connection
        still_due, place, noted = set(rows), 0, 0
        while noted < len(rows):
            with tidying_later(), writing(connection, PATIENCE):
                began = time.perf_counter()
                if (now := self._company_head()) != head:
                    head = now
                    still_due.intersection_update(bulk.due_rows(connection, DUE_AT_ONCE))
                while noted < len(rows) and time.perf_counter() - began < self.keys.budget:
                    if place < len(keys):
                        bulk.write_keys(connection, keys[place : place + STEP], still_due)
                        place += STEP
                    else:
                        bulk.nothing_due(connection, rows[noted : noted + STEP])
                        noted += STEP
            self._release(self.keys, time.perf_counter() - began)
            told()

    def _release(self, pace: Pace, locked: float) -> None:
        """After a batch: move what lies in the write-ahead log, which needs no lock, and rest."""
        began = time.perf_counter()
        self._log.after_batch()
        pace.took(locked, moving=time.perf_counter() - began)

    def _company_head(self) -> int:
        return heads(self.desk.connection).get(COMPANY, 0)


def _by_key(entry: Entry) -> tuple[int, str]:
    return rank_of(entry.changes), entry.changes.get("phone") or ""


def _changed_record(entry: Entry) -> ChangedRecord:
    return ChangedRecord(
        person_id=entry.base["person_id"],
        base_version=entry.base["version"],
        fields=tuple(entry.changes),
    )


def _late(transaction: Transaction, batch: Sequence[Entry]) -> list[Entry]:
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
