"""A round of the spool: every letter that is due is given to the carrier, one after the other.

Any terminal of the hall may do a round, several at once too; a letter is held by one of them.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from hallterm.desk.desk import Desk
from hallterm.domain.actor import Actor
from hallterm.domain.refusal import Refusal, refuse
from hallterm.domain.request import events as ev
from hallterm.domain.roles import MANAGERS, Role
from hallterm.mail.carriers import Carrier, Parcel
from hallterm.mail.smtp import Outcome, Sending
from hallterm.store.connection import reading, writing
from hallterm.store.log import to_ms
from hallterm.store.post import spool
from hallterm.store.post.spool import LetterState, LostLeaseError, Taken
from hallterm.words import _

FIRST_PAUSE = timedelta(seconds=30)
LONGEST_PAUSE = timedelta(hours=1)
MOST_AT_ONCE = 50
"""Letters of one round; the next is never far."""

_ENDS = {
    Outcome.REFUSED: LetterState.REFUSED,
    Outcome.UNCERTAIN: LetterState.UNCERTAIN,
}

_OFFICE = frozenset({Role.VIP_OFFICE_MANAGER})
_OWNERS: dict[str, frozenset[Role]] = {
    ev.FormDrafted.type: frozenset({Role.ACCOUNT_MANAGER}) | _OFFICE,
    ev.FormMailed.type: frozenset({Role.VIP_LIAISON}) | _OFFICE,
    ev.FormReturned.type: frozenset({Role.VIP_LIAISON, Role.OPERATIONS_LIAISON}) | _OFFICE,
    ev.FormRefused.type: frozenset({Role.OPERATIONS_LIAISON}),
    ev.FormForwarded.type: frozenset({Role.OPERATIONS_LIAISON}),
}
"""Fact that a letter follows from → who, besides the hall's managers, answers for its arrival."""


@dataclass(frozen=True, slots=True)
class Round:
    """What a round did, in letters."""

    sent: int = 0
    filed: int = 0
    postponed: int = 0
    refused: int = 0
    uncertain: int = 0


def pause(attempts: int, chance: Callable[[], float] = random.random) -> timedelta:
    """Return how long to wait after so many attempts: full jitter below a doubling limit.

    chance: a number from 0 to below 1.
    """
    doubled = FIRST_PAUSE * (1 << min(attempts, 20))
    return max(min(doubled, LONGEST_PAUSE) * chance(), timedelta(seconds=1))


def send_round(desk: Desk, carrier: Carrier, chance: Callable[[], float] = random.random) -> Round:
    """Give what is due to the carrier.

    Raises:
        StoreFaultError: the store could not be written; what was sent before is noted, and the
            letter in hand is uncertain once its lease has run out.
    """
    with writing(desk.connection) as connection:
        spool.recover(connection, _now(desk))
    done: list[Outcome] = []
    while len(done) < MOST_AT_ONCE:
        with writing(desk.connection) as connection:
            taken = spool.take(connection, _now(desk), desk.new_id())
        if taken is None:
            break
        try:
            sending = _carry(desk, carrier, taken)
        except LostLeaseError:
            continue
        _note(desk, carrier, taken, sending, chance)
        done.append(sending.outcome)
    return Round(
        sent=0 if carrier.files else done.count(Outcome.SENT),
        filed=done.count(Outcome.SENT) if carrier.files else 0,
        postponed=done.count(Outcome.LATER),
        refused=done.count(Outcome.REFUSED),
        uncertain=done.count(Outcome.UNCERTAIN),
    )


def _carry(desk: Desk, carrier: Carrier, taken: Taken) -> Sending:
    def before_text() -> None:
        with writing(desk.connection) as connection:
            spool.giving(connection, taken, _now(desk))

    return carrier.carry(Parcel(taken.id, taken.recipient, taken.message), before_text)


def _note(
    desk: Desk,
    carrier: Carrier,
    taken: Taken,
    sending: Sending,
    chance: Callable[[], float],
) -> None:
    now = _now(desk)
    with writing(desk.connection) as connection:
        if sending.outcome is Outcome.LATER:
            due = now + round(pause(taken.attempts, chance) / timedelta(milliseconds=1))
            spool.postponed(connection, taken, sending.said, due)
            return
        end = LetterState.FILED if carrier.files else LetterState.SENT
        state = _ENDS.get(sending.outcome, end)
        spool.ended(connection, taken, state, sending.said, now)


def may_settle(actor: Actor, purpose: str) -> bool:
    """Say whether somebody answers for a letter: whose step it carries, or a manager of the hall.

    purpose: type of the fact that the letter follows from.
    """
    return actor.is_one_of(_OWNERS.get(purpose, frozenset()) | MANAGERS)


def settle(desk: Desk, actor: Actor, letter_id: str, *, arrived: bool) -> bool | Refusal:
    """Take a person's word for an uncertain or refused letter; say whether there was one.

    Refusals: not_allowed.

    Raises:
        StoreFaultError: the store could not be written; nothing has changed.
    """
    with reading(desk.connection) as connection:
        purpose = spool.purpose_of(connection, letter_id)
    if purpose is None:
        return False
    if not may_settle(actor, purpose):
        return refuse("not_allowed", command="settle")
    words = _("{staff} 说已收到") if arrived else _("{staff} 要求重发")
    said, now = words.format(staff=actor.staff_id), _now(desk)
    with writing(desk.connection) as connection:
        return spool.settle(connection, letter_id, arrived=arrived, said=said, now_ms=now)


def _now(desk: Desk) -> int:
    return to_ms(desk.clock.now())
