"""The one place where the simulation names the production core: what mutations put a twin of."""

from hallterm.desk.desk import Desk
from hallterm.desk.follower import TerminalFollower
from hallterm.desk.home import HubHome
from hallterm.desk.sync_ports import Follower, Home
from hallterm.desk.verifying import Verifier
from hallterm.store.log import to_ms


def make_home(desk: Desk) -> Home:
    """Return the home that a hub runs."""
    return HubHome(desk, Verifier(desk.connection, lambda: to_ms(desk.clock.now())))


def make_follower(desk: Desk) -> Follower:
    """Return the follower that a terminal runs."""
    return TerminalFollower(desk)
