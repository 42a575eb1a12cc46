"""How far each terminal has come: it asks for what follows what it has taken in for good.

An erasure is a fact, so a terminal that asks from behind it has erased. That is what a manager is
shown as acknowledged.
"""

from collections.abc import Mapping

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert

from hallterm.store.hub_tables import HubCursorRow
from hallterm.store.tables import table_of

_cursors = table_of(HubCursorRow)

Place = tuple[str, str]
"""Device, stream."""


class Cursors:
    """What terminals have said since it was written down."""

    def __init__(self) -> None:
        self._said: dict[Place, tuple[int, int]] = {}
        self._written: dict[Place, int] = {}

    def say(self, device: str, stream: str, seq: int, now_ms: int) -> None:
        """Note that a terminal has asked for what follows a place."""
        if self._written.get((device, stream)) != seq:
            self._said[device, stream] = (seq, now_ms)

    def fresh(self) -> dict[Place, tuple[int, int]]:
        """Return what is not written down: place in the stream, and when it was said."""
        return dict(self._said)

    def written(self, fresh: Mapping[Place, tuple[int, int]]) -> None:
        """Note that it is."""
        for place, said in fresh.items():
            self._written[place] = said[0]
            if self._said.get(place) == said:
                del self._said[place]


def write_cursors(connection: sa.Connection, fresh: Mapping[Place, tuple[int, int]]) -> None:
    """Write down how far terminals have come, inside a write transaction."""
    rows = [
        {"device": device, "stream": stream, "seq": seq, "at_ms": at_ms}
        for (device, stream), (seq, at_ms) in fresh.items()
    ]
    put = insert(_cursors)
    changes = {"seq": put.excluded.seq, "at_ms": put.excluded.at_ms}
    put = put.on_conflict_do_update(index_elements=["device", "stream"], set_=changes)
    connection.execute(put, rows)
