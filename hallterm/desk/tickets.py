"""Use cases of the ticket desk (取号): the draft, its documents, the ticket, a card shown late."""

from dataclasses import dataclass, field
from datetime import datetime

from hallterm.desk.desk import Desk, Done
from hallterm.desk.leasing import get_ready
from hallterm.desk.queueing import calling_order, expected_seconds, outlook
from hallterm.dispatch.forecast import Expected
from hallterm.domain.actor import Actor
from hallterm.domain.business import Document
from hallterm.domain.person.details import Home, PersonDetails, served_as
from hallterm.domain.refusal import Refusal, refuse
from hallterm.domain.ticket.commands import ChangeTier, TakeTicket
from hallterm.domain.ticket.events import TicketIssued
from hallterm.domain.ticket.state import BusinessLine, Ticket
from hallterm.domain.ticket.words import HelpFlag
from hallterm.domain.tiers import Grade, Tier
from hallterm.store.connection import reading
from hallterm.store.persons.records import get


@dataclass(slots=True)
class TicketDraft:
    """What is known of a customer before the ticket is printed. The clock is already running."""

    arrived_at: datetime
    shown_at: datetime
    tier: Tier = Tier.STANDARD
    grade: Grade | None = None
    person_id: str | None = None
    agent_id: str | None = None
    business_ids: list[str] = field(default_factory=list)
    missing: set[str] = field(default_factory=set)
    """Ids of documents that are not at hand."""
    flags: set[HelpFlag] = field(default_factory=set)
    visiting: bool = False
    group: bool = False
    special: bool = False
    appointment_id: str | None = None
    """The appointment for which the customer comes."""

    def identify(self, person_id: str, details: PersonDetails, shown_at: datetime) -> None:
        """Take tier, grade and flags over from a record; the clock runs from the showing."""
        self.person_id = person_id
        self.tier, self.grade = details.tier, served_as(details.tier, details.grade)
        self.visiting = details.home is Home.VISITING
        self.group, self.special = details.group_member, details.special
        self.shown_at = shown_at


@dataclass(frozen=True, slots=True)
class Issued:
    """What the ticket says to the customer."""

    ticket: Ticket
    ahead: int
    """People who would be called before."""
    expected_wait: float
    """Expected seconds until called, as often longer as shorter."""
    expected_low: float
    """One in ten waits is shorter."""
    expected_high: float
    """One in ten waits is longer."""
    business_names: tuple[str, ...]
    documents_missing: tuple[str, ...]
    """Names of the documents still to be brought."""
    hall_name: str
    local_time: datetime
    """Hall's local time of issue."""


def documents_for(desk: Desk, draft: TicketDraft) -> list[Document]:
    """Return the documents the customer needs, each once, in the order of the businesses."""
    found: dict[str, Document] = {}
    for business_id in draft.business_ids:
        business = desk.rules.businesses.get(business_id)
        for document in business.documents if business else ():
            if draft.agent_id or not document.only_for_agent:
                found.setdefault(document.id, document)
    return list(found.values())


def lines_of(desk: Desk, draft: TicketDraft) -> tuple[BusinessLine, ...]:
    """Return the draft's businesses, each with its missing documents."""
    lines = []
    for business_id in draft.business_ids:
        business = desk.rules.businesses.get(business_id)
        known = [document.id for document in business.documents] if business else []
        missing = tuple(document for document in known if document in draft.missing)
        lines.append(BusinessLine(business_id=business_id, documents_missing=missing))
    return tuple(lines)


MOST_BUSINESSES = 9
LONGEST_ID = 64


def _is_id(text: str) -> bool:
    """Say whether a text can be an id at all, before the store is asked for it."""
    return text.isascii() and text.isprintable() and len(text) <= LONGEST_ID


def _draft_problem(desk: Desk, draft: TicketDraft) -> Refusal | None:
    if not draft.business_ids:
        return refuse("business_missing")
    if len(draft.business_ids) > MOST_BUSINESSES:
        return refuse("too_many_businesses", most=MOST_BUSINESSES)
    if not all(business_id in desk.rules.businesses for business_id in draft.business_ids):
        return refuse("unknown_business")
    persons = (draft.person_id, draft.agent_id)
    return None if all(_is_id(p) for p in persons if p) else refuse("unknown_person")


def take(desk: Desk, actor: Actor, draft: TicketDraft) -> Issued | Refusal:
    """Issue the ticket of a draft."""
    problem = _draft_problem(desk, draft)
    if problem:
        return problem
    command = TakeTicket(
        ticket_id=desk.new_id(),
        tier=draft.tier,
        grade=draft.grade,
        person_id=draft.person_id,
        agent_id=draft.agent_id,
        businesses=lines_of(desk, draft),
        flags=tuple(sorted(draft.flags)),
        visiting=draft.visiting,
        group=draft.group,
        special=draft.special,
        arrived_at=draft.arrived_at,
        shown_at=draft.shown_at,
        appointment_id=draft.appointment_id,
    )
    get_ready(desk, draft.tier)
    result = desk.act(actor, command)
    if isinstance(result, Refusal):
        return result
    issued = next(event for event in result.events if isinstance(event, TicketIssued))
    return slip_of(desk, desk.hall.tickets[issued.ticket_id])


def slip_of(desk: Desk, ticket: Ticket) -> Issued:
    """Return what a waiting ticket's slip says now."""
    now = desk.clock.now()
    expected = outlook(desk, now)
    order = calling_order(desk, expected)
    ahead = order.index(ticket.id) if ticket.id in order else 0
    told = expected.get(ticket.id) or _without_counters(desk, order[:ahead])
    known = [desk.rules.businesses.get(b.business_id) for b in ticket.businesses]
    names = {d.id: d.name for business in known if business for d in business.documents}
    wanted = (d for line in ticket.businesses for d in line.documents_missing if d in names)
    profile = desk.rules.company.hall
    return Issued(
        ticket=ticket,
        ahead=ahead,
        expected_wait=told.wait,
        expected_low=told.low,
        expected_high=told.high,
        business_names=tuple(business.name for business in known if business),
        documents_missing=tuple(names[document] for document in dict.fromkeys(wanted)),
        hall_name=profile.name if profile else "",
        local_time=now.astimezone(desk.timezone),
    )


def _without_counters(desk: Desk, ahead: list[str]) -> Expected:
    """Return what to tell while no counter at work may serve the ticket: one that opens now."""
    tickets = (desk.hall.tickets[ticket_id] for ticket_id in ahead)
    work = sum(expected_seconds(desk, ticket) for ticket in tickets)
    return Expected(work, work, work)


def show_card(
    desk: Desk, actor: Actor, ticket_id: str, person_id: str, shown_at: datetime
) -> Done | Refusal:
    """A card shown late: give a waiting ticket the tier of the person's record."""
    if ticket_id not in desk.hall.tickets:
        return refuse("unknown_ticket")
    if not _is_id(person_id):
        return refuse("unknown_person")
    with reading(desk.connection):
        record = get(desk.connection, person_id)
    if record is None:
        return refuse("unknown_person")
    details = record.details
    return desk.act(
        actor,
        ChangeTier(
            ticket_id=ticket_id,
            tier=details.tier,
            grade=served_as(details.tier, details.grade),
            person_id=person_id,
            shown_at=shown_at,
        ),
    )
