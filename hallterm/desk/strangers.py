"""Tries at accounts that aren't there, answered as tries at those that are (S4 §4.1).

Whoever doesn't know the staff must not learn from the answers who works here: so wrong tries are
counted and lock an unknown 工号, too, over restarts and in every process.
"""

from datetime import timedelta
from math import ceil

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert

from hallterm.desk.desk import Desk
from hallterm.domain.refusal import Refusal, refuse
from hallterm.store.connection import writing
from hallterm.store.log import from_ms, to_ms
from hallterm.store.tables import StrangerRecord, table_of

FORGOTTEN_AFTER = timedelta(days=1)
LONGEST_ID = 20
"""Characters of what was typed that are kept apart; more than any 工号 has."""

_tries = table_of(StrangerRecord)


def answer(desk: Desk, staff_id: str) -> Refusal:
    """Count a try at an account that isn't there; say what its owner would be told."""
    limits, now = desk.configuration.standards.sign_in, desk.clock.now()
    staff_id = staff_id[:LONGEST_ID]
    lock = timedelta(minutes=limits.lock_minutes)
    one = _tries.c.staff_id == staff_id
    with writing(desk.connection) as connection:
        forgotten = _tries.c.last_ms < to_ms(now - FORGOTTEN_AFTER)
        connection.execute(sa.delete(_tries).where(forgotten))
        known = connection.execute(sa.select(_tries).where(one)).first()
        until = from_ms(known.locked_until_ms) if known else now
        if now < until:
            return refuse("account_locked", seconds=ceil((until - now).total_seconds()))
        wrong = (known.wrong if known else 0) + 1
        too_many = wrong >= limits.wrong_pins
        row = {
            "staff_id": staff_id,
            "wrong": 0 if too_many else wrong,
            "locked_until_ms": to_ms(now + lock) if too_many else 0,
            "last_ms": to_ms(now),
        }
        put = insert(_tries).values(row)
        connection.execute(put.on_conflict_do_update(index_elements=["staff_id"], set_=row))
    if too_many:
        return refuse("account_locked", seconds=limits.lock_minutes * 60)
    return refuse("wrong_pin", left=limits.wrong_pins - wrong)
