"""A process that calls customers and sees them off, telling on stdout what was confirmed.

Run as ``python -m tests.support.caller STORE STAFF COUNTER``. It says ``STAFF ready PID``, waits
for a line on stdin, says ``STAFF called TICKET`` after each confirmed call, and ``STAFF end PID``
when nobody waits any more; its exit code tells a failure.
"""

import os
import sys
from pathlib import Path

from hallterm.clock import ManualClock
from hallterm.desk.calling import call_next
from hallterm.desk.desk import Desk, Done, open_desk
from hallterm.domain.actor import Actor
from hallterm.domain.counter.commands import TakeCounter
from hallterm.domain.refusal import Refusal
from hallterm.domain.roles import Role
from hallterm.domain.ticket.commands import CustomerLeft
from hallterm.domain.ticket.events import TicketCalled
from hallterm.domain.ticket.words import LeaveReason
from tests.support.hall import KEY
from tests.support.rulebook import MORNING, configuration


class Caller:
    """One clerk's process."""

    def __init__(self, store: str, staff_id: str, counter_id: str) -> None:
        self.actor = Actor(staff_id, frozenset({Role.CLERK}))
        self.desk: Desk = open_desk(
            Path(store), KEY, ManualClock(MORNING), configuration(), f"terminal-{staff_id}"
        )
        self.counter_id = counter_id

    def say(self, *words: str) -> None:
        """Tell whoever started this process, in one write that is not held back."""
        os.write(1, (" ".join((self.actor.staff_id, *words)) + "\n").encode())

    def sit(self) -> None:
        """Sit down, also where a process of the same clerk was killed."""
        session = self.desk.new_id()
        sit = TakeCounter(counter_id=self.counter_id, session_id=session, take_over=True)
        self.must(self.desk.act(self.actor, sit))
        left_over = self.desk.hall.at_counter.get(self.counter_id)
        if left_over:
            self.see_off(left_over)

    def must(self, result: Done | Refusal) -> Done:
        """Return the result, which must not be a refusal."""
        if isinstance(result, Refusal):
            raise AssertionError(result)  # noqa: TRY004 - not about types
        return result

    def see_off(self, ticket_id: str) -> None:
        """Free the counter."""
        left = CustomerLeft(ticket_id=ticket_id, reason=LeaveReason.DIVERTED)
        self.must(self.desk.act(self.actor, left))

    def work(self) -> None:
        """Call until nobody waits."""
        while True:
            result = call_next(self.desk, self.actor)
            if isinstance(result, Refusal) and result.code == "nobody_waiting":
                return
            for event in self.must(result).events:
                if isinstance(event, TicketCalled):
                    self.say("called", event.ticket_id)
                    self.see_off(event.ticket_id)


if __name__ == "__main__":
    caller = Caller(*sys.argv[1:])
    try:
        caller.sit()
        caller.say("ready", str(os.getpid()))
        sys.stdin.readline()
        caller.work()
    finally:  # also after an exception, so that nobody waits for more words
        caller.say("end", str(os.getpid()))
    caller.desk.close()
