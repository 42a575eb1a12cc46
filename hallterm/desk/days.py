"""End of day (日结): settle what is open, close, and the figures of a day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from statistics import fmean

import sqlalchemy as sa

from hallterm.desk.call_back_board import of_days
from hallterm.desk.desk import Desk, Done
from hallterm.desk.diversion_figures import diversion_figures
from hallterm.desk.diversion_views import DiversionFigures
from hallterm.domain.actor import Actor
from hallterm.domain.call_back.state import CallBack
from hallterm.domain.day import CloseDay, OpenDay
from hallterm.domain.decisions.closing import LONGEST_PAUSE
from hallterm.domain.refusal import Refusal, refuse
from hallterm.domain.ticket.commands import SettleTicket
from hallterm.domain.ticket.promise import Verdict
from hallterm.domain.ticket.state import Leg, Ticket
from hallterm.domain.ticket.words import Rating, SettleReason, TicketState
from hallterm.domain.tiers import Tier
from hallterm.store.connection import reading
from hallterm.store.tables import DayRecord, TicketRecord, table_of

SATISFIED = frozenset({Rating.VERY_SATISFIED, Rating.SATISFIED})


@dataclass(frozen=True, slots=True)
class TierFigures:
    """One tier's day."""

    customers: int
    verdicts: dict[Verdict, int]
    """First promises by how they ended."""
    kept_share: float | None
    """Kept / (kept + broken); None when none was decided."""
    wait_mean: float | None
    """Seconds."""
    wait_p90: float | None
    wait_max: float | None
    satisfied_share: float | None
    """Satisfied or very satisfied of those asked; None when nobody was."""


@dataclass(frozen=True, slots=True)
class DayFigures:
    """A business day in numbers."""

    day: date
    closed: bool
    tiers: dict[Tier, TierFigures]
    all: TierFigures
    states: dict[TicketState, int]
    diversion: DiversionFigures


def settle(desk: Desk, actor: Actor, ticket_id: str, reason: SettleReason) -> Done | Refusal:
    """Close one ticket that is still open."""
    return desk.act(actor, SettleTicket(ticket_id=ticket_id, reason=reason))


def close_day(desk: Desk, actor: Actor, day: date | None = None) -> Done | Refusal:
    """End the business day; given a day, only if it is that one which is open."""
    return desk.act(actor, CloseDay(day=day))


def closed_today(desk: Desk) -> bool:
    """Say whether today's business day is over, so that nothing begins any more.

    So it is, too, when a later day was opened and closed under a clock that was ahead.
    """
    hall, today = desk.hall, desk.business_day(desk.clock.now())
    return hall.day is None and hall.last_day is not None and hall.last_day >= today


def can_open(desk: Desk) -> date | None:
    """Return today's business day if it begins only when a manager opens it; None otherwise."""
    hall, today = desk.hall, desk.business_day(desk.clock.now())
    last = hall.last_day
    far = last is not None and today - last > LONGEST_PAUSE
    return today if far or closed_today(desk) else None


def open_today(desk: Desk, actor: Actor) -> Done | Refusal:
    """Open today's business day, whatever the last one was; numbers run on. For managers."""
    today = can_open(desk)
    if today is None:
        return refuse("day_not_closed")
    return desk.act(actor, OpenDay(day=today, confirmed=True))


def days(desk: Desk, limit: int = 60) -> list[date]:
    """Return the business days on record, newest first."""
    table = table_of(DayRecord)
    with reading(desk.connection):
        rows = desk.connection.execute(sa.select(table.c.day).order_by(table.c.day.desc()))
        return [date.fromisoformat(day) for day in rows.scalars().fetchmany(limit)]


def tickets_of(desk: Desk, day: date) -> list[Ticket]:
    """Return all tickets of a day, in order of arrival."""
    table = table_of(TicketRecord)
    chosen = sa.select(table.c.document).where(table.c.day == day.isoformat())
    with reading(desk.connection):
        documents = desk.connection.execute(chosen.order_by(table.c.id)).scalars().all()
    return [Ticket.model_validate_json(document) for document in documents]


def figures(
    day: date, tickets: Iterable[Ticket], *, closed: bool, call_backs: Iterable[CallBack] = ()
) -> DayFigures:
    """Count a day; tickets issued by mistake don't count."""
    counted = [t for t in tickets if t.state is not TicketState.VOID]
    states = {state: sum(t.state is state for t in counted) for state in TicketState}
    tiers = {tier: tier_figures([t for t in counted if t.tier is tier]) for tier in Tier}
    diverted = diversion_figures(counted, call_backs)
    return DayFigures(day, closed, tiers, tier_figures(counted), states, diverted)


def day_figures(desk: Desk, day: date) -> DayFigures:
    """Count a day of the store."""
    promised = of_days(desk, day.isoformat(), day.isoformat())
    tickets, closed = tickets_of(desk, day), desk.hall.day != day
    return figures(day, tickets, closed=closed, call_backs=promised)


def tier_figures(tickets: list[Ticket]) -> TierFigures:
    """Count some tickets. Waits are those of the first promise whose service began."""
    legs = [ticket.first_leg for ticket in tickets]
    verdicts = {verdict: sum(leg.verdict() is verdict for leg in legs) for verdict in Verdict}
    decided = verdicts[Verdict.KEPT] + verdicts[Verdict.BROKEN]
    waits = sorted(_waits(legs))
    ratings = [ticket.rating for ticket in tickets if ticket.rating]
    return TierFigures(
        customers=len(tickets),
        verdicts=verdicts,
        kept_share=verdicts[Verdict.KEPT] / decided if decided else None,
        wait_mean=fmean(waits) if waits else None,
        wait_p90=waits[min(len(waits) - 1, int(len(waits) * 0.9))] if waits else None,
        wait_max=waits[-1] if waits else None,
        satisfied_share=sum(r in SATISFIED for r in ratings) / len(ratings) if ratings else None,
    )


def _waits(legs: Iterable[Leg]) -> Iterable[float]:
    return (leg.wait_s for leg in legs if leg.wait_s is not None)
