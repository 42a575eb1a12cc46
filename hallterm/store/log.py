"""The event log: append and read. Places in a stream are given out in the writer's transaction."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from pydantic import ValidationError

from hallterm.domain.event_types import event_types
from hallterm.domain.stream import Event, Fact
from hallterm.store.faults import EventUnknownError
from hallterm.store.ids import new_id
from hallterm.store.tables import LoggedEvent, StreamHead, table_of
from hallterm.wire import WireFact

COMPANY = "company"
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

_event = table_of(LoggedEvent)
_head = table_of(StreamHead)

_advance = (
    sa.update(_head)
    .where(_head.c.stream == sa.bindparam("name"))
    .values(seq=_head.c.seq + sa.bindparam("step"))
    .returning(_head.c.seq, _head.c.epoch)
)
_insert = sa.insert(_event)
_heads = sa.select(_head.c.stream, _head.c.seq)
_after = (
    sa.select(_event)
    .where(_event.c.stream == sa.bindparam("name"), _event.c.seq > sa.bindparam("after"))
    .order_by(_event.c.seq)
    .execution_options(yield_per=1000)
)
_FOLDED = ("configuration", "staff", "request", "dispute")
_company_after = _after.where(_event.c.aggregate.in_(_FOLDED))
_types = event_types()


def hall_stream(hall_id: str) -> str:
    """Return the name of a hall's stream."""
    return f"hall:{hall_id}"


def to_ms(moment: datetime) -> int:
    """Return milliseconds since the epoch."""
    return round((moment - EPOCH) / timedelta(milliseconds=1))


def from_ms(milliseconds: int) -> datetime:
    """Return the aware UTC moment."""
    return EPOCH + timedelta(milliseconds=milliseconds)


def heads(connection: sa.Connection) -> dict[str, int]:
    """Return the last place given out in each stream."""
    return {row.stream: row.seq for row in connection.execute(_heads)}


@dataclass(frozen=True, slots=True)
class Origin:
    """Where the events of one command come from."""

    command_id: str
    at: datetime
    actor: str
    device: str
    device_seq: int | None = None
    """Place in the device's chain; None for a command given at the stream's own home."""
    device_hash: str | None = None


def epoch_of(connection: sa.Connection) -> int:
    """Return the epoch of the store's streams; it grows when they are restored from a backup."""
    return connection.execute(sa.select(sa.func.max(_head.c.epoch))).scalar() or 1


def append(
    connection: sa.Connection, stream: str, events: Sequence[Event], origin: Origin
) -> list[Fact]:
    """Add events to a stream inside the caller's write transaction; return them as facts."""
    if not events:
        return []
    parameters = {"name": stream, "step": len(events)}
    head = connection.execute(_advance, parameters).first()
    if head is None:
        connection.execute(sa.insert(_head), {"stream": stream, "seq": len(events), "epoch": 1})
        last, epoch = len(events), 1
    else:
        last, epoch = head
    first = last - len(events) + 1
    facts = provisional(events, first, origin)
    connection.execute(_insert, [_row(stream, fact, epoch, origin) for fact in facts])
    return facts


class Batch:
    """Facts of many commands, given their places at once and written together at the end."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection
        self._epoch = epoch_of(connection)
        self._heads = heads(connection)
        self._given: dict[str, int] = {}
        self._rows: list[dict[str, object]] = []

    def append(self, stream: str, events: Sequence[Event], origin: Origin) -> list[Fact]:
        """Give events their places in a stream; return them as facts."""
        first = self._heads.get(stream, 0) + self._given.get(stream, 0) + 1
        facts = provisional(events, first, origin)
        self._given[stream] = self._given.get(stream, 0) + len(events)
        self._rows += [_row(stream, fact, self._epoch, origin) for fact in facts]
        return facts

    def write(self) -> None:
        """Advance the heads and write the facts, inside the transaction that gave the places."""
        for stream, count in self._given.items():
            parameters = {"name": stream, "step": count}
            if self._connection.execute(_advance, parameters).first() is None:
                head = {"stream": stream, "seq": count, "epoch": self._epoch}
                self._connection.execute(sa.insert(_head), head)
        if self._rows:
            self._connection.execute(_insert, self._rows)
        self._given, self._rows = {}, []


def provisional(events: Sequence[Event], first: int, origin: Origin) -> list[Fact]:
    """Return events as facts from a place on, without writing them."""
    at, actor, device = origin.at, origin.actor, origin.device
    return [
        Fact(first + place, new_id(at), at, actor, device, event)
        for place, event in enumerate(events)
    ]


def adopt(
    connection: sa.Connection,
    stream: str,
    epoch: int,
    rows: Sequence[WireFact],
    facts: Sequence[Fact],
) -> None:
    """Write facts that the stream's home has ordered. They follow on what is there.

    facts: the same, as the domain knows them.
    """
    told = [_adopted(stream, epoch, *both) for both in zip(rows, facts, strict=True)]
    connection.execute(_insert, told)
    head = _head.c.stream == stream
    values = {"seq": rows[-1].seq, "epoch": epoch}
    if not connection.execute(sa.update(_head).where(head).values(values)).rowcount:
        connection.execute(sa.insert(_head), {"stream": stream, **values})


def _adopted(stream: str, epoch: int, row: WireFact, fact: Fact) -> dict[str, object]:
    event = fact.event
    return {
        "stream": stream,
        "aggregate": event.aggregate,
        "aggregate_id": event.aggregate_id,
        "version": event.version,
        # As the home has written it: read and written again, a set would come in another order.
        "payload": json.dumps(row.payload, ensure_ascii=False, separators=(",", ":")),
        "epoch": epoch,
        **row.model_dump(exclude={"payload", "beside"}),
    }


def read_event(kind: str, told: dict[str, Any]) -> Event:
    """Return an event from its type and fields as JSON has them."""
    return _types[kind].model_validate_json(json.dumps(told))


def read_fact(fact: WireFact) -> Fact:
    """Return a fact as the domain knows it.

    Raises:
        KeyError: an event of a later hallterm.
    """
    event = read_event(fact.type, fact.payload)
    return Fact(fact.seq, fact.id, from_ms(fact.at_ms), fact.actor, fact.device, event)


def _row(stream: str, fact: Fact, epoch: int, origin: Origin) -> dict[str, object]:
    event = fact.event
    return {
        "stream": stream,
        "seq": fact.seq,
        "id": fact.id,
        "aggregate": event.aggregate,
        "aggregate_id": event.aggregate_id,
        "type": event.type,
        "version": event.version,
        "actor": fact.actor,
        "device": fact.device,
        "at_ms": to_ms(fact.at),
        "payload": event.model_dump_json(),
        "epoch": epoch,
        "command_id": origin.command_id,
        "device_seq": origin.device_seq,
        "device_hash": origin.device_hash,
    }


def facts_after(connection: sa.Connection, stream: str, after: int) -> Iterator[Fact]:
    """Return the facts of a stream with a place above `after`, in order."""
    return _facts(connection, _after, stream, after)


def company_facts_after(connection: sa.Connection, after: int) -> Iterator[Fact]:
    """Return set-up, accounts, requests and disputes among the company's later facts.

    Persons are left out: the folded company does not hold them, and an import writes thousands.
    """
    return _facts(connection, _company_after, COMPANY, after)


def _facts(
    connection: sa.Connection, query: sa.Select[Any], stream: str, after: int
) -> Iterator[Fact]:
    for row in connection.execute(query, {"name": stream, "after": after}):
        event = _event_of(row)
        yield Fact(row.seq, row.id, from_ms(row.at_ms), row.actor, row.device, event)


def _event_of(row: sa.Row[Any]) -> Event:
    kind = _types.get(row.type)
    if kind is None:
        raise EventUnknownError(row.type)
    try:
        return kind.model_validate_json(row.payload)
    except ValidationError as error:
        if row.version > kind.version:
            raise EventUnknownError(row.type) from error
        raise


def facts_of_types(
    connection: sa.Connection, stream: str, types: Sequence[str], after: int
) -> Iterator[Fact]:
    """Return the facts of a stream of these types with a place above `after`, in order."""
    return _facts(connection, _after.where(_event.c.type.in_(tuple(types))), stream, after)


def facts_at(connection: sa.Connection, stream: str, places: Iterable[int]) -> Iterator[Fact]:
    """Return the facts at these places of a stream."""
    return _facts(connection, _after.where(_event.c.seq.in_(tuple(places))), stream, 0)
