"""This terminal's link to its hub, opened for as long as a command runs."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from hallterm.commands.opening import settings
from hallterm.configuration import load
from hallterm.desk.desk import Desk, open_desk
from hallterm.desk.follower import TerminalFollower
from hallterm.desk.sync_ports import Follower
from hallterm.store.account import HubAccount, read_account
from hallterm.store.connection import reading
from hallterm.store.faults import StoreFaultError
from hallterm.store.keys import read_key
from hallterm.sync.faults import HubFaultError
from hallterm.sync.machine import terminal_clock


@dataclass(frozen=True, slots=True)
class Linked:
    """A terminal that was enrolled."""

    desk: Desk
    follower: Follower
    account: HubAccount


def open_linked_desk() -> Desk:
    """Open this terminal's desk.

    Raises:
        ConfigurationProblems: settings or operator data are wrong.
        StoreFaultError: store_missing, or whatever else keeps the store from opening.
    """
    here = settings()
    if not here.store.exists():
        raise StoreFaultError("store_missing", str(here.store))
    configuration, key = load(*here.data), read_key(here.key)
    clock = terminal_clock(here.store)
    return open_desk(here.store, key, clock, configuration, here.device)


@contextmanager
def linked() -> Iterator[Linked]:
    """Open the store with its link.

    Raises:
        HubFaultError: not_enrolled. Besides, see `open_linked_desk`.
    """
    desk = open_linked_desk()
    try:
        with reading(desk.connection):
            account = read_account(desk.connection)
        if account is None:
            raise HubFaultError("not_enrolled")
        yield Linked(desk, TerminalFollower(desk), account)
    finally:
        desk.close()
