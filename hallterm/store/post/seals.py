"""The offices' private keys, and the forms they have sealed."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert

from hallterm.store.post.tables import OfficeSecretRow, PostCursorRow, SealedFormRow
from hallterm.store.tables import table_of

_secret = table_of(OfficeSecretRow)
_form = table_of(SealedFormRow)
_cursor = table_of(PostCursorRow)
_newest: sa.UnaryExpression[Any] = sa.literal_column("sealed_form.rowid").desc()
"""By the order of sealing: two seals may be of the same millisecond."""


def keep_secret(connection: sa.Connection, key_id: str, secret: str, now_ms: int) -> None:
    """Keep a private key."""
    row = {"key_id": key_id, "secret": secret, "made_ms": now_ms}
    connection.execute(insert(_secret).on_conflict_do_nothing(), row)


def secret_of(connection: sa.Connection, key_id: str) -> str | None:
    """Return a private key; None when it is in another store."""
    wanted = sa.select(_secret.c.secret).where(_secret.c.key_id == key_id)
    return connection.execute(wanted).scalar()


def forget_secret(connection: sa.Connection, key_id: str) -> None:
    """Destroy a private key that is out of use."""
    connection.execute(sa.delete(_secret).where(_secret.c.key_id == key_id))


def keep_form(connection: sa.Connection, row: dict[str, Any]) -> bool:
    """Keep a sealed form; one that is there stays. Say whether it was new."""
    return connection.execute(insert(_form).on_conflict_do_nothing(), row).rowcount == 1


def sealed(connection: sa.Connection, request_id: str, version: int) -> sa.Row[Any] | None:
    """Return a form that was sealed, the newest where it was sealed anew for another hall."""
    one = (_form.c.request_id == request_id) & (_form.c.version == version)
    newest = sa.select(_form).where(one).order_by(_newest)
    return connection.execute(newest).first()


def sealed_under(connection: sa.Connection, number: str) -> list[sa.Row[Any]]:
    """Return the sealed forms of a number, newest version first."""
    wanted = sa.select(_form).where(_form.c.number == number)
    return list(connection.execute(wanted.order_by(_form.c.version.desc(), _newest)))


def cursor(connection: sa.Connection, stream: str) -> int:
    """Return how far a stream was read for letters."""
    wanted = sa.select(_cursor.c.seq).where(_cursor.c.stream == stream)
    return int(connection.execute(wanted).scalar() or 0)


def move_cursor(connection: sa.Connection, stream: str, seq: int) -> None:
    """Note how far a stream was read."""
    statement = insert(_cursor).values(stream=stream, seq=seq)
    connection.execute(
        statement.on_conflict_do_update(index_elements=["stream"], set_={"seq": seq})
    )
