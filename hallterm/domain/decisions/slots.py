"""The half hours of a day that can be booked, and how many customers each has room for.

A VIP needs a room and somebody who receives; the others need a counter that serves their tier, of
which only a share is given to appointments, so that walk-ins are not shut out. The roster of today
is the best that is known of a later day.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from math import ceil
from zoneinfo import ZoneInfo

from hallterm.domain.appointment.state import Appointment
from hallterm.domain.appointment.words import HOLDING_STATES
from hallterm.domain.business import Business
from hallterm.domain.company.state import HallProfile
from hallterm.domain.counter.state import CounterKind, CounterSetup
from hallterm.domain.day import DAY_BEGINS
from hallterm.domain.decisions.reception import managers_on_duty, receivers_on_duty
from hallterm.domain.hall import Hall, Rules
from hallterm.domain.tiers import Tier


@dataclass(frozen=True, slots=True)
class Slot:
    """One bookable piece of a day."""

    begins: datetime
    """Aware, UTC."""
    ends: datetime
    places: int
    """Customers it has room for."""
    taken: int
    """Appointments that stand in it; more than there are places after a set-up has changed."""

    @property
    def free(self) -> int:
        """Places that are left."""
        return max(0, self.places - self.taken)

    @property
    def over(self) -> int:
        """Appointments beyond the places."""
        return max(0, self.taken - self.places)


def day_of(moment: datetime, profile: HallProfile) -> date:
    """Return the business day that a moment belongs to."""
    return (moment.astimezone(ZoneInfo(profile.timezone)) - DAY_BEGINS).date()


def length(business: Business, rules: Rules) -> timedelta:
    """Return how long a business takes up a place: whole slots."""
    slot = rules.standards.appointments.slot
    return timedelta(minutes=ceil(business.minutes / slot) * slot)


def begins_on(day: date, rules: Rules) -> Iterator[datetime]:
    """Return when the slots of a day begin, by the opening hours.

    Nothing is given for the hours after midnight, which belong to the business day before.
    """
    profile = rules.company.hall
    if profile is None:
        return
    zone, utc = ZoneInfo(profile.timezone), ZoneInfo("UTC")
    step = timedelta(minutes=rules.standards.appointments.slot)
    # Counted in UTC: when the clocks are put forward or back no slot is doubled or left out.
    begins = datetime.combine(day, profile.opens, zone).astimezone(utc)
    closes = datetime.combine(day, profile.closes, zone).astimezone(utc)
    while begins + step <= closes:
        if day_of(begins, profile) == day:
            yield begins
        begins += step


def places(hall: Hall, rules: Rules, tier: Tier) -> int:
    """Return how many customers of a tier can be booked at one time."""
    setups = tuple(rules.company.counters.values())
    if tier is Tier.VIP:
        hosts = receivers_on_duty(hall, rules) or managers_on_duty(hall, rules)
        return min(len(_vip_places(setups)), len(hosts))
    open_to = [
        setup
        for setup in setups
        if setup.kind is not CounterKind.VIP_ROOM and (setup.serves_others or tier in setup.tiers)
    ]
    return ceil(len(open_to) * rules.standards.appointments.counter_share)


def _vip_places(setups: tuple[CounterSetup, ...]) -> tuple[CounterSetup, ...]:
    """Return the VIP rooms; without any the counters that are for VIPs at all."""
    rooms = tuple(setup for setup in setups if setup.kind is CounterKind.VIP_ROOM)
    return rooms or tuple(setup for setup in setups if Tier.VIP in setup.tiers)


def slots_of(
    hall: Hall, rules: Rules, day: date, tier: Tier, but: str | None = None
) -> tuple[Slot, ...]:
    """Return the slots of a day for a tier; but: id of an appointment that is not counted."""
    step = timedelta(minutes=rules.standards.appointments.slot)
    room = places(hall, rules, tier)
    standing = [one for one in holding(hall, but) if (one.tier is Tier.VIP) is (tier is Tier.VIP)]
    return tuple(
        Slot(begins, begins + step, room, _taken(standing, begins, begins + step))
        for begins in begins_on(day, rules)
    )


def holding(hall: Hall, but: str | None = None) -> Iterator[Appointment]:
    """Return the appointments that take up a place."""
    return (
        one for one in hall.appointments.values() if one.state in HOLDING_STATES and one.id != but
    )


def _taken(standing: list[Appointment], begins: datetime, ends: datetime) -> int:
    return sum(one.at < ends and begins < one.until for one in standing)


def covered(slots: tuple[Slot, ...], begins: datetime, ends: datetime) -> tuple[Slot, ...]:
    """Return the slots between two moments; empty when they don't fit the day's grid."""
    inside = tuple(slot for slot in slots if begins <= slot.begins < ends)
    fits = bool(inside) and inside[0].begins == begins and inside[-1].ends == ends
    return inside if fits else ()
