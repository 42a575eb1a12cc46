"""Ticket numbers lent out ahead, so that a terminal cut off from the others gives none twice."""

from collections.abc import Mapping
from datetime import date
from typing import ClassVar

from pydantic import Field

from hallterm.domain.frozen import Frozen
from hallterm.domain.roles import EVERYBODY, Role
from hallterm.domain.stream import Command, Event

MOST_LENT = 50
"""Numbers lent at once for one letter."""


class LeaseNumbers(Command):
    """Ask for numbers to give out while cut off (领号段). Any terminal may."""

    allowed: ClassVar[frozenset[Role]] = EVERYBODY
    lease_id: str
    counts: tuple[tuple[str, int], ...] = Field(min_length=1, max_length=3)
    """Letter and how many, each letter once."""


class NumbersLeased(Event):
    """Numbers of the open day were lent to one device; nobody else gives them out."""

    type: ClassVar[str] = "numbers_leased"
    aggregate: ClassVar[str] = "numbers"
    lease_id: str
    day: date
    letter: str
    first: int
    last: int

    @property
    def aggregate_id(self) -> str:
        """Id of the lease."""
        return self.lease_id


class Lease(Frozen):
    """A run of numbers that one device may give out."""

    device: str
    letter: str
    first: int
    last: int


def number_text(letter: str, number: int) -> str:
    """Return a number as it is printed, such as ``V001``."""
    return f"{letter}{number:03d}"


def lane_number(letter: str, lane: int, used: Mapping[str, object]) -> str:
    """Return the next number of a device's own lane, such as ``A001-3``: when no lent one is left.

    used: numbers that were given out on the day.
    """
    number = 1
    while f"{number_text(letter, number)}-{lane}" in used:
        number += 1
    return f"{number_text(letter, number)}-{lane}"
