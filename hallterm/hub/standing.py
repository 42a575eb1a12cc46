"""What a manager sees of the terminals: how far each is, what was kept aside, what it erased."""

from collections.abc import Iterator
from dataclasses import dataclass

import sqlalchemy as sa

from hallterm.hub import registry
from hallterm.store.hub_tables import HubAsideRow, HubCursorRow
from hallterm.store.log import COMPANY, heads
from hallterm.store.tables import LoggedEvent, table_of

_aside, _cursors = table_of(HubAsideRow), table_of(HubCursorRow)
_events = table_of(LoggedEvent)


@dataclass(frozen=True, slots=True)
class DeviceStanding:
    """How a terminal stands with the hub."""

    device: str
    hall: str
    enrolled_ms: int
    contact_ms: int | None
    """When it last asked for facts; None when it never has."""
    behind: int
    """Facts that it has not said to have taken in; it does so with its next question."""
    revoked_ms: int | None
    revoked_why: str
    kept_aside: int
    """Commands that it sent after it was revoked."""


def standings(connection: sa.Connection) -> Iterator[DeviceStanding]:
    """Return how every terminal stands, by name; inside a read transaction."""
    last = heads(connection)
    for one in registry.devices(connection):
        rows = connection.execute(sa.select(_cursors).where(_cursors.c.device == one.id)).all()
        seen = {row.stream: row.seq for row in rows}
        count = sa.select(sa.func.count()).where(_aside.c.device == one.id)
        yield DeviceStanding(
            device=one.id,
            hall=one.hall,
            enrolled_ms=one.enrolled_ms,
            contact_ms=max((row.at_ms for row in rows), default=None),
            behind=sum(last.get(stream, 0) - seen.get(stream, 0) for stream in one.streams),
            revoked_ms=one.revoked_ms,
            revoked_why=one.revoked_why,
            kept_aside=int(connection.execute(count).scalar() or 0),
        )


@dataclass(frozen=True, slots=True)
class Erasure:
    """An erased person, and which terminals have erased it as well."""

    person_id: str
    at_ms: int
    actor: str
    erased: tuple[str, ...]
    """Terminals that have taken the erasure in."""
    waiting: tuple[str, ...]
    """Terminals that have not."""
    out_of_reach: tuple[str, ...]
    """Revoked ones that had not: nobody can erase there but whoever has them."""


def erasures(connection: sa.Connection) -> Iterator[Erasure]:
    """Return all erasures, the latest first; inside a read transaction."""
    devices = list(registry.devices(connection))
    company = sa.select(_cursors.c.device, _cursors.c.seq).where(_cursors.c.stream == COMPANY)
    seen = {row.device: row.seq for row in connection.execute(company)}
    erased = (_events.c.stream == COMPANY) & (_events.c.type == "person_erased")
    for event in connection.execute(
        sa.select(_events).where(erased).order_by(_events.c.seq.desc())
    ):
        # Whoever joined later was given a snapshot that never held the person.
        knew = [one for one in devices if one.enrolled_ms <= event.at_ms]
        done = [one for one in knew if seen.get(one.id, 0) >= event.seq]
        left = [one for one in knew if one not in done]
        yield Erasure(
            person_id=event.aggregate_id,
            at_ms=event.at_ms,
            actor=event.actor,
            erased=tuple(one.id for one in done),
            waiting=tuple(one.id for one in left if one.revoked_ms is None),
            out_of_reach=tuple(one.id for one in left if one.revoked_ms is not None),
        )
