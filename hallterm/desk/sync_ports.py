"""The two sides of sync as their users see them: the home at a hub, the follower at a terminal."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from hallterm.domain.refusal import Refusal
from hallterm.wire import Envelope, Facts, Problem, Push, Pushed


@dataclass(frozen=True, slots=True)
class Lost:
    """A command of this terminal that its home decided otherwise; to be told to the person."""

    command_id: str
    type: str
    actor: str
    refusal: Refusal
    disputed: bool = False
    """A report that was kept although it contradicts what others said; a manager settles it."""


@dataclass(frozen=True, slots=True)
class Absorbed:
    """What one piece of news from the home changed."""

    facts: int
    settled: int
    """Commands of this terminal that have become facts."""
    lost: tuple[Lost, ...] = ()


@dataclass(frozen=True, slots=True)
class View:
    """How a terminal stands towards its home, at one moment."""

    epoch: int
    """The home's, as last seen."""
    cursors: Mapping[str, int]
    """Stream → last place taken in, of the streams that this terminal follows."""
    outgoing: Sequence[Envelope]
    """The first commands that the home has not acknowledged."""
    unsent: int
    """How many commands are not facts yet."""
    oldest_ms: int | None
    """When the oldest of these was given."""


class Home(Protocol):
    """Orders streams; belongs to one thread."""

    def receive(self, pushes: Sequence[tuple[str, Push]]) -> list[Pushed | Problem]:
        """Take pushes (device, push) in one durable transaction; an answer for each.

        A command seen before is taken as done. A gap, a fork or another epoch in one push leaves
        the others alone.

        Raises:
            StoreFaultError: nothing of any push was written.
        """

    def facts(self, stream: str, after: int, most: int) -> Facts | Problem:
        """Return the facts behind a place, contiguous, at most so many."""

    def heads(self) -> dict[str, int]:
        """Return stream → last place given out."""

    @property
    def epoch(self) -> int:
        """Grows when the hub is restored from a backup."""


class Follower(Protocol):
    """A terminal's side; belongs to one thread."""

    def view(self, most: int = 1000) -> View:
        """Return how things stand, with at most so many commands to send, and 1 MiB of them."""

    def acknowledge(self, device_seq: int) -> None:
        """Note how far the home has the chain. They stay pending until they are facts."""

    def absorb(self, answers: Sequence[Facts]) -> Absorbed | Problem:
        """Take facts in, in one transaction, and decide what is still pending again on top.

        A piece that does not follow on the cursor is answered with a gap; nothing has changed.
        """

    def keep_ready(self) -> bool:
        """Ask the home for what is needed while cut off, such as numbers; say whether it did."""
