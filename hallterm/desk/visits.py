"""A customer's visits (来访): the tickets of every day that carry this person."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from hallterm.desk.desk import Desk
from hallterm.domain.ticket.promise import Verdict
from hallterm.domain.ticket.state import Ticket
from hallterm.domain.ticket.words import Outcome, Rating, SettleReason, TicketState
from hallterm.domain.tiers import Grade, Tier
from hallterm.store.connection import reading
from hallterm.store.tables import TicketRecord, table_of


@dataclass(frozen=True, slots=True)
class Visit:
    """One ticket of a customer, ready to read."""

    ticket_id: str
    number: str
    tier: Tier
    grade: Grade | None
    arrived: datetime
    """Hall's local time."""
    businesses: tuple[str, ...]
    """Names, the first asked for first."""
    wait: float | None
    """Seconds from identity shown to the first start of service; None: never served."""
    verdict: Verdict
    state: TicketState
    outcome: Outcome | None
    rating: Rating | None
    """The customer's own word; None: not asked."""
    settled: SettleReason | None = None
    """Why it was ended at the end of the day (日结); None: it was not."""


def visit_of(desk: Desk, ticket: Ticket) -> Visit:
    """Return a ticket as a visit."""
    businesses = desk.rules.businesses
    known = [businesses.get(line.business_id) for line in ticket.businesses]
    leg = ticket.first_leg
    return Visit(
        ticket_id=ticket.id,
        number=ticket.number,
        tier=ticket.tier,
        grade=ticket.grade,
        arrived=ticket.arrived_at.astimezone(desk.timezone),
        businesses=tuple(
            business.name if business else line.business_id
            for business, line in zip(known, ticket.businesses, strict=True)
        ),
        wait=leg.wait_s,
        verdict=leg.verdict(),
        state=ticket.state,
        outcome=ticket.outcome,
        rating=ticket.rating,
        settled=_settled(ticket),
    )


def _settled(ticket: Ticket) -> SettleReason | None:
    if ticket.state is not TicketState.SETTLED or ticket.reason is None:
        return None
    return SettleReason(ticket.reason)


def visits_of(desk: Desk, person_id: str, limit: int = 100) -> list[Visit]:
    """Return a customer's visits, the latest first; tickets issued by mistake are left out."""
    table = table_of(TicketRecord)
    chosen = (
        sa.select(table.c.document)
        .where(table.c.person_id == person_id, table.c.state != TicketState.VOID.value)
        .order_by(table.c.shown_ms.desc(), table.c.id.desc())
        .limit(limit)
    )
    with reading(desk.connection):
        documents = desk.connection.execute(chosen).scalars().all()
    return [visit_of(desk, Ticket.model_validate_json(document)) for document in documents]
