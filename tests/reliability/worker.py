"""A terminal's process: a ticket machine and a counter at work, and sync beside them.

It writes ``done PLACE TICKET`` once something is confirmed: the place of this device's chain at
which it stands, and the ticket if one was given out. ``full`` says that the disk would not take
it. Words in: ``stop``, ``go``. The end of the input ends it.
"""

import itertools
import os
import select
from collections.abc import Callable, Iterator

import hallterm.sync.http  # noqa: F401 - loaded when first needed otherwise, in each process anew
from hallterm.commands.hub_link import open_linked_desk
from hallterm.commands.opening import settings
from hallterm.desk import accounts
from hallterm.desk.calling import call_next
from hallterm.desk.desk import Desk, Done
from hallterm.desk.follower import TerminalFollower
from hallterm.domain.actor import Actor
from hallterm.domain.counter.commands import TakeCounter
from hallterm.domain.refusal import Refusal
from hallterm.domain.roles import Role
from hallterm.domain.ticket.commands import FinishService, StartService, TakeTicket
from hallterm.domain.ticket.state import BusinessLine
from hallterm.domain.ticket.words import TicketState
from hallterm.domain.tiers import Tier
from hallterm.store.connection import reading
from hallterm.store.faults import StoreFaultError
from hallterm.sync.machine import terminal_clock
from hallterm.sync.pace import Pace
from hallterm.sync.terminal import Doors, TerminalSync
from tests.commands.terminal import CLERK_PIN
from tests.reliability.nursery import say

PACE = Pace(deadline=3.0, longest=2.0)
"""Less patient than in a hall, so that a run takes seconds."""
FULL_S = 0.05
"""Between two tries while the disk is full."""


class Work:
    """One machine's people: customers take tickets, a clerk calls, starts and finishes."""

    def __init__(self, desk: Desk, staff_id: str, counter_id: str) -> None:
        self.desk, self._staff_id, self._counter_id = desk, staff_id, counter_id
        self._machine = Actor(desk.device, frozenset({Role.KIOSK}))
        self._clerk: Actor | None = None
        self._turns: Iterator[Callable[[], str | None]] = itertools.cycle(
            (self._take, self._serve, self._take, self._serve, self._serve)
        )

    def turn(self) -> None:
        """Do the next thing, and say what is confirmed."""
        ticket = next(self._turns)()
        if ticket is not None:
            say(f"done {self._place()} {ticket}")

    def _place(self) -> int:
        with reading(self.desk.connection) as connection:
            return int(connection.exec_driver_sql("SELECT device_seq FROM sync_link").scalar() or 0)

    def _take(self) -> str | None:
        now = self.desk.clock.now()
        command = TakeTicket(
            ticket_id=self.desk.new_id(),
            tier=Tier.STANDARD,
            businesses=(BusinessLine(business_id="payment"),),
            arrived_at=now,
            shown_at=now,
        )
        done = self.desk.act(self._machine, command)
        return None if isinstance(done, Refusal) else command.ticket_id

    def _serve(self) -> str | None:
        clerk = self._clerk or self._sit_down()
        here = self.desk.hall.at_counter.get(self._counter_id)
        if clerk is None:
            return None
        answer: Done | Refusal
        if here is None:
            answer = call_next(self.desk, clerk)
        elif self.desk.hall.tickets[here].state is TicketState.CALLED:
            answer = self.desk.act(clerk, StartService(ticket_id=here))
        else:
            answer = self.desk.act(clerk, FinishService(ticket_id=here))
        return None if isinstance(answer, Refusal) else "-"

    def _sit_down(self) -> Actor | None:
        """Sign in and take the counter, as after each start of the machine."""
        signed_in = accounts.sign_in(self.desk, self._staff_id, CLERK_PIN)
        if isinstance(signed_in, Refusal):
            return None
        taking = TakeCounter(
            counter_id=self._counter_id, session_id=self.desk.new_id(), take_over=True
        )
        if isinstance(self.desk.act(signed_in.actor, taking), Refusal):
            return None
        self._clerk = signed_in.actor
        return self._clerk


def main(arguments: list[str]) -> None:
    """Work until the input ends. arguments: seconds between two things, 工号, counter."""
    pause_s, staff_id, counter_id = float(arguments[0]), arguments[1], arguments[2]
    store = settings().store
    desk = open_linked_desk()
    doors = Doors(open_linked_desk, TerminalFollower)
    sync = TerminalSync(store, doors, terminal_clock(store), PACE)
    sync.start()
    say("ready")
    work, working, rest = Work(desk, staff_id, counter_id), True, pause_s
    while True:
        readable, _, _ = select.select([0], [], [], rest)
        if readable:
            words = os.read(0, 1024).split()
            if not words:
                break
            working = words[-1] == b"go"
            say("going" if working else "stopped")
        rest = pause_s
        if not working:
            rest = 1.0
            continue
        try:
            work.turn()
        except StoreFaultError as fault:
            say(f"fault {fault.code}")
            rest = FULL_S
        sync.wanted()
    sync.close()
    desk.close()
