"""Special requests as somebody sees them now: the inbox, and one request with its story."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from hallterm.desk.desk import Desk
from hallterm.desk.persons import get_many
from hallterm.desk.reception_views import StaffName
from hallterm.desk.request_acts import offered
from hallterm.desk.request_story import form_view, story_of
from hallterm.desk.request_views import RequestPage, RequestRow, Why
from hallterm.desk.requests import get
from hallterm.desk.staff_names import StaffNames
from hallterm.desk.views import Clock
from hallterm.domain.actor import Actor
from hallterm.domain.decisions.request_clock import clock_hours, due_at
from hallterm.domain.request.state import SUPERIORS, Request
from hallterm.store.connection import reading
from hallterm.store.persons.notes import notes_about

_SUPERIOR_TOLD = 2


class RequestBoard:
    """Makes views of requests."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._names = StaffNames(desk)

    def inbox(self, actor: Actor) -> tuple[RequestRow, ...]:
        """Return what waits for a person, what is due soonest first, then what they follow."""
        company = self._desk.rules.company
        found: list[tuple[Request, Why]] = []
        for request in (*company.requests.values(), *company.closed_requests.values()):
            why = why_in_inbox(request, actor)
            if why is not None:
                found.append((request, why))
        rows = self.rows(actor, [request for request, _why in found])
        reasons = {request.id: why for request, why in found}
        told = [_because(row, reasons[row.request_id]) for row in rows]
        return tuple(sorted(told, key=_urgency))

    def rows(self, actor: Actor, requests: Iterable[Request]) -> list[RequestRow]:
        """Return these requests as lines."""
        listed = list(requests)
        people = get_many(self._desk, actor, {request.person_id for request in listed})
        return [
            self._row(
                request, people[request.person_id].name if request.person_id in people else ""
            )
            for request in listed
        ]

    def page(self, request_id: str, actor: Actor) -> RequestPage | None:
        """Return one request with its story; None when there is none of this id."""
        request = get(self._desk, request_id)
        if request is None:
            return None
        person = get_many(self._desk, actor, [request.person_id]).get(request.person_id)
        with reading(self._desk.connection) as connection:
            words = {note.id: note.text for note in notes_about(connection, request.id)}
        row = self._row(request, person.name if person else "")
        authority = request.authority
        waits = authority is not None and authority.used_at is None
        return RequestPage(
            row=row,
            name=person.name if person else "",
            phone=person.phone if person else "",
            account_manager=self._named(request.account_manager),
            asked=words.get(request.request_note, ""),
            story=story_of(request, words, self._names, self._desk.timezone),
            form=form_view(request, words, self._names, self._desk),
            visit=(request.visit.kind, self._local(request.visit.at)) if request.visit else None,
            arrived=request.arrived_at is not None,
            authority_until=self._local(authority.expires_at) if authority and waits else None,
            offers=offered(request, actor),
        )

    def _local(self, moment: datetime) -> datetime:
        return moment.astimezone(self._desk.timezone)

    def _named(self, staff_id: str | None) -> StaffName | None:
        return self._names[staff_id] if staff_id else None

    def _clock(self, request: Request, due: datetime | None) -> Clock | None:
        if due is None:
            return None
        return Clock(
            began=request.since.timestamp(),
            budget=clock_hours(self._desk.rules).between(request.since, due).total_seconds(),
            short_share=self._desk.rules.standards.warnings.short_share,
        )

    def _row(self, request: Request, customer: str) -> RequestRow:
        rules = self._desk.rules
        kind = rules.authority.kind(request.kind)
        due = due_at(request, rules)
        holder = request.holder
        return RequestRow(
            request_id=request.id,
            number=request.number,
            kind=kind.name if kind else request.kind,
            amount_fen=request.amount_fen,
            tier=request.tier,
            grade=request.grade,
            customer=customer,
            state=request.state,
            since=request.since.timestamp(),
            due=due.timestamp() if due else None,
            clock=self._clock(request, due),
            hours=clock_hours(rules),
            holder_role=holder.role if holder else None,
            holder=self._named(holder.staff_id) if holder else None,
            owner=self._names[request.owner],
            opened=request.opened_at.timestamp(),
            promised=request.promised_at.timestamp(),
            reminded=request.reminded,
            result=request.result,
            person_id=request.person_id,
        )


def why_in_inbox(request: Request, actor: Actor) -> Why | None:
    """Say why a request concerns a person; None: it doesn't."""
    if request.waits_for(actor.staff_id, actor.roles):
        return Why.MINE
    if request.unconfirmed(actor.staff_id):
        return Why.CONFIRM
    if request.holder is None:
        return None
    superior = SUPERIORS.get(request.holder.role)
    if request.reminded >= _SUPERIOR_TOLD and superior in actor.roles:
        return Why.OVERDUE
    return Why.FOLLOWED if request.owner == actor.staff_id else None


def _because(row: RequestRow, why: Why) -> RequestRow:
    return replace(row, why=why)


_ORDER = {why: place for place, why in enumerate(Why)}


def _urgency(row: RequestRow) -> tuple[int, float, str]:
    place = _ORDER[row.why] if row.why else len(_ORDER)
    return place, row.due if row.due is not None else float("inf"), row.number
