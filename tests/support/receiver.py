"""A process that accepts a reception, and may be killed while it works.

Run as ``python -m tests.support.receiver STORE STAFF TICKET``. It says ``STAFF ready``, waits for a
line on stdin, and says ``STAFF accepted`` or ``STAFF CODE`` of the refusal with who has it.
"""

import os
import sys
from pathlib import Path

from hallterm.clock import ManualClock
from hallterm.desk.checklists import tick_now
from hallterm.desk.desk import open_desk
from hallterm.desk.receptions import accept
from hallterm.domain.actor import Actor
from hallterm.domain.refusal import Refusal
from hallterm.domain.roles import Role
from tests.support.hall import KEY
from tests.support.rulebook import MORNING, configuration


def say(*words: str) -> None:
    """Tell whoever started this process, in one write that is not held back."""
    os.write(1, (" ".join(words) + "\n").encode())


def main(store: str, staff_id: str, ticket_id: str) -> None:
    """Accept, and go on ticking until killed."""
    actor = Actor(staff_id, frozenset({Role.CLERK}))
    desk = open_desk(
        Path(store), KEY, ManualClock(MORNING), configuration(), f"terminal-{staff_id}"
    )
    say(staff_id, "ready")
    sys.stdin.readline()
    result = accept(desk, actor, ticket_id)
    if isinstance(result, Refusal):
        say(staff_id, result.code, str(result.args.get("staff")))
        return
    say(staff_id, "accepted")
    for step in ("greet", "guide", "tea", "thank"):
        answer = tick_now(desk, actor, ticket_id, step)
        say(staff_id, "refused" if isinstance(answer, Refusal) else step)
    sys.stdin.readline()


if __name__ == "__main__":
    main(*sys.argv[1:])
