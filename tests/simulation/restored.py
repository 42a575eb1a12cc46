"""A hub that was restored from a backup: the same places may hold other facts from then on.

Nobody can bring that into step by itself. What must hold is that everybody keeps what they have,
takes nothing of the other history in, and says that a person is needed.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

import sqlalchemy as sa

from tests.simulation.unlike import Unlike

if TYPE_CHECKING:
    from tests.simulation.hub import SimHub
    from tests.simulation.terminal import SimTerminal

History = Mapping[str, Sequence[str]]
"""Stream → ids of its facts, in the order of their places."""


def check_restored(
    hub: "SimHub", terminals: Sequence["SimTerminal"], before: History
) -> Iterator[Unlike]:
    """See what holds after a restore.

    before: the hub's log when it was lost.
    """
    after = hub.disk.history()
    for terminal in terminals:
        with terminal.disk.no_crash():
            connection = terminal.desk.connection
            mine = terminal.disk.history()
            yield from _one_history(terminal.device, mine, before, after)
            yield from _kept(terminal, connection)
            connection.rollback()
        behind = terminal.follower.view().unsent or mine != after
        if behind and not terminal.syncer.standing.trouble:
            yield Unlike("restore_not_told", terminal.device)


def _one_history(device: str, mine: History, before: History, after: History) -> Iterator[Unlike]:
    """See that a terminal's log belongs to one history, from its beginning to its end."""
    for stream, ids in mine.items():
        if not any(_begins(ids, one.get(stream, ())) for one in (before, after)):
            yield Unlike("histories_mixed", device, stream)


def _begins(ids: Sequence[str], whole: Sequence[str]) -> bool:
    return list(whole[: len(ids)]) == list(ids)


def _kept(terminal: "SimTerminal", connection: sa.Connection) -> Iterator[Unlike]:
    """See that the terminal has everything that a person saw done there: as fact, or to be sent."""
    asked = "SELECT command_id FROM outbox UNION SELECT command_id FROM event WHERE device = ?"
    there = set(connection.exec_driver_sql(asked, (terminal.device,)).scalars())
    for one in terminal.confirmed:
        if one.command_id not in there:
            yield Unlike("confirmed_lost", terminal.device, f"{one.type} {one.command_id}")
