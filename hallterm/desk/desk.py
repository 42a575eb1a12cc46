"""The desk: the one write path, and this process's view of the hall.

A desk belongs to one thread; screens run it on a worker.
"""

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from hallterm.clock import Clock
from hallterm.configuration import Configuration
from hallterm.desk.experience import Experience
from hallterm.desk.replica import Replica
from hallterm.desk.signatures import Keyring
from hallterm.desk.transaction import Transaction
from hallterm.dispatch.forecast import Expected
from hallterm.dispatch.queue import Waiting
from hallterm.domain.actor import Actor, Circumstances
from hallterm.domain.day import DAY_BEGINS
from hallterm.domain.decisions.closing import day_due
from hallterm.domain.hall import Hall, Rules
from hallterm.domain.note import Beside, Note, StaffCard
from hallterm.domain.refusal import Refusal
from hallterm.domain.stream import Command, Event
from hallterm.store.connection import (
    PATIENCE,
    Durability,
    close_connection,
    open_connection,
    reading,
    writing,
)
from hallterm.store.ids import new_id
from hallterm.store.migrations import migrate
from hallterm.store.persons.erasing import scrub


@dataclass(frozen=True, slots=True)
class Done:
    """A command was carried out and is durable."""

    events: tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """What the waiting can expect, as it was last worked out."""

    version: int
    """Of the replica."""
    at: datetime
    expected: dict[str, Expected]
    """By ticket id, in the order in which they would be called."""


Plan = Command | Callable[["Transaction"], Command | Refusal]
"""A command, or a function that makes one from what holds inside the transaction."""


class Desk:
    """One process's door to one store."""

    def __init__(
        self, connection: sa.Connection, clock: Clock, configuration: Configuration, device: str
    ) -> None:
        self.connection = connection
        self.clock = clock
        self.configuration = configuration
        self._own_name = device
        self.replica = Replica()
        self.waiting_cache: dict[str, tuple[object, Waiting]] = {}
        """Ticket id → (ticket, what dispatch sees of it); see `desk.calling`."""
        self.told: Told | None = None
        """The last outlook; see `desk.queueing`."""
        self.experience = Experience()
        """What the hall's own days have taught; learnt when first asked for."""
        self.keyring = Keyring()
        self.numbers_asked_at: datetime | None = None
        """When numbers were asked for last; see `desk.leasing`."""
        self.apart = False
        """Whether the home can't be reached, as far as this process knows; see `desk.sharing`."""
        self._data_version = -1

    @property
    def device(self) -> str:
        """Name of this terminal in the log: the one that its hub knows it by, if it has one."""
        link = self.replica.link
        return link.device if link else self._own_name

    @property
    def hall(self) -> Hall:
        """The hall as last read."""
        return self.replica.hall

    @property
    def rules(self) -> Rules:
        """What decisions are made under."""
        company = self.replica.company
        # A terminal that follows a home decides under what that has published.
        published = company.rulebook_at() if self.replica.link else None
        book = published or self.configuration
        return Rules(company, book.standards, book.businesses).under(book)

    def new_id(self) -> str:
        """Return a new id for this moment."""
        return new_id(self.clock.now())

    def refresh(self) -> bool:
        """Read what other processes have written; say whether anything changed."""
        version = self.connection.exec_driver_sql("PRAGMA data_version").scalar()
        self.connection.rollback()
        if self.replica.loaded and version == self._data_version:
            return False
        # A first look takes back what is pending for a moment, which needs the write lock.
        looking = reading if self.replica.loaded else writing
        with looking(self.connection):
            changed = self.replica.catch_up(self.connection)
        self._data_version = int(version or 0)
        if changed:
            scrub(self.connection)
        return changed

    def act(
        self,
        actor: Actor,
        plan: Plan,
        notes: Iterable[Note] = (),
        staff: Iterable[StaffCard] = (),
    ) -> Done | Refusal:
        """Carry out a command, or say why not. When this returns Done it is on the disk.

        notes: free words and addresses that go with the command, beside the log.
        staff: names and hashed PINs of the accounts concerned, likewise.

        Raises:
            StoreFaultError: the store could not be written; nothing has changed.
        """
        beside = Beside(notes=tuple(notes), staff=tuple(staff))
        if callable(plan) or (plan.stream == "hall" and plan.opens_day):
            self.turn_day(actor)
        with self.transaction(actor) as transaction:
            command = plan(transaction) if callable(plan) else plan
            if isinstance(command, Refusal):
                transaction.abandon()
                return command
            answer = transaction.perform(command, beside)
            if isinstance(answer, Refusal):
                transaction.abandon()
                return answer
        return Done(answer)

    def turn_day(self, actor: Actor) -> None:
        """Settle a day that was left open and begin the next one, in a transaction of its own.

        What is then decided stands on the new day, and a refusal of it doesn't undo the change.
        """
        self.refresh()
        now = self.clock.now()
        if self.hall.day is None or not day_due(self.hall, self.business_day(now), now):
            return
        with self.transaction(actor) as transaction:
            transaction.turn_day()

    @contextmanager
    def transaction(self, actor: Actor, patience: float = PATIENCE) -> Iterator[Transaction]:
        """Open the one kind of write transaction there is, caught up with all other processes.

        patience: seconds to wait for another process's write.
        """
        with writing(self.connection, patience):
            locked_at = time.perf_counter()
            self.replica.catch_up(self.connection)
            where = Circumstances(actor, self.clock.now(), self.device)
            transaction = Transaction(
                self.connection, self.replica, self.rules, where, self.business_day(where.at)
            )
            transaction.sign = self.keyring.sign
            transaction.locked_at = locked_at
            yield transaction
            if transaction.abandoned:
                self.connection.rollback()
        transaction.keep(self.replica)

    def business_day(self, moment: datetime) -> date:
        """Return the business day that a moment belongs to, by the hall's local time."""
        return (moment.astimezone(self.timezone) - DAY_BEGINS).date()

    @property
    def timezone(self) -> ZoneInfo:
        """The hall's time zone."""
        hall = self.replica.company.hall
        return ZoneInfo(hall.timezone if hall else "Asia/Shanghai")

    def close(self) -> None:
        """Let go of the store."""
        close_connection(self.connection)


def open_desk(
    path: Path,
    key: str,
    clock: Clock,
    configuration: Configuration,
    device: str,
    *,
    durability: Durability = "FULL",
) -> Desk:
    """Open a store, bring it to this version, and read the hall.

    Raises:
        StoreFaultError: see `hallterm.store.faults`.
    """
    connection = open_connection(path, key, durability=durability)
    try:
        migrate(connection)
        desk = Desk(connection, clock, configuration, device)
        desk.refresh()
    except BaseException:
        close_connection(connection)
        raise
    return desk
