# ruff: noqa: ANN401 - stands in for functions of many kinds
"""Classic bugs of sync, planted one by one, to see that the simulation can fail.

Each is a context in which the production code has the bug. They change names inside the modules
that use them, so that everything else is the code that ships.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from typing import Any
from unittest import mock

import sqlalchemy as sa

from hallterm.desk import follower, home, taking
from hallterm.desk.follower import TerminalFollower
from hallterm.desk.verifying import Believing
from hallterm.domain import disputes
from hallterm.domain.stream import Event, Fact
from hallterm.domain.ticket.commands import CallTicket
from hallterm.domain.ticket.events import TicketCalled
from hallterm.store import chains, outbox
from hallterm.store.chains import Chain
from hallterm.store.connection import writing
from hallterm.store.log import adopt, heads
from hallterm.sync.loop import Syncer, Wakes
from hallterm.sync.ports import UnreachableError
from hallterm.wire import Envelope, Facts, Problem, Push, Pushed, WireFact
from tests.simulation import core, machine

Mutation = Callable[[], Any]
"""Returns a context manager."""

FOR_EVER = 1e7


@contextmanager
def cursor_by_timestamp() -> Iterator[None]:
    """The home hands out what is later than the last fact seen, by its time, not its place."""
    real = home.HubHome.facts

    def facts(self: home.HubHome, stream: str, after: int, most: int) -> Facts | Problem:
        answer = real(self, stream, 0, 10**6)
        if isinstance(answer, Problem):
            return answer
        seen = [fact.at_ms for fact in answer.facts if fact.seq == after]
        later = [fact for fact in answer.facts if not seen or fact.at_ms > seen[0]][:most]
        return answer.model_copy(update={"after": after, "facts": later})

    def nothing_misplaced(_: sa.Connection, __: Sequence[Facts]) -> None:
        return None

    def by_place(connection: sa.Connection, stream: str, epoch: int, rows: Any, facts: Any) -> None:
        known = heads(connection).get(stream, 0)
        new = [both for both in zip(rows, facts, strict=True) if both[0].seq > known]
        if new:
            adopt(connection, stream, epoch, *zip(*new, strict=True))

    with (
        mock.patch.object(home.HubHome, "facts", facts),
        mock.patch.object(follower, "_misplaced", nothing_misplaced),
        mock.patch.object(follower, "adopt", by_place),
    ):
        yield


@contextmanager
def dedupe_by_number_only() -> Iterator[None]:
    """The home takes a number that it has seen, from whatever device, as done."""
    real_read, real_write = chains.read_chain, chains.write_chain

    def read(connection: sa.Connection, _: str) -> Chain:
        return real_read(connection, "all")

    def write(connection: sa.Connection, _: str, chain: Chain) -> None:
        real_write(connection, "all", chain)

    def misplaced(
        _: taking.Taking, __: str, chain: Chain, one: Envelope, ___: str
    ) -> Problem | None:
        ahead = one.device_seq > chain.seq + 1
        return Problem(code="gap", expected={"device_seq": chain.seq + 1}) if ahead else None

    with (
        mock.patch.object(taking, "read_chain", read),
        mock.patch.object(taking, "write_chain", write),
        mock.patch.object(taking.Taking, "_misplaced", misplaced),
    ):
        yield


@contextmanager
def ack_before_commit() -> Iterator[None]:
    """The home answers at once and writes to the disk with a later push."""
    takes = [0]

    @contextmanager
    def lazily(connection: sa.Connection) -> Iterator[sa.Connection]:
        driver: Any = connection.connection.dbapi_connection
        if not driver.in_transaction:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        yield connection
        takes[0] += 1
        if takes[0] % 3 == 0:
            connection.commit()

    @contextmanager
    def looking(connection: sa.Connection) -> Iterator[sa.Connection]:
        yield connection

    with (
        mock.patch.object(home, "writing", lazily),
        mock.patch.object(home, "reading", looking),
    ):
        yield


@contextmanager
def outbox_cleared_on_error() -> Iterator[None]:
    """The terminal forgets what it could not send."""
    real = Syncer._send

    async def send(self: Syncer) -> bool:
        try:
            return await real(self)
        except UnreachableError:
            await self._store(_forget_outgoing)
            raise

    with mock.patch.object(Syncer, "_send", send):
        yield


def _forget_outgoing(one: Any) -> None:
    assert isinstance(one, TerminalFollower)
    with writing(one._desk.connection) as connection:
        connection.exec_driver_sql("DELETE FROM outbox")


@contextmanager
def pull_outside_a_transaction() -> Iterator[None]:
    """Facts are written and committed, and folded in a transaction after that."""

    def adopt_and_commit(connection: sa.Connection, *rest: Any) -> None:
        adopt(connection, *rest)
        connection.commit()
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    with mock.patch.object(follower, "adopt", adopt_and_commit):
        yield


@contextmanager
def cursor_before_the_facts() -> Iterator[None]:
    """The cursor goes to the home's head although only a piece has been taken in."""
    told: dict[str, int] = {}
    real = home.HubHome.facts

    def facts(self: home.HubHome, stream: str, after: int, most: int) -> Facts | Problem:
        answer = real(self, stream, after, most)
        if isinstance(answer, Facts):
            told[stream] = answer.head
        return answer

    def ahead(
        connection: sa.Connection,
        stream: str,
        epoch: int,
        rows: Sequence[WireFact],
        facts: Sequence[Fact],
    ) -> None:
        adopt(connection, stream, epoch, rows, facts)
        connection.exec_driver_sql(
            "UPDATE stream_head SET seq = max(seq, ?) WHERE stream = ?",
            (told.get(stream, 0), stream),
        )

    with (
        mock.patch.object(home.HubHome, "facts", facts),
        mock.patch.object(follower, "adopt", ahead),
    ):
        yield


@contextmanager
def pending_not_decided_again() -> Iterator[None]:
    """What is pending keeps the events that it gave on older facts, and is not shown again."""
    with mock.patch.object(follower._Absorbing, "_decide_again", return_value=None):
        yield


@contextmanager
def retry_without_a_key() -> Iterator[None]:
    """The home carries out whatever comes, however often it comes."""

    def misplaced(*_: Any) -> None:
        return None

    real = taking.Taking.push

    def push(self: taking.Taking, device: str, one: Push) -> Pushed | Problem:
        first = one.commands[0]
        forgotten = Chain(first.device_seq - 1, first.previous)
        with mock.patch.object(taking, "read_chain", return_value=forgotten):
            return real(self, device, one)

    with (
        mock.patch.object(taking.Taking, "_misplaced", misplaced),
        mock.patch.object(taking.Taking, "push", push),
    ):
        yield


@contextmanager
def claims_taken_as_reports() -> Iterator[None]:
    """The home keeps a call that has lost as if it had to."""
    real = taking.Taking._carried_out

    def carried_out(self: taking.Taking, command: Any, envelope: Envelope, origin: Any) -> Any:
        refusal = real(self, command, envelope, origin)
        if refusal is None or not isinstance(command, CallTicket):
            return refusal
        hall = self._work.hall
        duty = hall.counter_of(envelope.actor)
        if duty is None or command.ticket_id not in hall.tickets:
            return refusal
        called: tuple[Event, ...] = (
            TicketCalled(ticket_id=command.ticket_id, counter_id=duty.counter_id),
        )
        self._work.record("hall", called, envelope.beside, origin)
        return None

    with mock.patch.object(taking.Taking, "_carried_out", carried_out):
        yield


@contextmanager
def lost_answer_given_anew() -> Iterator[None]:
    """A command whose answer was lost counts as failed and is given again under a new id."""
    real = Syncer._send

    async def send(self: Syncer) -> bool:
        try:
            return await real(self)
        except UnreachableError:
            await self._store(_give_anew)
            raise

    with mock.patch.object(Syncer, "_send", send):
        yield


def _give_anew(one: Any) -> None:
    assert isinstance(one, TerminalFollower)
    waiting = one.view(50).outgoing
    with writing(one._desk.connection) as connection:
        link = outbox.read_link(connection)
        assert link is not None
        for old in waiting:
            new = old.model_copy(
                update={
                    "id": one._desk.new_id(),
                    "device_seq": link.device_seq + 1,
                    "previous": link.device_hash,
                }
            )
            connection.exec_driver_sql(
                "UPDATE outbox SET command_id = ?, device_seq = ?, envelope = ?"
                " WHERE command_id = ?",
                (new.id, new.device_seq, new.model_dump_json(), old.id),
            )
            link = replace(link, device_seq=new.device_seq, device_hash=new.digest)
        # It believes that the home has nothing of what failed.
        outbox.write_link(connection, replace(link, acknowledged=link.device_seq - len(waiting)))


@contextmanager
def no_timer_after_a_failure() -> Iterator[None]:
    """A push that failed waits until somebody gives another command."""
    real = Syncer.turn

    async def turn(self: Syncer) -> tuple[float, Wakes]:
        rest, wakes = await real(self)
        return (FOR_EVER, Wakes.PERSON) if wakes is not Wakes.WANTED else (rest, wakes)

    with mock.patch.object(Syncer, "turn", turn):
        yield


@contextmanager
def refused_command_blocks() -> Iterator[None]:
    """A command that the home refuses gets no fact, so it stays in the outbox."""
    real = disputes.command_settled

    def settled(kind: Any, name: str, command_id: str, refusal: Any) -> Any:
        return real(kind, name, command_id if refusal is None else f"{command_id}?", refusal)

    with ExitStack() as stack:
        stack.enter_context(mock.patch.object(taking, "command_settled", settled))
        stack.enter_context(mock.patch.object(follower, "_command_id", _named))
        yield


def _named(fact: Any, told: str) -> str:
    return getattr(fact.event, "command_id", told) if fact.event.aggregate == "command" else told


@contextmanager
def epoch_not_looked_at() -> Iterator[None]:
    """After a restore of the home the same places are taken for the same history."""
    real_push, real_misplaced = taking.Taking.push, follower._misplaced

    def push(self: taking.Taking, device: str, one: Push) -> Pushed | Problem:
        return real_push(self, device, one.model_copy(update={"epoch": self._epoch}))

    def misplaced(connection: sa.Connection, answers: Sequence[Facts]) -> Problem | None:
        link = outbox.read_link(connection)
        assert link is not None
        same = [one.model_copy(update={"epoch": link.epoch}) for one in answers]
        return real_misplaced(connection, same)

    with (
        mock.patch.object(taking.Taking, "push", push),
        mock.patch.object(follower, "_misplaced", misplaced),
    ):
        yield


@contextmanager
def signatures_not_looked_at() -> Iterator[None]:
    """The home believes whatever name stands on a command."""
    with mock.patch.object(core, "Verifier", return_value=Believing()):
        yield


@contextmanager
def erased_bytes_stay() -> Iterator[None]:
    """Rows of somebody erased go; their bytes stay in the pages until others are put there."""
    with mock.patch.object(machine, "LEAVE_NOTHING", "PRAGMA secure_delete = OFF"):
        yield


RESTORED = frozenset({epoch_not_looked_at.__name__})
"""Those that show only when the home's disk is lost and an earlier state takes its place."""

MUTATIONS: dict[str, Mutation] = {
    one.__name__: one
    for one in (
        cursor_by_timestamp,
        dedupe_by_number_only,
        ack_before_commit,
        outbox_cleared_on_error,
        pull_outside_a_transaction,
        cursor_before_the_facts,
        pending_not_decided_again,
        retry_without_a_key,
        claims_taken_as_reports,
        lost_answer_given_anew,
        no_timer_after_a_failure,
        refused_command_blocks,
        epoch_not_looked_at,
        signatures_not_looked_at,
        erased_bytes_stay,
    )
}
