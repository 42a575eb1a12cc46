"""What the hall has learnt from its days, kept so that not every process has to work it out."""

import sqlalchemy as sa

from hallterm.store.tables import LearntRecord, table_of

_learnt = table_of(LearntRecord)


def read_learnt(connection: sa.Connection, key: str) -> str | None:
    """Return what was kept under a key; None when that is not what was kept last."""
    found = connection.execute(sa.select(_learnt.c.document).where(_learnt.c.key == key))
    document: str | None = found.scalar()
    return document


def keep_learnt(connection: sa.Connection, key: str, document: str) -> None:
    """Keep this in place of what was kept before; inside the caller's write transaction."""
    connection.execute(sa.delete(_learnt))
    connection.execute(sa.insert(_learnt), {"key": key, "document": document})
