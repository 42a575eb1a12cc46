"""One write transaction: decide on a copy, append, project, keep the copy once committed."""

from dataclasses import replace
from datetime import date

import sqlalchemy as sa

from hallterm.desk.replica import Replica
from hallterm.domain.actor import Circumstances
from hallterm.domain.day import OpenDay
from hallterm.domain.decide import decide
from hallterm.domain.hall import Rules
from hallterm.domain.note import NOTHING, Beside
from hallterm.domain.refusal import Refusal, refuse
from hallterm.domain.stream import Command, Event, StreamKind
from hallterm.store.log import COMPANY, append
from hallterm.store.persons.notes import write as write_notes
from hallterm.store.projection import fold_company, fold_hall


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
        self._stream = replica.stream
        self._business_day = business_day
        self._company_seq = replica.company_seq
        self._hall_seq = replica.hall_seq

    def perform(self, command: Command, beside: Beside = NOTHING) -> tuple[Event, ...] | Refusal:
        """Decide a command; write its events, their traces in the read tables, and its notes."""
        if command.stream == "hall":
            if not self._stream:
                return refuse("hall_missing")
            if not isinstance(command, OpenDay):
                self._open_day()
        answer = decide(self.hall, command, self.where, self.rules)
        if not isinstance(answer, Refusal):
            self.record(command.stream, answer)
            at, actor = self.where.at, self.where.actor.staff_id
            write_notes(self.connection, beside.notes, at=at, actor=actor)
        return answer

    def _open_day(self) -> None:
        """Open the business day with the first action of a new date."""
        last = self.hall.last_day
        if last is not None and self._business_day <= last:
            return
        answer = decide(self.hall, OpenDay(day=self._business_day), self.where, self.rules)
        if not isinstance(answer, Refusal):
            self.record("hall", answer)

    def record(self, kind: StreamKind, events: tuple[Event, ...]) -> None:
        """Write events that a decision has already allowed."""
        if not events:
            return
        stream = COMPANY if kind == "company" else self._stream
        where = self.where
        facts = append(
            self.connection,
            stream,
            events,
            at=where.at,
            actor=where.actor.staff_id,
            device=where.device,
        )
        if kind == "company":
            company = self.rules.company.copy()
            fold_company(self.connection, company, facts)
            self.rules = replace(self.rules, company=company)
            self._company_seq = facts[-1].seq
        else:
            self.hall = self.hall.copy()
            fold_hall(self.connection, stream, self.hall, facts)
            self._hall_seq = facts[-1].seq

    def abandon(self) -> None:
        """Leave everything as it was."""
        self.abandoned = True

    def keep(self, replica: Replica) -> None:
        """After the commit: make the decided state this process's own."""
        if self.abandoned:
            return
        replica.hall, replica.company = self.hall, self.rules.company
        replica.hall_seq, replica.company_seq = self._hall_seq, self._company_seq
        if not self._stream and replica.stream:
            replica.loaded = False
