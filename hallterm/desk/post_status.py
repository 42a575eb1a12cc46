"""What waits on its way out, and what came in: a value for screens and the command line."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from hallterm.desk.desk import Desk
from hallterm.store.connection import reading
from hallterm.store.log import from_ms
from hallterm.store.post import evidence, faxes, spool
from hallterm.store.post.evidence import Verdict
from hallterm.store.post.spool import LetterState


@dataclass(frozen=True, slots=True)
class LetterView:
    """A letter as people see it."""

    id: str
    number: str
    purpose: str
    """Type of the fact it follows from, such as ``form_forwarded``."""
    office: str
    recipient: str
    state: LetterState
    attempts: int
    said: str
    made: datetime
    due: datetime
    """When it is tried next, while it waits."""

    @property
    def asks(self) -> bool:
        """Whether somebody has to do something about it."""
        return self.state in spool.ASKING


@dataclass(frozen=True, slots=True)
class FaxView:
    """A fax page on its way out."""

    number: str
    target: str
    filed: bool
    said: str
    made: datetime


@dataclass(frozen=True, slots=True)
class ReceivedView:
    """A letter or fax that came in."""

    id: str
    kind: str
    sender: str
    subject: str
    number: str
    verdict: Verdict
    reported: bool
    digest: str
    at: datetime

    @property
    def loose(self) -> bool:
        """Whether somebody has to look at it: it concerns a form, and no request has it."""
        nobodys = self.kind == "mail" and self.verdict is Verdict.UNKNOWN
        settled = self.verdict in {Verdict.GENUINE, Verdict.OWN}
        return not (self.reported or nobodys or settled)


@dataclass(frozen=True, slots=True)
class PostStatus:
    """What people have to know of the post, in one glance."""

    waiting: int
    """Letters and faxes that go out by themselves."""
    asking: int
    """Letters for which somebody has to do something."""
    unmatched: int
    """Letters and faxes that came in and that somebody has to look at."""
    oldest: datetime | None
    """Since when the oldest letter that did not go out waits."""

    @property
    def quiet(self) -> bool:
        """Whether there is nothing to see."""
        return not (self.waiting or self.asking or self.unmatched)


NOTHING_WAITS = PostStatus(waiting=0, asking=0, unmatched=0, oldest=None)


def post_status(desk: Desk) -> PostStatus:
    """Return what waits. Cheap enough for every look at the inbox."""
    with reading(desk.connection) as connection:
        counts = spool.counts(connection)
        oldest = spool.oldest(connection)
        pages = faxes.count_waiting(connection)
        unmatched = evidence.count_unmatched(connection)
    under_way = (LetterState.WAITING, LetterState.HANDING, LetterState.GIVING)
    return PostStatus(
        waiting=pages + sum(counts.get(state, 0) for state in under_way),
        asking=sum(counts.get(state, 0) for state in spool.ASKING),
        unmatched=unmatched,
        oldest=from_ms(oldest) if oldest is not None else None,
    )


def letters(desk: Desk, states: Sequence[LetterState] = ()) -> list[LetterView]:
    """Return letters, newest first; those of some states only, if any are named."""
    with reading(desk.connection) as connection:
        rows = spool.rows(connection, states=states)
    return [
        LetterView(
            id=row.id,
            number=row.number,
            purpose=row.purpose,
            office=row.office,
            recipient=row.recipient,
            state=LetterState(row.state),
            attempts=row.attempts,
            said=row.said,
            made=from_ms(row.made_ms),
            due=from_ms(row.due_ms),
        )
        for row in rows
    ]


def fax_pages(desk: Desk) -> list[FaxView]:
    """Return fax pages, newest first."""
    with reading(desk.connection) as connection:
        rows = faxes.rows(connection)
    return [
        FaxView(r.number, r.target, r.state == faxes.FILED, r.said, from_ms(r.made_ms))
        for r in rows
    ]


def loose(desk: Desk) -> list[ReceivedView]:
    """Return what came in, belongs to no request yet and has to be looked at; newest first."""
    came = [*received(desk, "mail"), *received(desk, "fax")]
    return sorted((one for one in came if one.loose), key=lambda one: one.at, reverse=True)


def received(desk: Desk, kind: str) -> list[ReceivedView]:
    """Return what came in, newest first. kind: mail or fax."""
    with reading(desk.connection) as connection:
        rows = evidence.received_rows(connection, kinds=(kind,))
    return [
        ReceivedView(
            id=row.id,
            kind=row.kind,
            sender=row.sender,
            subject=row.subject,
            number=row.number,
            verdict=Verdict(row.verdict),
            reported=row.reported,
            digest=row.digest,
            at=from_ms(row.at_ms),
        )
        for row in rows
    ]
