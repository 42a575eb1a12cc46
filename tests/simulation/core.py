"""The one place where the simulation names the production core: what mutations put a twin of."""

from hallterm.desk.desk import Desk
from hallterm.desk.follower import TerminalFollower
from hallterm.desk.home import HubHome
from hallterm.desk.signatures import verifier
from hallterm.desk.sync_ports import Follower, Home
from hallterm.store.log import to_ms


def make_home(desk: Desk) -> Home:
    """Return the home that a hub runs."""
    return HubHome(desk, verifier(desk.connection, lambda: to_ms(desk.clock.now())))


def make_follower(desk: Desk) -> Follower:
    """Return the follower that a terminal runs."""
    return TerminalFollower(desk)
