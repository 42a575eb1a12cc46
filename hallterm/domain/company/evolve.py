"""How each event changes the company's side."""

from hallterm.domain.company import events as ev
from hallterm.domain.company.keys import OfficeKey
from hallterm.domain.company.state import MOST_CLOSED_REQUESTS, Company, StaffMember
from hallterm.domain.dispatching import PolicyChoice
from hallterm.domain.disputes import CompanyDisputeSettled, CompanyReportDisputed, disputed
from hallterm.domain.request import evolve as request_evolve
from hallterm.domain.request.events import RequestEvent, RequestOpened
from hallterm.domain.request.state import Request
from hallterm.domain.rulebook import Published
from hallterm.domain.stream import Fact


def apply(company: Company, fact: Fact) -> None:
    """Change the folded company by one event. Events of persons change nothing here."""
    match fact.event:
        case ev.StaffEvent() as event:
            before = company.staff.get(event.staff_id)
            company.staff[event.staff_id] = _staff(before, event)
        case ev.PolicyChosen(rules=rules):
            company.dispatch = PolicyChoice(rules=rules, by=fact.actor, at=fact.at)
        case ev.RulesPublished(digest=digest, text=text):
            company.rulebooks += (Published(seq=fact.seq, digest=digest, text=text),)
        case ev.OfficeKeyAdded() | ev.OfficeKeyRetired():
            _key(company, fact, fact.event)
        case ev.ConfigurationEvent() as event:
            _configure(company, event)
        case RequestEvent():
            _request(company, fact)
        case CompanyReportDisputed() as event:
            company.disputes[event.dispute_id] = disputed(fact, event)
        case CompanyDisputeSettled(dispute_id=dispute_id):
            company.disputes.pop(dispute_id, None)
        case _:
            pass


def _request(company: Company, fact: Fact) -> None:
    event = fact.event
    if isinstance(event, RequestOpened):
        request = request_evolve.opened(fact, event)
        company.request_serial = max(company.request_serial, event.serial)
    else:
        known = company.request(event.aggregate_id)
        if known is None:
            return  # closed long ago; a late word about it stands in the log only
        request = request_evolve.evolve(known, fact)
    put_request(company, request)


def put_request(company: Company, request: Request) -> None:
    """Keep a request where it belongs: with the open ones, or with the last closed ones."""
    company.requests.pop(request.id, None)
    company.closed_requests.pop(request.id, None)
    if request.is_open:
        company.requests[request.id] = request
        return
    company.closed_requests[request.id] = request
    while len(company.closed_requests) > MOST_CLOSED_REQUESTS:
        del company.closed_requests[next(iter(company.closed_requests))]


def _key(company: Company, fact: Fact, event: ev.OfficeKeyAdded | ev.OfficeKeyRetired) -> None:
    if isinstance(event, ev.OfficeKeyAdded):
        company.office_keys[event.key_id] = OfficeKey(
            key_id=event.key_id,
            office=event.office,
            public_key=event.public_key,
            added_at=fact.at,
        )
    elif (key := company.office_keys.get(event.key_id)) is not None:
        changes = {"retired_at": key.retired_at or fact.at, "revoked": event.revoked}
        company.office_keys[key.key_id] = key.model_copy(update=changes)


def _configure(company: Company, event: ev.ConfigurationEvent) -> None:
    match event:
        case ev.HallFounded():
            company.hall = event.profile
        case ev.CounterDefined():
            company.counters[event.counter.id] = event.counter
        case ev.CounterRetired():
            company.counters.pop(event.counter_id, None)
        case ev.HoursSet() if company.hall:
            hours = {"opens": event.opens, "closes": event.closes}
            company.hall = company.hall.model_copy(update=hours)
        case ev.BusinessesOffered():
            company.offered = event.business_ids
        case _:
            pass


def _staff(member: StaffMember | None, event: ev.StaffEvent) -> StaffMember:
    if member is None:
        roles = event.roles if isinstance(event, ev.StaffHired) else frozenset()
        return StaffMember.model_construct(
            staff_id=event.staff_id, roles=roles, active=True, wrong_pins=0, locked_until=None
        )
    return member.model_copy(update=_staff_changes(member, event))


def _staff_changes(member: StaffMember, event: ev.StaffEvent) -> dict[str, object]:
    match event:
        case ev.StaffHired():
            return {"roles": event.roles, "active": True, "wrong_pins": 0, "locked_until": None}
        case ev.RolesGiven():
            return {"roles": event.roles}
        case ev.StaffRetired():
            return {"active": False}
        case ev.PinChanged() | ev.SignedIn():
            return {"wrong_pins": 0, "locked_until": None}
        case ev.SignInFailed():
            wrong = 0 if event.locked_until else member.wrong_pins + 1
            return {"wrong_pins": wrong, "locked_until": event.locked_until or member.locked_until}
        case _:
            return {}
