"""The one place where the simulation names the production core."""

from hallterm.desk.desk import Desk
from hallterm.desk.sync_ports import Follower, Home


def make_home(desk: Desk) -> Home:
    """Return the home that a hub runs."""
    from hallterm.desk.home import HubHome

    return HubHome(desk)


def make_follower(desk: Desk) -> Follower:
    """Return the follower that a terminal runs."""
    from hallterm.desk.follower import TerminalFollower

    return TerminalFollower(desk)
