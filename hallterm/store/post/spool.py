"""The spool: letters on their way out. Every step is a transaction, so a restart loses nothing.

waiting → handing (one process has it) → giving (its text goes out now) → sent | filed
A process that dies while handing has sent nothing: the letter waits again. One that dies while
giving may have sent it: the letter is uncertain, and only a person or proof settles that.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert

from hallterm.store.post.tables import LetterRow
from hallterm.store.tables import table_of

LEASE_MS = 5 * 60 * 1000
"""Longer than a server gets in all; whoever holds a letter beyond has died."""

letter = table_of(LetterRow)


class LetterState(StrEnum):
    """Where a letter is."""

    WAITING = "waiting"
    HANDING = "handing"
    GIVING = "giving"
    SENT = "sent"
    """A mail server has taken it."""
    FILED = "filed"
    """It lies in the outbox folder, as there is no mail server."""
    REFUSED = "refused"
    """The server won't have it."""
    UNCERTAIN = "uncertain"
    """It may have arrived."""
    UNADDRESSED = "unaddressed"
    """The office has no address."""
    UNMADE = "unmade"
    """The form could not be drawn."""
    ERASED = "erased"
    """Its customer was erased before it went out."""


ENDED = (LetterState.SENT, LetterState.FILED, LetterState.ERASED)
UNFINISHED = (LetterState.UNADDRESSED, LetterState.UNMADE)
"""States of letters that have no text yet; made again in each round."""
ASKING = (LetterState.REFUSED, LetterState.UNCERTAIN, *UNFINISHED)
"""States in which a person has to do something."""


class LostLeaseError(Exception):
    """Another process has the letter now; this one must not send it."""


@dataclass(frozen=True, slots=True)
class Taken:
    """A letter that this process may give to a server."""

    id: str
    lease: str
    recipient: str
    message: bytes
    attempts: int
    """Before this one."""


def add(connection: sa.Connection, rows: Iterable[Mapping[str, Any]]) -> int:
    """Add letters; those that are there stay as they are. Return how many were added."""
    listed = list(rows)
    if not listed:
        return 0
    before = _count(connection)
    connection.execute(insert(letter).on_conflict_do_nothing(), listed)
    return _count(connection) - before


def _count(connection: sa.Connection) -> int:
    return int(connection.execute(sa.select(sa.func.count()).select_from(letter)).scalar() or 0)


def recover(connection: sa.Connection, now_ms: int) -> int:
    """Put right what a dead process has left behind; return how many letters are uncertain now."""
    late = letter.c.lease_ms < now_ms
    free = {"lease": None, "lease_ms": None}
    handing = sa.update(letter).where(letter.c.state == LetterState.HANDING, late)
    connection.execute(handing.values(state=LetterState.WAITING, **free))
    empty = (letter.c.state == LetterState.WAITING) & letter.c.message.is_(None)
    connection.execute(sa.update(letter).where(empty).values(state=LetterState.ERASED, said=""))
    giving = sa.update(letter).where(letter.c.state == LetterState.GIVING, late)
    result = connection.execute(
        giving.values(state=LetterState.UNCERTAIN, said="", ended_ms=None, **free)
    )
    return result.rowcount


def take(connection: sa.Connection, now_ms: int, lease: str) -> Taken | None:
    """Take the next letter that is due; None when there is none."""
    whole = letter.c.message.is_not(None)
    due = (letter.c.state == LetterState.WAITING) & (letter.c.due_ms <= now_ms) & whole
    first = sa.select(letter).where(due).order_by(letter.c.due_ms, letter.c.id).limit(1)
    row = connection.execute(first).first()
    if row is None:
        return None
    held = {"state": LetterState.HANDING, "lease": lease, "lease_ms": now_ms + LEASE_MS}
    connection.execute(sa.update(letter).where(letter.c.id == row.id).values(**held))
    return Taken(row.id, lease, row.recipient, row.message or b"", row.attempts)


def giving(connection: sa.Connection, taken: Taken, now_ms: int) -> None:
    """Note that the letter's text goes out now.

    Raises:
        LostLeaseError: see there.
    """
    mine = (
        (letter.c.id == taken.id)
        & (letter.c.lease == taken.lease)
        & (letter.c.state == LetterState.HANDING)
    )
    changed = {"state": LetterState.GIVING, "lease_ms": now_ms + LEASE_MS}
    if connection.execute(sa.update(letter).where(mine).values(**changed)).rowcount != 1:
        raise LostLeaseError


def ended(
    connection: sa.Connection, taken: Taken, state: LetterState, said: str, now_ms: int
) -> None:
    """Note what became of a letter."""
    values = {"state": state, "said": said, "attempts": taken.attempts + 1, "ended_ms": now_ms}
    _settle(connection, taken, values)


def postponed(connection: sa.Connection, taken: Taken, said: str, due_ms: int) -> None:
    """Note that a letter has to be tried again."""
    values = {
        "state": LetterState.WAITING,
        "said": said,
        "attempts": taken.attempts + 1,
        "due_ms": due_ms,
    }
    _settle(connection, taken, values)


def _settle(connection: sa.Connection, taken: Taken, values: Mapping[str, Any]) -> None:
    # A lease that was lost meanwhile is another process's, or the letter is already uncertain.
    mine = (letter.c.id == taken.id) & (letter.c.lease == taken.lease)
    free = {"lease": None, "lease_ms": None}
    connection.execute(sa.update(letter).where(mine).values(**values, **free))


def settle(
    connection: sa.Connection, letter_id: str, *, arrived: bool, said: str, now_ms: int
) -> bool:
    """Take a person's word, or proof, for an uncertain or refused letter; say whether it was one.

    arrived: it has; otherwise it is sent again, as the same letter. said: by whom, for the eyes.
    """
    states = (LetterState.UNCERTAIN, LetterState.REFUSED)
    one = (letter.c.id == letter_id) & letter.c.state.in_(states)
    values: dict[str, Any] = (
        {"state": LetterState.SENT, "ended_ms": now_ms}
        if arrived
        else {"state": LetterState.WAITING, "due_ms": now_ms, "ended_ms": None}
    )
    changed = sa.update(letter).where(one).values(**values, said=said)
    return connection.execute(changed).rowcount == 1


def purpose_of(connection: sa.Connection, letter_id: str) -> str | None:
    """Return from what type of fact a letter follows; None when there is no such letter."""
    wanted = sa.select(letter.c.purpose).where(letter.c.id == letter_id)
    return connection.execute(wanted).scalar()


def arrived(connection: sa.Connection, message_id: str, now_ms: int) -> str | None:
    """Note that a letter of ours was seen in a mailbox; return what it was for.

    None when it is none of ours.
    """
    ours = sa.select(letter.c.id, letter.c.purpose).where(letter.c.message_id == message_id)
    row = connection.execute(ours).first()
    if row is None:
        return None
    settle(connection, row.id, arrived=True, said=message_id, now_ms=now_ms)
    return str(row.purpose)


def unfinished(connection: sa.Connection) -> list[sa.Row[Any]]:
    """Return the letters that have no text yet."""
    return list(connection.execute(sa.select(letter).where(letter.c.state.in_(UNFINISHED))))


def drop_unfinished(connection: sa.Connection, fact_seq: int) -> None:
    """Forget the letters without text that follow from a fact: they are made anew."""
    wanted = (letter.c.fact_seq == fact_seq) & letter.c.state.in_(UNFINISHED)
    connection.execute(sa.delete(letter).where(wanted))


def rows(
    connection: sa.Connection, *, states: Iterable[LetterState] = (), limit: int = 200
) -> list[sa.Row[Any]]:
    """Return letters, newest first, without their text."""
    columns = [column for column in letter.c if column.name != "message"]
    wanted = sa.select(*columns).order_by(letter.c.made_ms.desc(), letter.c.id).limit(limit)
    chosen = tuple(states)
    if chosen:
        wanted = wanted.where(letter.c.state.in_(chosen))
    return list(connection.execute(wanted))


def counts(connection: sa.Connection) -> dict[LetterState, int]:
    """Return how many letters there are in each state."""
    counted = sa.select(letter.c.state, sa.func.count()).group_by(letter.c.state)
    return {LetterState(state): number for state, number in connection.execute(counted)}


def oldest(connection: sa.Connection) -> int | None:
    """Return since when the oldest letter that did not go out waits."""
    out = letter.c.state.not_in(ENDED)
    value = connection.execute(sa.select(sa.func.min(letter.c.made_ms)).where(out)).scalar()
    return None if value is None else int(value)
