"""A few appointments and a visit for the training hall, with customers who are on file there."""

from datetime import timedelta
from itertools import chain

import sqlalchemy as sa

from hallterm.desk import appointments, errands
from hallterm.desk.appointments import Booking
from hallterm.desk.desk import Desk
from hallterm.desk.errands import ErrandPlan
from hallterm.domain.actor import Actor
from hallterm.domain.errand.words import ErrandKind, ErrandNote
from hallterm.domain.refusal import Refusal
from hallterm.domain.tiers import Tier
from hallterm.store.connection import reading
from hallterm.store.persons.tables import PersonRow
from hallterm.store.tables import table_of
from hallterm.words import _

_BUSINESSES = ("replace_sim", "change_plan", "transfer_ownership", "redeem_points")
_EVERY = 2
"""Slots from one appointment to the next, so that rooms are left for the trainee to give."""


def arrange(desk: Desk, actor: Actor) -> Refusal | None:
    """Book VIPs from now on, today and tomorrow, and agree on a visit."""
    people = members_of_club(desk, len(_BUSINESSES) + 1)
    today = desk.business_day(desk.clock.now())
    days = (today, today + timedelta(days=1))
    open_slots = chain.from_iterable(
        [slot for slot in appointments.slots(desk, day, Tier.VIP) if slot.open] for day in days
    )
    chosen = list(open_slots)[::_EVERY]
    for person_id, business_id, slot in zip(people, _BUSINESSES, chosen, strict=False):
        result = appointments.book(desk, actor, Booking(person_id, business_id, slot.at))
        if isinstance(result, Refusal):
            return result
    return _visit(desk, actor, people[-1]) if people else None


def _visit(desk: Desk, actor: Actor, person_id: str) -> Refusal | None:
    begins = desk.clock.now() + timedelta(hours=2)
    texts = {
        ErrandNote.ADDRESS: _("建设路 12 号 3 单元 401"),
        ErrandNote.BRING: _("SIM 卡、受理单"),
    }
    ends = begins + timedelta(hours=2)
    plan = ErrandPlan(ErrandKind.ON_SITE, person_id, "open_account", begins, ends, texts)
    result = errands.plan(desk, actor, plan)
    return result if isinstance(result, Refusal) else None


def members_of_club(desk: Desk, count: int) -> list[str]:
    """Return the first members of the club on file."""
    table = table_of(PersonRow)
    chosen = sa.select(table.c.person_id).where(table.c.tier == Tier.VIP.value)
    with reading(desk.connection):
        found = desk.connection.execute(chosen.order_by(table.c.row).limit(count))
        return list(found.scalars())
