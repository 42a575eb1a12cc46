"""What a revoked terminal still sends: kept for a manager to look at, never applied."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert

from hallterm.store.hub_tables import HubAsideRow
from hallterm.store.tables import table_of
from hallterm.wire import Envelope

_aside = table_of(HubAsideRow)

MOST_BYTES_ASIDE = 64 << 20
"""Of one device; what comes beyond is dropped: a thief must not fill the disk."""


@dataclass(frozen=True, slots=True)
class KeptAside:
    """One command that was kept."""

    device: str
    received_ms: int
    envelope: Envelope


def keep_aside(
    connection: sa.Connection, device: str, envelopes: Sequence[Envelope], now_ms: int
) -> int:
    """Keep commands that are not there yet; return how many there is room for.

    Call it inside a write transaction.
    """
    size = sa.select(sa.func.coalesce(sa.func.sum(_aside.c.bytes), 0))
    room = MOST_BYTES_ASIDE - int(
        connection.execute(size.where(_aside.c.device == device)).scalar() or 0
    )
    rows = []
    for one in envelopes:
        text = one.model_dump_json()
        room -= len(text.encode())
        if room < 0:
            break
        rows.append(
            {
                "id": one.id,
                "device": device,
                "received_ms": now_ms,
                "bytes": len(text.encode()),
                "envelope": text,
            }
        )
    if rows:
        connection.execute(insert(_aside).on_conflict_do_nothing(), rows)
    return len(rows)


def kept_aside(connection: sa.Connection, device: str | None = None) -> Iterator[KeptAside]:
    """Return what was kept, in the order in which it was given."""
    chosen = sa.select(_aside).order_by(_aside.c.device, _aside.c.id)
    if device is not None:
        chosen = chosen.where(_aside.c.device == device)
    for row in connection.execute(chosen):
        yield KeptAside(row.device, row.received_ms, Envelope.model_validate_json(row.envelope))


def drop_aside(connection: sa.Connection, device: str) -> int:
    """Forget what was kept of a device, inside a write transaction; return how many it were."""
    return connection.execute(sa.delete(_aside).where(_aside.c.device == device)).rowcount
