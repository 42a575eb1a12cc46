"""How long one durable action takes, beside a bare durable row."""

import time
from collections.abc import Callable
from pathlib import Path

import sqlalchemy as sa

from hallterm.desk.calling import call_next, current
from hallterm.desk.desk import Desk
from hallterm.domain.actor import Actor
from hallterm.domain.ticket.commands import FinishService, StartService
from hallterm.store.connection import open_connection, writing
from hallterm.store.keys import read_key
from tests.bench.figure import Figure, against_limit, percentile
from tests.bench.halls import KEY, done, fill, open_hall, sit_down, take_ticket

ROUNDS = 200
WAITING = 500


def timed(action: Callable[[], object]) -> float:
    """Return how many milliseconds an action takes."""
    began = time.perf_counter()
    action()
    return (time.perf_counter() - began) * 1000


def bare_commit(folder: Path) -> Callable[[], None]:
    """Return an action that makes one small row durable in an encrypted file of its own."""
    connection = open_connection(folder / "bare.db", read_key(folder / KEY))
    table = sa.Table("row", sa.MetaData(), sa.Column("text", sa.Text))
    with writing(connection):
        table.create(connection, checkfirst=True)
    insert = sa.insert(table)

    def commit() -> None:
        with writing(connection):
            connection.execute(insert, {"text": "x" * 200})

    return commit


def measure_desk(folder: Path) -> list[Figure]:
    """Measure call_next and take_ticket, in turn with bare commits."""
    desk = open_hall(folder)
    actor = sit_down(desk)
    fill(desk, WAITING)
    bare = bare_commit(folder)
    calls, takes, limits = [], [], []
    for _ in range(ROUNDS):
        limits.append(timed(bare))
        calls.append(timed(lambda: done(call_next(desk, actor))))
        serve(desk, actor)
        takes.append(timed(lambda: take_ticket(desk)))
    desk.close()
    limit = percentile(limits, 0.5)
    return [
        against_limit("call_next", percentile(calls, 0.5), "ms", limit, 6),
        against_limit("take_ticket", percentile(takes, 0.5), "ms", limit, 6),
    ]


def serve(desk: Desk, actor: Actor) -> None:
    """Start and finish whoever was called."""
    ticket = current(desk, actor)
    if ticket is None:
        raise AssertionError
    done(desk.act(actor, StartService(ticket_id=ticket.id)))
    done(desk.act(actor, FinishService(ticket_id=ticket.id)))
