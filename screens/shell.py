"""What every screen reaches through the app: clock, keymap, desk runner, places, settings."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from hallterm.screens.clock import HallClock
from hallterm.screens.keymap import NO_CHANGES, Keymap

if TYPE_CHECKING:
    from textual.screen import Screen

    from hallterm.screens.desk_runner import DeskRunner
    from hallterm.screens.entrance_port import Entrance
    from hallterm.screens.hub_watch import HubWatch
    from hallterm.screens.session import Opened, Session
    from hallterm.screens.work import Work


class Bars(StrEnum):
    """How the share of a promise is drawn."""

    PAINT = "paint"
    """Coloured blanks: the same width on every terminal."""
    ASCII = "ascii"
    """`#` and `.`: for terminals without colour."""
    BLOCKS = "blocks"
    """Block signs: handsome, but two cells wide on some terminals."""


class Link(StrEnum):
    """Whether this terminal reaches its hub."""

    ALONE = "alone"
    """There is no hub: this terminal is its own home."""
    ONLINE = "online"
    OFFLINE = "offline"
    STOPPED = "stopped"
    """The hub can be reached, but a person must settle something first."""


@dataclass(slots=True)
class Standing:
    """Who works here and how the terminal is connected; the header shows it."""

    hall: str = ""
    counter: str = ""
    person: str = ""
    link: Link = Link.ALONE
    unsent: int = 0
    """Commands that no hub has confirmed yet."""
    oldest_s: float | None = None
    """How long ago the oldest of them was given, seconds."""
    closed_today: bool = False
    """Whether the day has been closed, so that nobody is called or served any more."""


PlaceMaker = Callable[[], "Screen[None]"]


@dataclass(slots=True)
class Shell:
    """What the command line hands to the app."""

    clock: HallClock
    runner: "DeskRunner"
    standing: Standing = field(default_factory=Standing)
    keymap: Keymap = NO_CHANGES
    bars: Bars = Bars.PAINT
    places: Mapping[str, PlaceMaker] = field(default_factory=dict)
    """Screens that the menu and the place keys reach, by name."""
    ticking: bool = True
    """False in tests: time moves only when a test moves it."""
    hub: "HubWatch | None" = None
    """How this terminal and its hub stand; None where it has none."""
    entrance: "Entrance | None" = None
    """The door to the hall; None until the store is open."""
    opened: "Opened | None" = None
    session: "Session | None" = None
    """Who is signed in; None at the sign-in."""
    work: "Work | None" = None
    """What the signed-in person's screens work with."""


class HasShell(Protocol):
    """An app that carries a shell."""

    shell: Shell
