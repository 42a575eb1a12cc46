"""How much a hub takes in and hands out, beside bare inserts of as many rows."""

import time
from collections.abc import Sequence
from pathlib import Path

import sqlalchemy as sa

from hallterm.clock import ManualClock
from hallterm.desk.desk import Desk, open_desk
from hallterm.desk.follower import TerminalFollower
from hallterm.desk.home import HubHome
from hallterm.desk.joining import follow
from hallterm.desk.sync_ports import Absorbed
from hallterm.desk.verifying import Verifier
from hallterm.store.connection import close_connection, open_connection, writing
from hallterm.store.keys import create_key
from hallterm.store.log import from_ms
from hallterm.wire import Envelope, Facts, Push, Pushed
from tests.bench.figure import Figure, against_limit
from tests.bench.halls import open_hall
from tests.bench.hub_terminals import DAY_MS, Chain, staff_key

BATCH = 1000
PUSHED = 100_000
BEGIN_MS = 1_770_000_000_000
PIECE = 500


def measure_hub(folder: Path, commands: int = PUSHED) -> list[Figure]:
    """Measure a hub that takes in a hundred days, and a terminal that takes in what it made."""
    clock = ManualClock(from_ms(BEGIN_MS))
    desk = open_hall(folder, clock)
    home = HubHome(desk, Verifier(desk.connection, lambda: 0))
    chain = Chain("t1", staff_key(desk), BEGIN_MS)
    business = next(iter(desk.rules.businesses))
    took = 0.0
    for day in range(commands // BATCH):
        batch = day_of(chain, business, BEGIN_MS + day * DAY_MS)
        clock.set(from_ms(chain.at_ms))
        body = Push(epoch=1, commands=batch).model_dump_json()
        began = time.perf_counter()
        (answer,) = home.receive([("t1", Push.model_validate_json(body))])
        took += time.perf_counter() - began
        assert isinstance(answer, Pushed), answer
    facts = sum(home.heads().values())
    bare = _bare_inserts(folder, facts)
    # Both by the row: a command makes more than one fact.
    push = against_limit("hub_push", took * 1e6 / facts, "µs a fact", bare, 10)
    pull = against_limit("hub_pull", _pull(folder, home, desk), "µs a fact", bare, 1 / 0.15)
    desk.close()
    return [push, pull]


def day_of(chain: Chain, business: str, begin_ms: int) -> list[Envelope]:
    """Return a day of a thousand commands: one customer after the other is served."""
    chain.at_ms = begin_ms
    made = [chain.sit_down()]
    while len(made) + 4 <= BATCH:
        made += chain.served(business)
    while len(made) < BATCH:
        made.append(chain.ticket(business))
    return made


def _bare_inserts(folder: Path, rows: int) -> float:
    """Return how many µs a row of the log's size takes, inserted in batches by Core alone."""
    connection = open_connection(folder / "bare.db", create_key(folder / "bare.key"))
    columns = [sa.Column(f"c{n}", sa.Text) for n in range(12)]
    table = sa.Table("row", sa.MetaData(), sa.Column("seq", sa.Integer, primary_key=True), *columns)
    with writing(connection):
        table.create(connection)
    text = {f"c{n}": "x" * 20 for n in range(12)}
    began = time.perf_counter()
    for first in range(0, rows, BATCH):
        part = [{"seq": first + n, **text} for n in range(min(BATCH, rows - first))]
        with writing(connection):
            connection.execute(sa.insert(table), part)
    took = time.perf_counter() - began
    close_connection(connection)
    return took * 1e6 / rows


def _pull(folder: Path, home: HubHome, hub: Desk) -> float:
    """Return how many µs a fact takes from the hub's log into a new terminal's tables."""
    path = folder / "terminal.db"
    desk = open_desk(path, create_key(folder / "terminal.key"), hub.clock, hub.configuration, "t9")
    assert follow(desk, "bench", 9, 1) is None
    follower, taken = TerminalFollower(desk), 0
    began = time.perf_counter()
    while answers := _behind(home, follower):
        # As over the network: written as JSON and read again.
        read = [Facts.model_validate_json(one.model_dump_json()) for one in answers]
        absorbed = follower.absorb(read)
        assert isinstance(absorbed, Absorbed), absorbed
        taken += absorbed.facts
    took = time.perf_counter() - began
    desk.close()
    return took * 1e6 / taken


def _behind(home: HubHome, follower: TerminalFollower) -> Sequence[Facts]:
    asked = [home.facts(stream, after, PIECE) for stream, after in follower.view().cursors.items()]
    return [one for one in asked if isinstance(one, Facts) and one.facts]
