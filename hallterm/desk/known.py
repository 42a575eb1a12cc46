"""What dispatch is told beside who waits: who came, who is expected, how the days before were."""

from datetime import datetime

from hallterm.desk.desk import Desk
from hallterm.dispatch.known import Came, Coming, Known, Others
from hallterm.domain.appointment.words import AppointmentState
from hallterm.domain.hall import Hall
from hallterm.domain.ticket.state import Ticket
from hallterm.domain.ticket.words import TicketState
from hallterm.domain.tiers import Tier

GONE = frozenset({TicketState.LEFT, TicketState.SETTLED, TicketState.VOID})
"""Nobody would have served them, whatever the order."""
SPARE = 1.5
"""Those who came are told back to so many times the work that waits; the norm's queue is in it."""


def known_now(desk: Desk, hall: Hall, now: datetime) -> Known:
    """Return what is known of the hall's day."""
    rules = desk.rules
    return Known(
        came=came_today(desk, hall),
        streams=desk.experience.streams(now, desk.timezone, rules),
        coming=booked_from(desk, hall, now),
        worst=desk.experience.worst,
    )


def booked_from(desk: Desk, hall: Hall, now: datetime) -> tuple[Coming, ...]:
    """Return who has an appointment later on this day; whoever is late is not waited for."""
    known, rules, day = desk.experience, desk.rules, desk.business_day(now)
    return tuple(
        Coming(one.at.timestamp(), one.tier, known.expected(one.business_id, rules) / 60)
        for one in hall.appointments.values()
        if one.state is AppointmentState.BOOKED and one.day == day and one.at > now
    )


def came_today(desk: Desk, hall: Hall) -> Others:
    """Return the last of the others who came today, as many as the norm might have waiting.

    Call it after `hallterm.desk.queueing.waiting_list`, which says how much work waits.
    """
    waiting = desk.waiting_cache
    work, came = SPARE * sum(seen.expected for _ticket, seen in waiting.values()), []
    for ticket in reversed(hall.tickets.values()):
        if work <= 0:
            break
        if ticket.tier is not Tier.STANDARD or ticket.state in GONE:
            continue
        if ticket.id in waiting:
            seen = waiting[ticket.id][1]
            one = Came(seen.clock_from, seen.expected)
        else:
            one = Came(ticket.leg.clock_from.timestamp(), _expected(desk, ticket))
        came.append(one)
        work -= one.expected
    return Others(came)


def _expected(desk: Desk, ticket: Ticket) -> float:
    known, rules = desk.experience, desk.rules
    return sum(known.expected(line.business_id, rules) for line in ticket.businesses)
