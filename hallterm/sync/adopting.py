"""What joining does to this terminal's store: it follows a home from now on."""

from collections.abc import Callable
from dataclasses import dataclass

import sqlalchemy as sa

from hallterm.domain.company.state import HallProfile
from hallterm.store.account import read_account, write_account
from hallterm.store.connection import reading, writing
from hallterm.store.log import heads
from hallterm.store.outbox import Link, read_link, write_link
from hallterm.sync.enrolment import Joined
from hallterm.sync.faults import HubFaultError
from hallterm.wire import Facts, Problem

FactAt = Callable[[str, int], Facts | Problem]
"""Asks the hub for the one fact at a place of a stream."""

_ID_AT = sa.text("SELECT id FROM event WHERE stream = :stream AND seq = :seq")
_PROFILE = sa.text("SELECT document FROM company WHERE kind = 'profile'")


@dataclass(frozen=True, slots=True)
class Standing:
    """What this store holds before it joins."""

    hall: str
    """Id of its hall; empty when there is none yet."""
    heads: dict[str, int]


def standing(connection: sa.Connection) -> Standing:
    """Return what the store holds.

    Raises:
        HubFaultError: already_enrolled.
    """
    with reading(connection):
        account = read_account(connection)
        if account is not None or read_link(connection) is not None:
            raise HubFaultError("already_enrolled", account.url if account else "")
        last = {stream: seq for stream, seq in heads(connection).items() if seq}
        profile = connection.execute(_PROFILE).scalar()
    hall = HallProfile.model_validate_json(profile).id if profile else ""
    return Standing(hall, last)


def see_that_histories_agree(
    connection: sa.Connection, before: Standing, hall: str, fact_at: FactAt
) -> None:
    """See that the hub holds all that this store holds, so that nothing would have to be merged.

    A fact's id is given once. If the hub has the same id at the place of this store's last fact,
    it was made from a copy of this store and everything before is the same, too.

    Raises:
        HubFaultError: hall_differs, histories_differ.
    """
    if not before.heads:
        return
    if before.hall not in ("", hall):
        raise HubFaultError("hall_differs", before.hall)
    for stream, seq in before.heads.items():
        with reading(connection):
            ours = connection.execute(_ID_AT, {"stream": stream, "seq": seq}).scalar()
        answer = fact_at(stream, seq)
        theirs = answer.facts[0].id if isinstance(answer, Facts) and answer.facts else None
        if ours is None or ours != theirs:
            raise HubFaultError("histories_differ")


def follow(connection: sa.Connection, joined: Joined) -> None:
    """Write down that this store follows the hub; everything from now on goes there."""
    told = joined.enrolled
    link = Link(device=told.device, hall=told.hall, lane=told.lane, epoch=told.epoch)
    with writing(connection):
        write_account(connection, joined.account)
        write_link(connection, link)
