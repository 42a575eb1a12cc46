"""One write transaction: decide on a copy, append, project, keep the copy once committed."""

import secrets
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import NamedTuple

import sqlalchemy as sa

from hallterm.clock import whole_milliseconds
from hallterm.desk.deciding import Situation, decide_in
from hallterm.desk.preparing import prepared
from hallterm.desk.replica import Replica
from hallterm.domain.actor import Circumstances
from hallterm.domain.day import OpenDay
from hallterm.domain.decide import decide
from hallterm.domain.decisions.closing import day_due
from hallterm.domain.hall import Hall, Rules
from hallterm.domain.note import NOTHING, Beside
from hallterm.domain.refusal import Refusal, refuse
from hallterm.domain.stream import Command, Event, Fact, StreamKind
from hallterm.store import beside as beside_store
from hallterm.store import outbox, pending
from hallterm.store.ids import new_id
from hallterm.store.loading import open_before
from hallterm.store.log import COMPANY, Batch, Origin, append, provisional, to_ms
from hallterm.store.projection import HallChanges, fold_company, fold_hall
from hallterm.wire import Envelope


class Decided(NamedTuple):
    """The state inside a transaction at some point."""

    hall: Hall
    rules: Rules
    hall_seq: int
    company_seq: int


class Transaction:
    """What holds inside one write transaction."""

    def __init__(
        self,
        connection: sa.Connection,
        replica: Replica,
        rules: Rules,
        where: Circumstances,
        business_day: date,
    ) -> None:
        self.connection = connection
        self.where = where
        self.hall = replica.hall
        self.rules = rules
        self.abandoned = False
        self.locked_at = 0.0
        """When the write lock was taken, by the process's own stopwatch, seconds."""
        self.sign: Callable[[str, str], str] = lambda _actor, _digest: ""
        """Signs an envelope's digest for its actor; see `desk.signatures`."""
        self.link = replica.link
        self.late = False
        """What is performed was carried out at a terminal before; see `decide_in`."""
        self._replica = replica
        self._stream = replica.stream
        self._business_day = business_day
        self._company_seq = replica.company_seq
        self._hall_seq = replica.hall_seq
        self._copied: set[StreamKind] = set()
        self._batch: Batch | None = None
        self._changes: HallChanges | None = None
        self._given: list[outbox.PendingEvent] = []

    def perform(self, command: Command, beside: Beside = NOTHING) -> tuple[Event, ...] | Refusal:
        """Decide a command; write its events, their traces in the read tables, and its notes."""
        if command.stream == "hall" and not self._stream:
            return refuse("hall_missing")
        at, actor, device = self.where.at, self.where.actor.staff_id, self.where.device
        origin = Origin(new_id(at), at, actor, device)
        if self.link is not None:
            command = prepared(
                command, self.hall, self._replica.confirmed_hall, self.where, self.link.lane
            )
        answer = self.carry_out(command, beside, origin)
        if self.link is not None and not isinstance(answer, Refusal):
            self._send(command, beside, origin)
        return answer

    def carry_out(
        self, command: Command, beside: Beside, origin: Origin
    ) -> tuple[Event, ...] | Refusal:
        """Decide a command and write what follows, under an id that it may have had before."""
        self.begin(self.where)
        if isinstance(command, OpenDay):
            command = self._with_numbers(command)
        elif command.stream == "hall" and command.opens_day:
            refused = self._open_day(origin)
            if refused and not (self.late and command.says == "report"):
                return refused
        answer = decide_in(self.connection, command, beside, self._situation())
        if not isinstance(answer, Refusal):
            self.record(command.stream, answer, beside, origin)
        return answer

    def begin(self, where: Circumstances, business_day: date | None = None) -> None:
        """Begin with another command: who gave it, when, and on which business day."""
        self.where = where
        self._business_day = business_day or self._business_day
        self._given = []

    @property
    def given(self) -> tuple[outbox.PendingEvent, ...]:
        """What the last command gave, the opening of the day included: stream and event."""
        return tuple(self._given)

    def _situation(self) -> Situation:
        return Situation(self.hall, self.rules, self.where, self.late)

    def turn_day(self) -> None:
        """Settle a day that was left open and begin the next one."""
        if day_due(self.hall, self._business_day, self.where.at):
            self.perform(OpenDay(day=self._business_day))

    def _open_day(self, origin: Origin) -> Refusal | None:
        """Open the business day with the first action of a new date; refuse a strange one."""
        if not day_due(self.hall, self._business_day, self.where.at):
            return None
        opening = self._with_numbers(OpenDay(day=self._business_day))
        answer = decide(self.hall, opening, self.where, self.rules)
        if not isinstance(answer, Refusal):
            self.record("hall", answer, NOTHING, origin)
            return None
        # Whoever may not open a day is told so by what they came for.
        return answer if answer.code == "day_far" else None

    def _with_numbers(self, command: OpenDay) -> OpenDay:
        numbers = open_before(self.connection, command.day)
        return command.model_copy(update={"numbers": numbers})

    def record(
        self, kind: StreamKind, events: tuple[Event, ...], beside: Beside, origin: Origin
    ) -> None:
        """Write events that a decision has already allowed, and what goes beside them."""
        if not events:
            return
        facts = self._place(kind, events, origin)
        self._given += [(kind, event) for event in events]
        keep = pending.keep if self.link else None
        if kind == "company":
            if kind not in self._copied:
                self.rules = replace(self.rules, company=self.rules.company.copy())
            fold_company(self.connection, self.rules.company, facts, keep)
            self._company_seq = facts[-1].seq
        else:
            if kind not in self._copied:
                self.hall = self.hall.copy()
            self._fold_hall(facts)
            self._hall_seq = facts[-1].seq
        self._copied.add(kind)
        command_id, waits = origin.command_id, self.link is not None
        beside_store.write(self.connection, facts, beside, command_id, pending=waits)

    def gather(self) -> None:
        """From here on, write what many commands give together, at `write_gathered`."""
        self._batch = Batch(self.connection)
        self._changes = HallChanges(self.connection, self._stream)

    def write_gathered(self) -> None:
        """Write everything that was gathered."""
        if self._batch and self._changes:
            self._batch.write()
            self._changes.write(self.hall)

    def _fold_hall(self, facts: list[Fact]) -> None:
        if self._changes:
            self._changes.apply(self.hall, facts)
        else:
            keep = pending.keep if self.link else None
            fold_hall(self.connection, self._stream, self.hall, facts, keep)

    def _place(self, kind: StreamKind, events: tuple[Event, ...], origin: Origin) -> list[Fact]:
        """Give events their places: in the log, or for the time being on top of it."""
        if self.link is None:
            stream = COMPANY if kind == "company" else self._stream
            if self._batch:
                return self._batch.append(stream, events, origin)
            return append(self.connection, stream, events, origin)
        last = self._company_seq if kind == "company" else self._hall_seq
        return provisional(events, last + 1, origin)

    def _send(self, command: Command, beside: Beside, origin: Origin) -> None:
        """Put a command that was carried out here into the outbox."""
        link = self.link
        if link is None:
            return
        envelope = Envelope(
            id=origin.command_id,
            device=link.device,
            device_seq=link.device_seq + 1,
            previous=link.device_hash,
            stream=command.stream,
            type=type(command).__name__,
            payload=command.model_dump(mode="json", exclude_defaults=True),
            actor=origin.actor,
            at_ms=to_ms(whole_milliseconds(origin.at)),
            company_seq=self._replica.confirmed_company_seq,
            beside=beside,
            salt=secrets.token_hex(8) if beside != NOTHING else "",
        )
        signature = self.sign(envelope.actor, envelope.digest)
        envelope = envelope.model_copy(update={"signature": signature})
        outbox.add(self.connection, envelope, self._given)
        self.link = replace(link, device_seq=envelope.device_seq, device_hash=envelope.digest)
        outbox.write_link(self.connection, self.link)

    def snapshot(self) -> Decided:
        """Return what is decided so far; what follows leaves it alone."""
        self._copied.clear()
        return Decided(self.hall, self.rules, self._hall_seq, self._company_seq)

    def go_back(self, decided: Decided) -> None:
        """Forget what was decided since; the caller has taken it out of the store."""
        self.hall, self.rules = decided.hall, decided.rules
        self._hall_seq, self._company_seq = decided.hall_seq, decided.company_seq
        self._given = []

    def abandon(self) -> None:
        """Leave everything as it was."""
        self.abandoned = True

    def keep(self, replica: Replica) -> None:
        """After the commit: make the decided state this process's own."""
        if self.abandoned:
            return
        replica.hall, replica.company = self.hall, self.rules.company
        replica.hall_seq, replica.company_seq = self._hall_seq, self._company_seq
        replica.kept(self.link)
        if not self._stream and replica.stream:
            replica.loaded = False
