"""What sign-in, seat and lock ask of the desk. They run it on the desk's worker thread."""

from dataclasses import dataclass
from typing import Protocol

from hallterm.domain.refusal import Refusal
from hallterm.domain.ticket.words import PauseReason
from hallterm.domain.tiers import Tier
from hallterm.screens.session import Session
from hallterm.screens.work import Work


@dataclass(frozen=True, slots=True)
class SeatRow:
    """A counter as somebody sees it who wants to sit down."""

    counter_id: str
    number: int
    name: str
    tiers: tuple[Tier, ...]
    serves_others: bool
    staff_id: str | None
    staff_name: str
    device: str | None
    """Terminal at which it was taken."""
    paused: PauseReason | None
    since: float | None
    """Seconds since the epoch since when somebody sits there, or since when it is paused."""
    serving: str | None
    """Number of the ticket called or served there."""


@dataclass(frozen=True, slots=True)
class Seats:
    """The counters, and where the person sits already."""

    rows: tuple[SeatRow, ...]
    own: str | None
    """Id of the counter that the person holds; None: none."""
    held_here: bool
    """Whether this very sign-in holds it."""
    closed_today: bool = False
    """Whether the day has been closed, so that nobody sits down any more."""


class Entrance(Protocol):
    """The door to the hall."""

    def sign_in(self, staff_id: str, pin: str) -> Session | Refusal:
        """Judge 工号 and PIN."""
        ...

    def lock(self) -> None:
        """Lock every key: until a PIN is shown, nobody signs anything here."""
        ...

    def unlock(self, session: Session, pin: str) -> Session | Refusal:
        """Judge the PIN of the person who locked the terminal; roles may have changed."""
        ...

    def relieve(self, session: Session, staff_id: str, pin: str) -> Session | Refusal:
        """Sign somebody out who has gone, as a manager; answers with the manager."""
        ...

    def sign_out(self, session: Session) -> Session | Refusal:
        """Get up from the counter and sign out."""
        ...

    def change_pin(self, session: Session, old: str, new: str) -> Session | Refusal:
        """Set one's own PIN."""
        ...

    def seats(self, session: Session) -> Seats:
        """Return the counters."""
        ...

    def take(self, session: Session, counter_id: str, *, take_over: bool) -> Seats | Refusal:
        """Sit down at a counter."""
        ...

    def leave(self, session: Session) -> Seats | Refusal:
        """Get up from one's counter."""
        ...

    def watch(self, session: Session | None) -> Seats | None:
        """Read what other processes did; answers with the seats when somebody is signed in."""
        ...

    def work(self, session: Session) -> Work:
        """Return what the person's screens work with."""
        ...

    def close(self) -> None:
        """Let go of the store."""
        ...
