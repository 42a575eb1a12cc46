"""What the sync loop stands on: a way to the home, a clock, and a place for the store's work."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from hallterm.desk.sync_ports import Follower
from hallterm.joining import News
from hallterm.wire import Facts, Problem, Push, Pushed

T = TypeVar("T")


class UnreachableError(Exception):
    """No answer came: no way there, cut off, too late. What was asked may have been done."""


class BusyError(Exception):
    """The home asks to wait (429, 503).

    after_s: seconds after which it wants to be asked again; 0 if it named none.
    """

    def __init__(self, after_s: float = 0.0) -> None:
        super().__init__(after_s)
        self.after_s = after_s


class ShutOutError(Exception):
    """The home does not deal with this terminal, until a person has done something.

    code: too_old (426), device_revoked, device_unknown …
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Timed(Generic[T]):
    """An answer, and the home's clock when it was given (milliseconds since the epoch)."""

    value: T
    home_ms: int | None = None
    """None when the home did not say."""


class Transport(Protocol):
    """The way to the home. Every call may raise UnreachableError, BusyError or ShutOutError.

    The loop sets the deadlines: a call is cancelled when it takes too long.
    """

    async def push(self, push: Push) -> Timed[Pushed | Problem]:
        """Hand commands over."""

    async def pull(self, stream: str, after: int, most: int) -> Timed[Facts | Problem]:
        """Ask for the facts behind a place."""

    async def news(self, seen: Mapping[str, int], most: int) -> Timed[News]:
        """Wait until a stream goes beyond what this terminal has of it.

        The answer tells the heads, and brings the first facts, at most so many of a stream. After
        some time without news the same heads are returned: the home is still there.

        seen: stream → last place in this terminal's store; empty asks for the heads, at once.
        """


class LocalClock(Protocol):
    """This machine's clocks, as they are."""

    def wall_ms(self) -> int:
        """Return the time that the machine shows, milliseconds since the epoch."""

    def mono_ms(self) -> int:
        """Return milliseconds since `boot` that never go back."""

    @property
    def boot(self) -> str:
        """Id of the start that `mono_ms` counts from."""


class StoreWork(Protocol):
    """Does work on the follower where it may take its time: on a thread of its own."""

    async def __call__(self, work: Callable[[Follower], T]) -> T:
        """Do it and return what it returns, or raise what it raises."""
