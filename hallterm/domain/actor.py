"""Who gives a command, when, and from which device."""

from dataclasses import dataclass
from datetime import datetime

from hallterm.domain.roles import Role


@dataclass(frozen=True, slots=True)
class Actor:
    """A signed-in member of staff, or a machine of the hall."""

    staff_id: str
    """工号, or the device's name for a kiosk."""
    roles: frozenset[Role]

    def is_one_of(self, roles: frozenset[Role]) -> bool:
        """Say whether the actor has at least one of the roles."""
        return not self.roles.isdisjoint(roles)


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What surrounds a command: actor, adjusted time (aware, UTC), device."""

    actor: Actor
    at: datetime
    device: str
