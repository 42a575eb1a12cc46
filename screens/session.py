"""Who works at this terminal, and what the entrance knows of the hall."""

from dataclasses import dataclass
from datetime import tzinfo
from typing import TYPE_CHECKING

from hallterm.clock import Clock
from hallterm.domain.actor import Actor
from hallterm.domain.roles import Role

if TYPE_CHECKING:
    from hallterm.screens.hub_watch import Hub


@dataclass(frozen=True, slots=True)
class Session:
    """One sign-in, from the right PIN to the signing out."""

    actor: Actor
    name: str
    session_id: str
    """Tells this sign-in from the same person's at another terminal."""

    def has(self, *roles: Role) -> bool:
        """Say whether the person has one of the roles."""
        return self.actor.is_one_of(frozenset(roles))


@dataclass(frozen=True, slots=True)
class TrainingAccount:
    """An account of the training hall, shown at the sign-in."""

    staff_id: str
    name: str
    roles: tuple[Role, ...]


@dataclass(frozen=True, slots=True)
class Opened:
    """What opening the store tells the screens."""

    hall_name: str
    """Empty while the hall is not set up."""
    zone: tzinfo
    clock: Clock
    idle_minutes: int
    """Minutes without a key after which the terminal locks itself."""
    pin_digits: int
    """Least length of a PIN."""
    accounts: tuple[TrainingAccount, ...] = ()
    """Accounts of the training hall; none in a real hall."""
    common_pin: str = ""
    """The one PIN of all training accounts; empty in a real hall."""
    hub: "Hub | None" = None
    """Sync with a hub, not yet begun; None where there is none."""

    @property
    def founded(self) -> bool:
        """Whether there is a hall."""
        return bool(self.hall_name)
