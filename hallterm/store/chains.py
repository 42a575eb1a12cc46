"""At a home: how far it has each device's chain of commands."""

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert

from hallterm.store.sync_tables import DeviceChainRow
from hallterm.store.tables import LoggedEvent, table_of

_chain = table_of(DeviceChainRow)
_event = table_of(LoggedEvent)
_read = sa.select(_chain.c.seq, _chain.c.digest).where(_chain.c.device == sa.bindparam("device"))
_known = (
    sa.select(_event.c.device_hash)
    .where(_event.c.device == sa.bindparam("device"), _event.c.device_seq == sa.bindparam("seq"))
    .limit(1)
)
_put = insert(_chain)
_put = _put.on_conflict_do_update(
    index_elements=["device"], set_={"seq": _put.excluded.seq, "digest": _put.excluded.digest}
)


@dataclass(frozen=True, slots=True)
class Chain:
    """The end of a device's chain as the home has it."""

    seq: int = 0
    digest: str = ""


def read_chain(connection: sa.Connection, device: str) -> Chain:
    """Return how far the home has a device's chain."""
    row = connection.execute(_read, {"device": device}).first()
    return Chain(row.seq, row.digest) if row else Chain()


def write_chain(connection: sa.Connection, device: str, chain: Chain) -> None:
    """Note how far the home has a device's chain, inside the transaction that took it."""
    if chain.seq:
        connection.execute(_put, {"device": device, "seq": chain.seq, "digest": chain.digest})


def digest_at(connection: sa.Connection, device: str, seq: int) -> str | None:
    """Return the digest of the command that a device had at a place of its chain."""
    return connection.execute(_known, {"device": device, "seq": seq}).scalar()
