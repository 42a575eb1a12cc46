"""Looking at what came in, for those who address customers."""

from dataclasses import dataclass
from datetime import datetime

from hallterm.desk.desk import Desk
from hallterm.domain.actor import Actor
from hallterm.domain.refusal import Refusal, refuse
from hallterm.domain.roles import CARERS, Role
from hallterm.store.connection import reading, writing
from hallterm.store.log import from_ms, to_ms
from hallterm.store.post import evidence

LEAST_DIGITS = 8
"""Of a digest, for it to mean one file."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A file as it came."""

    digest: str
    media: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Viewing:
    """Somebody has looked at a file."""

    staff_id: str
    device: str
    at: datetime


def evidence_of(desk: Desk, actor: Actor, digest: str) -> Kept | Refusal | None:
    """Return a file by the first digits of its digest; None when that means no file, or several.

    That it was looked at, by whom and where, is written before it is given out.

    Refusals: not_allowed. Whoever sees customers masked doesn't see what names them.

    Raises:
        StoreFaultError: the store could not be written; nothing is given out.
    """
    if not actor.is_one_of(CARERS):
        return refuse("not_allowed", command="evidence")
    if len(digest) < LEAST_DIGITS or not digest.isalnum():
        return None
    with writing(desk.connection) as connection:
        found = evidence.beginning_with(connection, digest)
        kept = evidence.content_of(connection, found[0]) if len(found) == 1 else None
        if kept:
            now = to_ms(desk.clock.now())
            evidence.note_view(connection, found[0], actor.staff_id, desk.device, now)
    return Kept(found[0], kept[1], kept[0]) if kept else None


def viewings(desk: Desk, actor: Actor, digest: str) -> list[Viewing] | Refusal:
    """Return who has looked at a file, the latest first; empty for one that nobody looked at.

    Refusals: not_allowed.
    """
    if not actor.is_one_of(CARERS | {Role.ADMINISTRATOR}):
        return refuse("not_allowed", command="evidence")
    with reading(desk.connection) as connection:
        found = evidence.beginning_with(connection, digest) if len(digest) >= LEAST_DIGITS else []
        rows = evidence.views(connection, found[0]) if len(found) == 1 else []
    return [Viewing(row.staff_id, row.device, from_ms(row.at_ms)) for row in rows]
