"""A terminal's link to its home, and the commands that are not facts yet."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass

import sqlalchemy as sa

from hallterm.domain.stream import Event, StreamKind
from hallterm.store.log import read_event
from hallterm.store.sync_tables import OutboxRow, SyncLinkRow
from hallterm.store.tables import table_of
from hallterm.wire import Envelope

_link = table_of(SyncLinkRow)
_outbox = table_of(OutboxRow)
_read_link = sa.select(*(column for column in _link.c if column.name != "id"))
_after = sa.select(_outbox).where(_outbox.c.device_seq > sa.bindparam("after"))
_in_order = _after.order_by(_outbox.c.device_seq)

_words = (
    sa.select(_outbox.c.envelope)
    .where(_outbox.c.device_seq > sa.bindparam("after"))
    .order_by(_outbox.c.device_seq)
    .limit(sa.bindparam("most"))
)
_counted = sa.select(sa.func.count(), sa.func.min(_outbox.c.at_ms)).select_from(_outbox)
_gone = sa.delete(_outbox).where(_outbox.c.command_id == sa.bindparam("one"))
_add, _add_link, _change_link = sa.insert(_outbox), sa.insert(_link), sa.update(_link)
_again = (
    sa.update(_outbox)
    .where(_outbox.c.device_seq == sa.bindparam("place"))
    .values(events=sa.bindparam("given"), refused=sa.bindparam("lost"))
)

PendingEvent = tuple[StreamKind, Event]


@dataclass(frozen=True, slots=True)
class Link:
    """A terminal that follows a home."""

    device: str
    hall: str
    lane: int = 1
    epoch: int = 1
    device_seq: int = 0
    device_hash: str = ""
    acknowledged: int = 0
    generation: int = 0


@dataclass(frozen=True, slots=True)
class Pending:
    """One command that is not a fact yet, with what it gives here on top of the facts."""

    device_seq: int
    command_id: str
    envelope: str
    """JSON."""
    events: tuple[PendingEvent, ...]
    at_ms: int
    actor: str
    refused: bool


def read_link(connection: sa.Connection) -> Link | None:
    """Return the link; None where the store is its own home."""
    row = connection.execute(_read_link).mappings().first()
    return Link(**row) if row else None


def write_link(connection: sa.Connection, link: Link) -> None:
    """Write the link inside the caller's write transaction."""
    values = asdict(link)
    if not connection.execute(_change_link, values).rowcount:
        connection.execute(_add_link, {"id": 1, **values})


def add(
    connection: sa.Connection,
    envelope: Envelope,
    events: Iterable[PendingEvent],
) -> None:
    """Add a command inside the transaction that carries it out here."""
    row = {
        "device_seq": envelope.device_seq,
        "command_id": envelope.id,
        "at_ms": envelope.at_ms,
        "envelope": envelope.model_dump_json(),
        "events": _written(events),
        "refused": False,
    }
    connection.execute(_add, row)


def _written(events: Iterable[PendingEvent]) -> str:
    told = [[stream, event.type, event.model_dump(mode="json")] for stream, event in events]
    return json.dumps(told, ensure_ascii=False)


def decided_again(
    connection: sa.Connection, device_seq: int, events: Sequence[PendingEvent], *, refused: bool
) -> None:
    """Write what a command gives on top of newer facts."""
    values = {"place": device_seq, "given": _written(events), "lost": refused}
    connection.execute(_again, values)


def remove(connection: sa.Connection, command_ids: Iterable[str]) -> None:
    """Take out commands that have become facts."""
    rows = [{"one": command_id} for command_id in command_ids]
    if rows:
        connection.execute(_gone, rows)


def pending(connection: sa.Connection, after: int = 0) -> list[Pending]:
    """Return the commands behind a place of the chain, in order."""
    return [
        Pending(
            device_seq=row.device_seq,
            command_id=row.command_id,
            envelope=row.envelope,
            events=tuple((s, read_event(kind, told)) for s, kind, told in json.loads(row.events)),
            at_ms=row.at_ms,
            actor=json.loads(row.envelope)["actor"],
            refused=bool(row.refused),
        )
        for row in connection.execute(_in_order, {"after": after})
    ]


def envelopes(connection: sa.Connection, after: int, most: int, most_bytes: int) -> list[Envelope]:
    """Return the first envelopes behind a place of the chain, at least one if there is any."""
    chosen: list[Envelope] = []
    size = 0
    for text in connection.execute(_words, {"after": after, "most": most}).scalars():
        size += len(text.encode())
        if chosen and size > most_bytes:
            break
        chosen.append(Envelope.model_validate_json(text))
    return chosen


def count(connection: sa.Connection) -> tuple[int, int | None]:
    """Return how many commands are not facts yet, and when the oldest was given (ms)."""
    number, oldest = connection.execute(_counted).one()
    return int(number), oldest
