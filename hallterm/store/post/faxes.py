"""Fax pages on their way into the fax server's folder."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert

from hallterm.store.post.tables import FaxRow
from hallterm.store.tables import table_of

WAITING, FILED = "waiting", "filed"

fax = table_of(FaxRow)
_due = (fax.c.state == WAITING) & (sa.func.length(fax.c.page) > 0)
"""A page whose customer was erased is empty, and goes nowhere."""


def add(connection: sa.Connection, row: dict[str, Any]) -> bool:
    """Add a page; the one of the same fact stays. Say whether it was new."""
    return connection.execute(insert(fax).on_conflict_do_nothing(), row).rowcount == 1


def waiting(connection: sa.Connection) -> list[sa.Row[Any]]:
    """Return the pages that are not in the folder yet, oldest first."""
    wanted = sa.select(fax).where(_due).order_by(fax.c.made_ms, fax.c.id)
    return list(connection.execute(wanted))


def filed(connection: sa.Connection, fax_id: str, said: str, now_ms: int) -> None:
    """Note that a page is in the folder."""
    values = {"state": FILED, "said": said, "filed_ms": now_ms}
    connection.execute(sa.update(fax).where(fax.c.id == fax_id).values(**values))


def failed(connection: sa.Connection, fax_id: str, said: str) -> None:
    """Note why a page could not be put into the folder."""
    connection.execute(sa.update(fax).where(fax.c.id == fax_id).values(said=said))


def rows(connection: sa.Connection, limit: int = 200) -> list[sa.Row[Any]]:
    """Return pages, newest first, without their picture."""
    columns = [column for column in fax.c if column.name != "page"]
    wanted = sa.select(*columns).order_by(fax.c.made_ms.desc(), fax.c.id).limit(limit)
    return list(connection.execute(wanted))


def count_waiting(connection: sa.Connection) -> int:
    """Return how many pages are not in the folder yet."""
    wanted = sa.select(sa.func.count()).select_from(fax).where(_due)
    return int(connection.execute(wanted).scalar() or 0)
