"""What set-up screens ask, of a draft in memory or of the desk. They run it on the worker."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time
from typing import Literal, Protocol

from hallterm.domain.company.state import HallProfile
from hallterm.domain.counter.state import CounterSetup
from hallterm.domain.refusal import Refusal
from hallterm.domain.roles import Role

Answer = Literal[True] | Refusal
"""True: it is so now."""


@dataclass(frozen=True, slots=True)
class StaffRow:
    """One account."""

    staff_id: str
    name: str
    roles: tuple[Role, ...]
    """In the order of `Role`."""


@dataclass(frozen=True, slots=True)
class BusinessRow:
    """One business of the file, and whether the hall does it."""

    business_id: str
    code: str
    name: str
    offered: bool


class HallBook(Protocol):
    """The set-up of one hall."""

    @property
    def pin_digits(self) -> int:
        """Least length of a PIN."""
        ...

    def profile(self) -> HallProfile | None:
        """Return name and hours; None before they are known."""
        ...

    def set_hours(self, opens: time, closes: time) -> Answer:
        """Change the opening hours."""
        ...

    def counters(self) -> tuple[CounterSetup, ...]:
        """Return the counters by number."""
        ...

    def put_counter(self, counter: CounterSetup) -> Answer:
        """Add a counter or change it."""
        ...

    def retire_counter(self, counter_id: str) -> Answer:
        """Take a counter out of use."""
        ...

    def staff(self) -> tuple[StaffRow, ...]:
        """Return the open accounts by 工号."""
        ...

    def hire(self, staff_id: str, name: str, roles: frozenset[Role], pin: str) -> Answer:
        """Open an account."""
        ...

    def give_roles(self, staff_id: str, roles: frozenset[Role]) -> Answer:
        """Change an account's roles."""
        ...

    def rename(self, staff_id: str, name: str) -> Answer:
        """Put right how somebody is called."""
        ...

    def reset_pin(self, staff_id: str, pin: str) -> Answer:
        """Set a new first PIN."""
        ...

    def retire_staff(self, staff_id: str) -> Answer:
        """Close an account."""
        ...

    def businesses(self) -> tuple[BusinessRow, ...]:
        """Return every business of the file."""
        ...

    def offer(self, business_ids: Sequence[str]) -> Answer:
        """Say which businesses the hall does."""
        ...
