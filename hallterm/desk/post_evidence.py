"""Looking at what came in, for those who address customers."""

from dataclasses import dataclass

from hallterm.desk.desk import Desk
from hallterm.domain.actor import Actor
from hallterm.domain.refusal import Refusal, refuse
from hallterm.domain.roles import CARERS
from hallterm.store.connection import reading
from hallterm.store.post import evidence

LEAST_DIGITS = 8
"""Of a digest, for it to mean one file."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A file as it came."""

    digest: str
    media: str
    content: bytes


def evidence_of(desk: Desk, actor: Actor, digest: str) -> Kept | Refusal | None:
    """Return a file by the first digits of its digest; None when that means no file, or several.

    Refusals: not_allowed. Whoever sees customers masked doesn't see what names them.
    """
    if not actor.is_one_of(CARERS):
        return refuse("not_allowed", command="evidence")
    if len(digest) < LEAST_DIGITS or not digest.isalnum():
        return None
    with reading(desk.connection) as connection:
        found = evidence.beginning_with(connection, digest)
        kept = evidence.content_of(connection, found[0]) if len(found) == 1 else None
    return Kept(found[0], kept[1], kept[0]) if kept else None
