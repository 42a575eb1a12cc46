"""A terminal's side of sync: what it sends, and what it makes of the facts that come."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace

import sqlalchemy as sa

from hallterm.desk.desk import Desk
from hallterm.desk.leasing import top_up
from hallterm.desk.sync_ports import Absorbed, Lost, View
from hallterm.desk.taking import BEFORE_ROLES, MACHINE
from hallterm.desk.transaction import Transaction
from hallterm.domain.actor import Actor, Circumstances
from hallterm.domain.command_types import command_types
from hallterm.domain.disputes import CommandSettled, ReportDisputed
from hallterm.domain.person.events import PersonErased
from hallterm.domain.refusal import Refusal
from hallterm.domain.stream import Event, Fact
from hallterm.store import beside as beside_store
from hallterm.store import outbox, pending
from hallterm.store.connection import reading, writing, writing_again
from hallterm.store.log import COMPANY, Origin, adopt, from_ms, heads, read_fact
from hallterm.store.persons.erasing import scrub
from hallterm.store.projection import fold_company, fold_hall
from hallterm.wire import MOST_BYTES, Envelope, Facts, Problem


class TerminalFollower:
    """Keeps a store in step with its home. Belongs to one thread, as the desk does.

    The store has a link; see `desk.joining`.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def view(self, most: int = 1000) -> View:
        """Return how things stand, with at most so many commands to send, and 1 MiB of them."""
        with reading(self._desk.connection) as connection:
            link = outbox.read_link(connection)
            if link is None:
                message = "this store follows no home"
                raise LookupError(message)
            known = heads(connection)
            outgoing = outbox.envelopes(connection, link.acknowledged, most, MOST_BYTES)
            unsent, oldest_ms = outbox.count(connection)
        cursors = {stream: known.get(stream, 0) for stream in (COMPANY, f"hall:{link.hall}")}
        return View(link.epoch, cursors, outgoing, unsent, oldest_ms)

    def acknowledge(self, device_seq: int) -> None:
        """Note how far the home has the chain. They stay pending until they are facts.

        A place before the one known is taken as told: a home restored from a backup has less.
        """
        with writing_again(self._desk.connection) as connection:
            link = outbox.read_link(connection)
            if link is not None and link.acknowledged != device_seq:
                outbox.write_link(connection, replace(link, acknowledged=device_seq))

    def keep_ready(self) -> bool:
        """Ask the home for ticket numbers where few are left; say whether anything was asked."""
        self._desk.refresh()
        return top_up(self._desk)

    def absorb(self, answers: Sequence[Facts]) -> Absorbed | Problem:
        """Take facts in, in one transaction, and decide what is still pending again on top.

        A power cut may undo it: the home has the facts and gives them again.
        A piece that does not follow on the cursor is answered with a gap, one of another epoch
        with an epoch; nothing has changed.

        Raises:
            StoreFaultError: nothing has changed.
            KeyError: a fact of a later hallterm; nothing has changed.
        """
        desk = self._desk
        try:
            with _begun(answers)(desk.connection) as connection:
                desk.replica.catch_up(connection)
                problem = _misplaced(connection, answers)
                if problem:
                    connection.rollback()
                    return problem
                absorbed = _Absorbing(desk).all(answers)
        except BaseException:
            desk.replica.loaded = False  # it may hold facts that were not written
            raise
        # What was decided again is read back in the way in which every other process reads it.
        with reading(desk.connection) as connection:
            desk.replica.catch_up(connection)
        scrub(desk.connection)
        return absorbed


def _begun(
    answers: Sequence[Facts],
) -> Callable[[sa.Connection], AbstractContextManager[sa.Connection]]:
    """Return how to begin: an erasure must be on the disk before this terminal says that it is."""
    erases = any(fact.type == PersonErased.__name__ for one in answers for fact in one.facts)
    return writing if erases else writing_again


def _misplaced(connection: sa.Connection, answers: Sequence[Facts]) -> Problem | None:
    known, link = heads(connection), outbox.read_link(connection)
    for answer in answers:
        if link is not None and answer.epoch != link.epoch:
            # The home was restored: what follows there on this cursor is of another history.
            return Problem(code="epoch", expected={"epoch": link.epoch})
        cursor = known.get(answer.stream, 0)
        places = range(cursor + 1, cursor + 1 + len(answer.facts))
        if answer.after != cursor or [fact.seq for fact in answer.facts] != list(places):
            return Problem(code="gap", expected={"stream": answer.stream, "after": cursor})
    return None


class _Absorbing:
    """One transaction in which facts are taken in."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._connection = desk.connection
        self._waiting = outbox.pending(desk.connection)
        self._events: dict[str, list[Event]] = {}
        """Command id → what its home made of it."""

    def all(self, answers: Sequence[Facts]) -> Absorbed:
        link = self._desk.replica.link
        if self._waiting:
            pending.restore(self._connection)
        count = 0
        for answer in answers:
            if answer.facts:
                count += len(answer.facts)
                self._adopt(answer)
        mine = [one for one in self._waiting if one.command_id in self._events]
        rest = [one for one in self._waiting if one.command_id not in self._events]
        outbox.remove(self._connection, (one.command_id for one in mine))
        self._decide_again(rest)
        if link is not None and (self._waiting or count):
            generation = link.generation + bool(self._waiting)
            outbox.write_link(self._connection, replace(link, generation=generation))
        lost = tuple(told for one in mine if (told := self._lost(one)))
        return Absorbed(count, len(mine), lost)

    def _adopt(self, answer: Facts) -> None:
        """Write facts, fold them into what the facts alone say, and what goes beside them."""
        replica = self._desk.replica
        facts = [read_fact(fact) for fact in answer.facts]
        adopt(self._connection, answer.stream, answer.epoch, answer.facts, facts)
        if answer.stream == COMPANY:
            company = replica.confirmed_company.copy()
            fold_company(self._connection, company, facts)
            replica.confirm_company(company, facts[-1].seq)
        else:
            hall = replica.confirmed_hall.copy()
            fold_hall(self._connection, answer.stream, hall, facts)
            replica.confirm_hall(hall, facts[-1].seq)
        for fact, wired in zip(facts, answer.facts, strict=True):
            beside_store.write(self._connection, [fact], wired.beside, wired.command_id)
            self._events.setdefault(_command_id(fact, wired.command_id), []).append(fact.event)

    def _decide_again(self, rest: Sequence[outbox.Pending]) -> None:
        """Put what is still pending on top of the newer facts."""
        desk = self._desk
        if not rest:
            return
        desk.replica.show_facts()
        where = Circumstances(Actor(desk.device, MACHINE), desk.clock.now(), desk.device)
        work = Transaction(
            self._connection, desk.replica, desk.rules, where, desk.business_day(where.at)
        )
        work.late = True
        for one in rest:
            refused = self._again(work, one)
            outbox.decided_again(self._connection, one.device_seq, work.given, refused=refused)

    def _again(self, work: Transaction, one: outbox.Pending) -> bool:
        """Decide one pending command again; say whether it is refused here."""
        desk = self._desk
        envelope = Envelope.model_validate_json(one.envelope)
        at = from_ms(one.at_ms)
        member = work.rules.company.staff.get(envelope.actor)
        roles = MACHINE if member is None or envelope.type in BEFORE_ROLES else member.roles
        where = Circumstances(Actor(envelope.actor, roles), at, envelope.device)
        work.begin(where, desk.business_day(at))
        command = command_types()[envelope.type].model_validate(envelope.payload)
        origin = Origin(envelope.id, at, envelope.actor, envelope.device)
        return isinstance(work.carry_out(command, envelope.beside, origin), Refusal)

    def _lost(self, one: outbox.Pending) -> Lost | None:
        """Say how a command ended, if that is not how it was carried out here."""
        envelope = Envelope.model_validate_json(one.envelope)
        for event in self._events[one.command_id]:
            if isinstance(event, CommandSettled) and event.refusal:
                return Lost(one.command_id, envelope.type, envelope.actor, event.refusal)
            if isinstance(event, ReportDisputed):
                why = Refusal(event.code, dict(event.args))
                return Lost(one.command_id, envelope.type, envelope.actor, why, disputed=True)
        return None


def _command_id(fact: Fact, told: str) -> str:
    return fact.event.command_id if isinstance(fact.event, CommandSettled) else told
