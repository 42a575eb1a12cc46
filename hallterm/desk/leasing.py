"""Ticket numbers lent to this terminal ahead, so that it gives out its own while cut off (领号段).

A terminal uses the lowest number lent to it and asks for more before it runs out. It holds few
ahead, about what it gives out in half an hour, so that numbers stay in order across the hall.
"""

import time
from datetime import timedelta

from hallterm.desk.desk import Desk, Done
from hallterm.domain.actor import Actor
from hallterm.domain.numbering import MOST_LENT, LeaseNumbers
from hallterm.domain.roles import Role
from hallterm.domain.tiers import NUMBER_LETTER, Tier

LEAST_AHEAD = 3
"""Numbers of a letter that a terminal holds ahead at least."""
LOOK_BACK = timedelta(minutes=30)
PAUSE = timedelta(seconds=5)
"""Between two askings, whatever comes of them."""
LONGEST_WAIT_S = 0.5
"""Seconds that a ticket waits for a number of the hall before it gets one of the own lane."""
STEP_S = 0.01


def machine(desk: Desk) -> Actor:
    """Return the terminal itself as an actor."""
    return Actor(desk.device, frozenset({Role.KIOSK}))


def top_up(desk: Desk) -> bool:
    """Ask for numbers where few are left; say whether anything was asked for.

    For whoever keeps the terminal in step with its home; never opens a business day.
    """
    hall = desk.hall
    if desk.replica.link is None or hall.day is None:
        return False
    if hall.day != desk.business_day(desk.clock.now()):
        return False
    counts = []
    for letter in NUMBER_LETTER.values():
        wanted = _wanted(desk, letter)
        left = sum(1 for _ in hall.lent_numbers(letter, desk.device))
        if left * 2 <= wanted:
            counts.append((letter, wanted - left))
    now = desk.clock.now()
    asked = desk.numbers_asked_at
    if not counts or (asked is not None and timedelta() <= now - asked < PAUSE):
        return False
    return _ask(desk, tuple(counts))


def _wanted(desk: Desk, letter: str) -> int:
    """Return how many numbers of a letter to hold ahead."""
    since = desk.clock.now() - LOOK_BACK
    lent = {
        number
        for lease in desk.hall.leases
        if (lease.device, lease.letter) == (desk.device, letter)
        for number in range(lease.first, lease.last + 1)
    }
    given = sum(
        1
        for number, ticket_id in desk.hall.numbers.items()
        if number[0] == letter
        and (number.partition("-")[2] or int(number[1:]) in lent)
        and desk.hall.tickets[ticket_id].arrived_at >= since
    )
    return max(LEAST_AHEAD, min(given, MOST_LENT))


def _ask(desk: Desk, counts: tuple[tuple[str, int], ...]) -> bool:
    desk.numbers_asked_at = desk.clock.now()
    command = LeaseNumbers(lease_id=desk.new_id(), counts=counts)
    return isinstance(desk.act(machine(desk), command), Done)


def get_ready(desk: Desk, tier: Tier) -> None:
    """See that a number of the hall is at hand for the next ticket of a tier, if the home answers.

    Waits half a second at the most, and not at all while the terminal is cut off. Belongs on a
    worker thread.
    """
    link, letter = desk.replica.link, NUMBER_LETTER[tier]
    if link is None or desk.apart or _at_hand(desk, letter):
        return
    _ask(desk, ((letter, LEAST_AHEAD),))
    give_up = time.monotonic() + LONGEST_WAIT_S
    while not _at_hand(desk, letter) and time.monotonic() < give_up:
        time.sleep(STEP_S)
        desk.refresh()


def _at_hand(desk: Desk, letter: str) -> bool:
    lent = desk.replica.confirmed_hall.lent_numbers(letter, desk.device)
    return any(number not in desk.hall.numbers for number in lent)
