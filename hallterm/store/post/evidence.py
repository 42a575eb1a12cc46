"""Files that prove something, kept by digest; letters and faxes that came in."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from hashlib import sha256
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert

from hallterm.store.post.tables import AttachmentRow, EvidenceViewRow, ReceivedRow
from hallterm.store.tables import table_of

attachment = table_of(AttachmentRow)
received = table_of(ReceivedRow)
view = table_of(EvidenceViewRow)


class Verdict(StrEnum):
    """What was found out about something that came in."""

    GENUINE = "genuine"
    """Number and seal fit a form of this hall."""
    BY_NUMBER = "by_number"
    """A person, or a number written on it, says which form it is; no seal was read."""
    ALTERED = "altered"
    """It carries a form that was changed, or sealed by nobody we know."""
    UNKNOWN = "unknown"
    """It belongs to no form of this hall, or nobody has said to which."""
    OWN = "own"
    """A letter of ours that came back to us: it has arrived."""


def keep(
    connection: sa.Connection, content: bytes, media: str, *, about: str | None, now_ms: int
) -> str:
    """Keep a file and return its digest; the same file is kept once."""
    digest = sha256(content).hexdigest()
    row = {
        "digest": digest,
        "media": media,
        "content": content,
        "about": about,
        "kept_ms": now_ms,
    }
    connection.execute(insert(attachment).on_conflict_do_nothing(), row)
    if about is not None:
        loose = (attachment.c.digest == digest) & attachment.c.about.is_(None)
        connection.execute(sa.update(attachment).where(loose).values(about=about))
    return digest


def content_of(connection: sa.Connection, digest: str) -> tuple[bytes, str] | None:
    """Return a file and its kind; None when it isn't kept or isn't what its digest says."""
    wanted = sa.select(attachment.c.content, attachment.c.media)
    row = connection.execute(wanted.where(attachment.c.digest == digest)).first()
    if row is None or sha256(row.content).hexdigest() != digest:
        return None
    return row.content, row.media


def note_view(
    connection: sa.Connection, digest: str, staff_id: str, device: str, now_ms: int
) -> None:
    """Note that somebody takes a file out to look at it."""
    row = {"digest": digest, "staff_id": staff_id, "device": device, "at_ms": now_ms}
    connection.execute(insert(view).values(**row))


def views(connection: sa.Connection, digest: str) -> list[sa.Row[Any]]:
    """Return who has looked at a file, the latest first."""
    wanted = sa.select(view).where(view.c.digest == digest)
    return list(connection.execute(wanted.order_by(view.c.at_ms.desc(), view.c.id.desc())))


def damaged(connection: sa.Connection) -> list[str]:
    """Return the digests of files that are no longer what they were."""
    return [
        row.digest
        for row in connection.execute(sa.select(attachment.c.digest, attachment.c.content))
        if sha256(row.content).hexdigest() != row.digest
    ]


def is_known(connection: sa.Connection, received_id: str) -> bool:
    """Say whether a letter or fax was taken before."""
    wanted = sa.select(received.c.id).where(received.c.id == received_id)
    return connection.execute(wanted).first() is not None


def is_settled(connection: sa.Connection, received_id: str, *, again: bool) -> bool:
    """Say whether there is nothing more to do about a letter or fax that comes in.

    again: it may have been taken before without being matched; now somebody knows more.
    """
    wanted = sa.select(received.c.verdict).where(received.c.id == received_id)
    verdict = connection.execute(wanted).scalar()
    return verdict is not None and not (again and verdict == Verdict.UNKNOWN)


def put_received(connection: sa.Connection, row: Mapping[str, Any]) -> None:
    """Note what came in, or what is known of it now."""
    statement = insert(received).values(**row)
    changed = {name: statement.excluded[name] for name in row if name != "id"}
    connection.execute(statement.on_conflict_do_update(index_elements=["id"], set_=changed))


def received_rows(
    connection: sa.Connection, *, kinds: Iterable[str] = ("mail", "fax"), limit: int = 200
) -> list[sa.Row[Any]]:
    """Return what came in, newest first."""
    wanted = sa.select(received).where(received.c.kind.in_(tuple(kinds)))
    ordered = wanted.order_by(received.c.at_ms.desc(), received.c.id).limit(limit)
    return list(connection.execute(ordered))


def count_unmatched(connection: sa.Connection) -> int:
    """Return how many things came in that no request has and somebody has to look at."""
    open_ones = (Verdict.ALTERED, Verdict.BY_NUMBER, Verdict.UNKNOWN)
    loose = received.c.verdict.in_(open_ones) & received.c.reported.is_(False)
    # Letters that have to do with no form are nobody's business here.
    ours = (received.c.kind == "fax") | (received.c.verdict != Verdict.UNKNOWN)
    wanted = sa.select(sa.func.count()).select_from(received).where(loose & ours)
    return int(connection.execute(wanted).scalar() or 0)


def beginning_with(connection: sa.Connection, digits: str) -> list[str]:
    """Return the digests of kept files that begin so, two at the most."""
    wanted = sa.select(attachment.c.digest).where(attachment.c.digest.startswith(digits))
    return [row.digest for row in connection.execute(wanted.limit(2))]
