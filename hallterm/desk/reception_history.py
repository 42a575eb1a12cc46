"""After the visit: the summary card, what a customer was told before, figures of receptions."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import sqlalchemy as sa

from hallterm.desk.accounts import staff_names
from hallterm.desk.customers import CustomerLabels
from hallterm.desk.desk import Desk
from hallterm.desk.reception_views import (
    Arranged,
    MoveLine,
    ReceptionFigures,
    ReceptionSummary,
    StaffName,
    StepLine,
    Told,
)
from hallterm.domain.checklist.state import ChecklistRun, Matter, StepEntry
from hallterm.domain.checklist.template import ChecklistTemplate, Step
from hallterm.domain.checklist.words import SkipReason
from hallterm.domain.company.state import Company
from hallterm.domain.reception.state import Reception
from hallterm.domain.reception.words import CloseReason
from hallterm.domain.roles import Role
from hallterm.domain.ticket.promise import Verdict
from hallterm.domain.ticket.state import Ticket
from hallterm.store.connection import reading
from hallterm.store.tables import (
    ChecklistRunRecord,
    ChecklistVersionRecord,
    ReceptionRecord,
    TicketRecord,
    table_of,
)
from hallterm.words import _

_receptions = table_of(ReceptionRecord)
_tickets = table_of(TicketRecord)
_runs = table_of(ChecklistRunRecord)
_versions = table_of(ChecklistVersionRecord)
_NOT_COUNTED = frozenset({CloseReason.NOT_VIP, CloseReason.VOID})
_MOST_TOLD = 60


@dataclass(frozen=True, slots=True)
class _Kept:
    """What the read tables hold of one reception."""

    reception: Reception
    ticket: Ticket
    run: ChecklistRun | None
    template: ChecklistTemplate | None


def _kept(desk: Desk, chosen: sa.ColumnElement[bool]) -> Iterator[_Kept]:
    """Return receptions from the read tables, the latest first."""
    joined = _receptions.join(_tickets, _tickets.c.id == _receptions.c.ticket_id)
    joined = joined.outerjoin(_runs, _runs.c.id == _receptions.c.ticket_id)
    joined = joined.outerjoin(_versions, _versions.c.digest == _runs.c.digest)
    columns = (
        _receptions.c.document.label("reception"),
        _tickets.c.document.label("ticket"),
        _runs.c.document.label("run"),
        _versions.c.document.label("version"),
    )
    ordered = sa.select(*columns).select_from(joined).where(chosen)
    with reading(desk.connection):
        rows = desk.connection.execute(
            ordered.order_by(_tickets.c.shown_ms.desc(), _tickets.c.id.desc())
        ).all()
    for row in rows:
        yield _Kept(
            Reception.model_validate_json(row.reception),
            Ticket.model_validate_json(row.ticket),
            ChecklistRun.model_validate_json(row.run) if row.run else None,
            ChecklistTemplate.model_validate_json(row.version) if row.version else None,
        )


def summary(
    desk: Desk, ticket_id: str, roles: frozenset[Role] = frozenset()
) -> ReceptionSummary | None:
    """Return the card of one reception of any day.

    roles: of whoever looks; the name is whole for those who address customers.
    """
    return next(iter(_summaries(desk, _receptions.c.ticket_id == ticket_id, roles)), None)


def summaries(desk: Desk, first: date, last: date) -> list[ReceptionSummary]:
    """Return the receptions of some business days, the latest first."""
    days = _receptions.c.day.between(first.isoformat(), last.isoformat())
    return list(_summaries(desk, days))


def summaries_of(desk: Desk, person_id: str) -> list[ReceptionSummary]:
    """Return a customer's receptions, the latest first."""
    return list(_summaries(desk, _tickets.c.person_id == person_id))


def _summaries(
    desk: Desk, chosen: sa.ColumnElement[bool], roles: frozenset[Role] = frozenset()
) -> Iterator[ReceptionSummary]:
    kept = list(_kept(desk, chosen))
    names = staff_names(desk)
    persons = {one.ticket.person_id for one in kept if one.ticket.person_id}
    labels = CustomerLabels(roles).load(desk, persons)
    return (_summary(desk, one, names, labels) for one in kept)


def _summary(
    desk: Desk, kept: _Kept, names: dict[str, str], labels: dict[str, str]
) -> ReceptionSummary:
    reception, ticket = kept.reception, kept.ticket
    receiver, leg = reception.first_receiver, ticket.first_leg
    steps = tuple(_steps(desk, kept))
    received_s = _seconds(ticket.shown_at, ticket.received_at)
    return ReceptionSummary(
        ticket_id=ticket.id,
        number=ticket.number,
        day=reception.day,
        grade=ticket.grade,
        person_id=ticket.person_id,
        customer=labels.get(ticket.person_id or "", ""),
        state=reception.state,
        close_reason=reception.close_reason,
        receiver=StaffName(receiver, names.get(receiver, "")) if receiver else None,
        shown=ticket.shown_at.astimezone(desk.timezone),
        received=_local(desk, ticket.received_at),
        received_s=received_s,
        reception_budget_s=reception.budget_s,
        received_in_time=_in_time(kept, received_s, desk.clock.now()),
        service_s=leg.wait_s,
        service_budget_s=leg.budget_s,
        service=leg.verdict(),
        closed=_local(desk, reception.closed_at),
        place=place_of(reception, desk.rules.company),
        businesses=_businesses(desk, ticket),
        outcome=ticket.outcome,
        rating=ticket.rating,
        steps=steps,
        remembered=tuple(_remembered(kept)),
        arranged=tuple(sorted(_arranged(desk, ticket.id), key=lambda one: one.begins)),
        moves=tuple(
            MoveLine(
                m.event, m.state, m.at.astimezone(desk.timezone), m.staff_id, m.device, m.detail
            )
            for m in reception.moves
        ),
    )


def _local(desk: Desk, moment: datetime | None) -> datetime | None:
    return moment.astimezone(desk.timezone) if moment else None


def _seconds(start: datetime, end: datetime | None) -> float | None:
    """Return the seconds between; a clock that went back counts as none."""
    return max(0.0, (end - start).total_seconds()) if end else None


def _in_time(kept: _Kept, received_s: float | None, now: datetime) -> bool | None:
    budget = kept.reception.budget_s
    if received_s is not None:
        return received_s <= budget
    gone = kept.reception.closed_at or now
    return False if gone - kept.ticket.shown_at > timedelta(seconds=budget) else None


def _arranged(desk: Desk, ticket_id: str) -> Iterator[Arranged]:
    """Return the appointments, visits and deliveries agreed on at a visit that still stand."""
    hall, known, zone = desk.hall, desk.rules.businesses, desk.timezone

    def name(business_id: str) -> str:
        return known[business_id].name if business_id in known else business_id

    for one in hall.appointments.values():
        if one.origin == ticket_id and one.is_expected:
            yield Arranged(None, one.at.astimezone(zone), name(one.business_id))
    for errand in hall.errands.values():
        if errand.origin == ticket_id and errand.is_open:
            begins = errand.begins.astimezone(zone)
            yield Arranged(errand.errand_kind, begins, name(errand.business_id))


def _businesses(desk: Desk, ticket: Ticket) -> tuple[str, ...]:
    known = desk.rules.businesses
    ids = (line.business_id for line in ticket.businesses)
    return tuple(known[b].name if b in known else b for b in ids)


def place_of(reception: Reception, company: Company) -> str:
    """Return where the customer was led, in words; empty: not yet."""
    if not reception.guided:
        return ""
    if reception.counter_id is None:
        return _("等候区座位")
    setup = company.counters.get(reception.counter_id)
    return f"{setup.number} {setup.name}" if setup else reception.counter_id


def _steps(desk: Desk, kept: _Kept) -> Iterator[StepLine]:
    if kept.run is None or kept.template is None:
        return
    matter = Matter(kept.ticket, kept.run)
    for step in kept.template.steps:
        entry = kept.run.entry(step.id)
        if entry or (step.required and matter.asks(step)):
            yield _line(desk, step, entry)


def _line(desk: Desk, step: Step, entry: StepEntry | None) -> StepLine:
    return StepLine(
        title=step.title,
        done=entry is not None and entry.skipped is None,
        skipped=entry.skipped if entry else None,
        late=entry.late if entry else False,
        answers=_titles(step, entry),
        who=entry.staff_id if entry else "",
        happened=_local(desk, entry.happened_at) if entry else None,
    )


def _titles(step: Step, entry: StepEntry | None) -> tuple[str, ...]:
    chosen = entry.choices if entry else ()
    return tuple(choice.title for choice in step.choices if choice.id in chosen)


def _remembered(kept: _Kept) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Return the answers that are shown at the next visit, by the name they go under."""
    if kept.run is None or kept.template is None:
        return
    for step in kept.template.steps:
        titles = _titles(step, kept.run.entry(step.id))
        if step.remember and titles:
            yield step.remember, titles


def told_before(desk: Desk, person_id: str | None, ticket_id: str) -> tuple[Told, ...]:
    """Return what earlier runs wanted remembered for a customer, the latest first.

    ticket_id: the visit of now, which is left out.
    """
    if person_id is None:
        return ()
    theirs = (_tickets.c.person_id == person_id) & (_tickets.c.id != ticket_id)
    told = []
    for kept in _kept(desk, theirs):
        at = kept.ticket.shown_at.astimezone(desk.timezone)
        for name, titles in _remembered(kept):
            told += [Told(name, title, at, kept.ticket.id) for title in titles]
        if len(told) >= _MOST_TOLD:
            break
    return tuple(told[:_MOST_TOLD])


def figures(cards: Iterable[ReceptionSummary]) -> ReceptionFigures:
    """Count receptions; those that turned out to be none don't count."""
    counted = [card for card in cards if card.close_reason not in _NOT_COUNTED]
    skips: Counter[tuple[str, SkipReason]] = Counter(
        (step.title, step.skipped) for card in counted for step in card.steps if step.skipped
    )
    ranked = sorted(skips.items(), key=lambda item: (-item[1], item[0]))
    return ReceptionFigures(
        receptions=len(counted),
        received=sum(card.received is not None for card in counted),
        received_in_time=sum(card.received_in_time is True for card in counted),
        not_in_time=sum(card.received_in_time is False for card in counted),
        served=sum(card.service_s is not None for card in counted),
        served_in_time=sum(card.service is Verdict.KEPT for card in counted),
        seen_off=sum(card.close_reason is CloseReason.SEEN_OFF for card in counted),
        steps_done=sum(step.done for card in counted for step in card.steps),
        late=sum(len(card.late) for card in counted),
        skipped=tuple((title, reason, count) for (title, reason), count in ranked),
    )


def figures_by_receiver(cards: Iterable[ReceptionSummary]) -> dict[str, ReceptionFigures]:
    """Count the receptions of each receiver (who stopped the five minutes), by 工号."""
    theirs: dict[str, list[ReceptionSummary]] = {}
    for card in cards:
        if card.receiver:
            theirs.setdefault(card.receiver.staff_id, []).append(card)
    return {staff_id: figures(theirs[staff_id]) for staff_id in sorted(theirs)}
