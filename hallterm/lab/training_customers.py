"""Who comes to the training hall: customers of every kind, drawn by lot from its records."""

import math
from dataclasses import dataclass
from datetime import datetime
from random import Random

import sqlalchemy as sa

from hallterm.desk.desk import Desk
from hallterm.desk.tickets import TicketDraft, documents_for
from hallterm.domain.hall import Hall
from hallterm.domain.person.details import PersonKind
from hallterm.domain.ticket.state import Ticket
from hallterm.domain.ticket.words import HelpFlag
from hallterm.domain.tiers import Tier
from hallterm.store.connection import reading
from hallterm.store.persons.records import PersonRecord, person, record_of

TIER_WEIGHTS = {Tier.VIP: 0.13, Tier.GOTONE: 0.29, Tier.STANDARD: 0.58}
"""More VIP customers than in life, so that their two clocks are seen."""
UNKNOWN_SHARE = 0.35
"""Customers of no tier of their own who come without a number."""
LATE_CARD_SHARE = 0.12
"""Of those without a number: holders of a card who show it only later."""
SECOND_BUSINESS_SHARE = 0.18
MISSING_SHARE = 0.07
"""Documents that are not at hand."""
FLAG_SHARES = {HelpFlag.OLD: 0.06, HelpFlag.DISABLED: 0.01, HelpFlag.PREGNANT: 0.015}
IMPATIENT_SHARE = 0.3
IMPATIENCE, PATIENCE = (0.8, 2.5), (2.5, 4.0)
"""Multiples of the promised wait after which the impatient, and everybody else, go."""
USUAL_WEIGHT = 2.0
WEIGHTS = {"payment": 9, "bill_query": 7, "replace_sim": 6, "change_plan": 6, "consultation": 5}
"""How often a business is asked for; those not listed have the usual weight."""
SPREAD = 0.45
"""Coefficient of variation of the length of a service."""
MOST_CUSTOMERS = 2000


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Somebody who has come in."""

    draft: TicketDraft
    late_card: str | None
    """Person whose card is shown later."""
    patience: float
    """Seconds until they go if nobody calls them."""


def people_of(desk: Desk) -> list[PersonRecord]:
    """Return the customers on record, in the order in which they were entered."""
    some = sa.select(person).order_by(person.c.row).limit(MOST_CUSTOMERS)
    with reading(desk.connection):
        return [record_of(row._asdict()) for row in desk.connection.execute(some)]


class Crowd:
    """Draws customers; nobody comes who is in the hall already."""

    def __init__(self, desk: Desk, lot: Random) -> None:
        self._lot = lot
        self._people: dict[Tier, list[PersonRecord]] = {tier: [] for tier in Tier}
        self._companies: list[PersonRecord] = []
        for record in people_of(desk):
            company = record.details.kind is PersonKind.COMPANY
            (self._companies if company else self._people[record.details.tier]).append(record)
        rules = desk.rules
        self._businesses = [b for b in rules.businesses if rules.company.offers(b)]
        self._weights = [WEIGHTS.get(b, USUAL_WEIGHT) for b in self._businesses]

    def newcomer(self, desk: Desk, at: datetime, tier: Tier | None = None) -> Newcomer:
        """Draw who comes at a moment; a tier may be asked for."""
        lot = self._lot
        wanted = tier or lot.choices(list(TIER_WEIGHTS), list(TIER_WEIGHTS.values()))[0]
        draft = TicketDraft(arrived_at=at, shown_at=at, business_ids=self._errands())
        late_card = None
        if wanted is Tier.STANDARD and lot.random() < UNKNOWN_SHARE:
            if tier is None and lot.random() < LATE_CARD_SHARE:
                holder = self._pick(desk.hall, lot.choice((Tier.VIP, Tier.GOTONE)))
                late_card = holder.person_id if holder else None
        else:
            self._identify(desk, draft, wanted, at)
        chances = FLAG_SHARES.items()
        draft.flags = {flag for flag, chance in chances if lot.random() < chance}
        needed = documents_for(desk, draft)
        draft.missing = {document.id for document in needed if lot.random() < MISSING_SHARE}
        return Newcomer(draft, late_card, self._patience(desk, draft.tier))

    def _errands(self) -> list[str]:
        first, second = self._lot.choices(self._businesses, self._weights, k=2)
        both = first != second and self._lot.random() < SECOND_BUSINESS_SHARE
        return [first, second] if both else [first]

    def _pick(self, hall: Hall, tier: Tier) -> PersonRecord | None:
        here = {ticket.person_id for ticket in hall.open_tickets()}
        away = [one for one in self._people[tier] if one.person_id not in here]
        return self._lot.choice(away) if away else None

    def _identify(self, desk: Desk, draft: TicketDraft, tier: Tier, at: datetime) -> None:
        record = self._pick(desk.hall, tier)
        if record is None:
            return
        draft.identify(record.person_id, record.details, at)
        here = {ticket.person_id for ticket in desk.hall.open_tickets()}
        companies = [one for one in self._companies if one.details.tier is tier]
        if companies and self._lot.random() < len(companies) / len(self._people[tier]):
            company = self._lot.choice(companies)
            if company.person_id not in here:
                draft.agent_id = record.person_id
                draft.identify(company.person_id, company.details, at)

    def _patience(self, desk: Desk, tier: Tier) -> float:
        span = IMPATIENCE if self._lot.random() < IMPATIENT_SHARE else PATIENCE
        budget = desk.rules.standards.budgets.service(tier).duration.total_seconds()
        return budget * self._lot.uniform(*span)

    def service_seconds(self, desk: Desk, ticket: Ticket) -> float:
        """Draw how long a service takes: log-normal around the businesses' expected minutes."""
        known = (desk.rules.businesses.get(line.business_id) for line in ticket.businesses)
        mean = 60 * sum(business.minutes for business in known if business) or 60.0
        variance = math.log(1 + SPREAD**2)
        return self._lot.lognormvariate(math.log(mean) - variance / 2, math.sqrt(variance))
