"""Is what the store shows what its log says?"""

from typing import Any

import sqlalchemy as sa
from sqlmodel import SQLModel

from hallterm.domain.company.state import Company
from hallterm.domain.hall import Hall
from hallterm.store import projection
from hallterm.store.loading import load_company, load_hall
from hallterm.store.log import COMPANY, facts_after, hall_stream, heads
from hallterm.store.tables import LoggedEvent, table_of

_events = table_of(LoggedEvent)


def state(folded: Hall | Company) -> dict[str, Any]:
    """Return everything that a folded state holds, to compare it with another."""
    return dict(vars(folded))


def fold(connection: sa.Connection, stream: str) -> Hall:
    """Return the hall as the log alone tells it."""
    hall = Hall()
    for fact in facts_after(connection, stream, 0):
        hall.apply(fact)
    return hall


def rows(connection: sa.Connection) -> dict[str, list[tuple[Any, ...]]]:
    """Return the rows of every read table, sorted by key."""
    return {
        table.name: [
            tuple(r) for r in connection.execute(sa.select(table).order_by(*table.primary_key))
        ]
        for table in projection.READ_TABLES
    }


def logged(connection: sa.Connection) -> list[tuple[str, int, str, str]]:
    """Return stream, place, type and payload of every event, in order."""
    chosen = sa.select(_events.c.stream, _events.c.seq, _events.c.type, _events.c.payload)
    ordered = connection.execute(chosen.order_by(_events.c.stream, _events.c.seq))
    return [tuple(row) for row in ordered]


def rebuilt(connection: sa.Connection) -> dict[str, list[tuple[Any, ...]]]:
    """Return the read tables as a fold of the log makes them, in a database of their own."""
    engine = sa.create_engine("sqlite://")
    with engine.connect() as empty:
        SQLModel.metadata.create_all(empty, tables=list(projection.READ_TABLES))
        for stream in heads(connection):
            facts = list(facts_after(connection, stream, 0))
            if stream == COMPANY:
                projection.fold_company(empty, Company(), facts)
                continue
            hall = Hall()
            for fact in facts:
                projection.fold_hall(empty, stream, hall, [fact])
        result = rows(empty)
    engine.dispose()
    return result


def assert_true_to_log(connection: sa.Connection) -> None:
    """Check file, places, folded states and read tables of a store."""
    assert connection.exec_driver_sql("PRAGMA integrity_check").scalars().all() == ["ok"]
    assert connection.exec_driver_sql("PRAGMA cipher_integrity_check").all() == []
    for stream, last in heads(connection).items():
        places = connection.execute(
            sa.select(_events.c.seq).where(_events.c.stream == stream).order_by(_events.c.seq)
        )
        assert list(places.scalars()) == list(range(1, last + 1)), stream
    company = load_company(connection)
    assert company.hall is not None
    stream = hall_stream(company.hall.id)
    assert state(load_hall(connection, stream)) == state(fold(connection, stream))
    assert rows(connection) == rebuilt(connection)
    connection.rollback()
