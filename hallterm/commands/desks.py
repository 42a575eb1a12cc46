"""The desk that a command works at, opened for as long as the command runs."""

from collections.abc import Iterator
from contextlib import contextmanager

from hallterm.commands.exits import RefusedError
from hallterm.commands.opening import settings
from hallterm.configuration import load
from hallterm.desk.desk import Desk, open_desk
from hallterm.domain.actor import Actor
from hallterm.domain.refusal import refuse
from hallterm.domain.roles import Role
from hallterm.store.faults import StoreFaultError
from hallterm.store.keys import read_key
from hallterm.sync.machine import terminal_clock


@contextmanager
def opened() -> Iterator[Desk]:
    """Open the desk of this terminal's hall.

    Raises:
        ConfigurationProblems: settings or operator data are wrong.
        StoreFaultError: store_missing, or whatever else keeps the store from opening.
        RefusedError: the store holds no hall yet.
    """
    here = settings()
    if not here.store.exists():
        raise StoreFaultError("store_missing", str(here.store))
    configuration = load(*here.data)
    desk = open_desk(
        here.store, read_key(here.key), terminal_clock(here.store), configuration, here.device
    )
    try:
        if desk.replica.company.hall is None:
            raise RefusedError(refuse("hall_missing"))
        yield desk
    finally:
        desk.close()


def machine(desk: Desk) -> Actor:
    """Return the machine that a script acts as when no person has signed in."""
    return Actor(desk.device, frozenset({Role.KIOSK}))
