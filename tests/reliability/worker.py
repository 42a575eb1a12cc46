"""A terminal's process: gives out tickets as fast as it is told, and syncs beside it.

It writes ``done ID`` once a ticket is confirmed, and ends when its input is closed.
"""

import os
import select
import sys

from hallterm.commands.hub_link import open_linked_desk
from hallterm.commands.opening import settings
from hallterm.desk.follower import TerminalFollower
from hallterm.domain.actor import Actor
from hallterm.domain.refusal import Refusal
from hallterm.domain.roles import Role
from hallterm.domain.ticket.commands import TakeTicket
from hallterm.domain.ticket.state import BusinessLine
from hallterm.domain.tiers import Tier
from hallterm.sync.machine import terminal_clock
from hallterm.sync.pace import Pace
from hallterm.sync.terminal import Doors, TerminalSync


def main(pause_s: float) -> None:
    """Give out tickets until told ``stop``; sync until the input is closed."""
    store = settings().store
    desk = open_linked_desk()
    doors = Doors(open_linked_desk, TerminalFollower)
    sync = TerminalSync(store, doors, terminal_clock(store), Pace(deadline=3.0, longest=2.0))
    sync.start()
    machine, giving = Actor(desk.device, frozenset({Role.KIOSK})), True
    while True:
        readable, _, _ = select.select([sys.stdin], [], [], pause_s)
        if readable:
            if not sys.stdin.readline():
                break
            giving = False
            os.write(1, b"stopped\n")
        if giving:
            now = desk.clock.now()
            command = TakeTicket(
                ticket_id=desk.new_id(),
                tier=Tier.STANDARD,
                businesses=(BusinessLine(business_id="payment"),),
                arrived_at=now,
                shown_at=now,
            )
            if not isinstance(desk.act(machine, command), Refusal):
                os.write(1, f"done {command.ticket_id}\n".encode())
                sync.wanted()
    sync.close()
    desk.close()


if __name__ == "__main__":
    main(float(sys.argv[1]))
