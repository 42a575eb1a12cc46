"""A process that books a slot.

Run as ``python -m tests.support.booker STORE STAFF PERSON``. It says ``STAFF ready``, waits for a
line on stdin, and says ``STAFF booked`` or ``STAFF CODE`` of the refusal.
"""

import os
import sys
from pathlib import Path

from hallterm.clock import ManualClock
from hallterm.desk.appointments import Booking, book
from hallterm.desk.desk import open_desk
from hallterm.domain.actor import Actor
from hallterm.domain.refusal import Refusal
from hallterm.domain.roles import Role
from tests.support.appointments import BUSINESS, TEN
from tests.support.hall import KEY
from tests.support.rulebook import MORNING, configuration


def say(*words: str) -> None:
    """Tell whoever started this process, in one write that is not held back."""
    os.write(1, (" ".join(words) + "\n").encode())


def main(store: str, staff_id: str, person_id: str) -> None:
    """Book ten o'clock."""
    actor = Actor(staff_id, frozenset({Role.CLERK}))
    clock = ManualClock(MORNING)
    desk = open_desk(Path(store), KEY, clock, configuration(), f"terminal-{staff_id}")
    say(staff_id, "ready")
    sys.stdin.readline()
    result = book(desk, actor, Booking(person_id, BUSINESS, TEN))
    say(staff_id, result.code if isinstance(result, Refusal) else "booked")


if __name__ == "__main__":
    main(*sys.argv[1:])
