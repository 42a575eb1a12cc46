"""Appointments of a day, and visits and deliveries, laid out to be read."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from hallterm.desk.appointments import overbooked, slots, ticket_to_void
from hallterm.desk.arrangement_views import AppointmentRow, DayPage, ErrandRow, HappenedLine
from hallterm.desk.customers import CustomerLabels
from hallterm.desk.desk import Desk
from hallterm.desk.staff_names import StaffNames
from hallterm.domain.actor import Actor
from hallterm.domain.appointment.events import AppointmentBooked, AppointmentChanged
from hallterm.domain.appointment.state import Appointment, AppointmentMove
from hallterm.domain.decisions.appointment import UNDOABLE, grace_ends
from hallterm.domain.errand.events import ErrandRebooked
from hallterm.domain.errand.state import Errand, ErrandMove
from hallterm.domain.errand.words import ErrandNote
from hallterm.domain.roles import MANAGERS, Role
from hallterm.domain.tiers import Tier
from hallterm.store.connection import reading
from hallterm.store.log import to_ms
from hallterm.store.persons.notes import texts
from hallterm.store.tables import AppointmentRecord, ErrandRecord, TicketRecord, table_of

_TELL_A_TIME = frozenset(
    event.type for event in (AppointmentBooked, AppointmentChanged, ErrandRebooked)
)
"""Events whose detail is a moment."""


class ArrangementBoard:
    """Makes views of appointments and errands.

    roles: of whoever looks; names are whole for those who address customers.
    """

    def __init__(self, desk: Desk, roles: frozenset[Role] = frozenset()) -> None:
        self._desk = desk
        self._labels = CustomerLabels(roles)
        self._names = StaffNames(desk)

    # Appointments

    def day(self, day: date, actor: Actor) -> DayPage:
        """Return the appointments of a day, by time, and its slots."""
        desk = self._desk
        rows = self.appointments(appointments_of(desk, day, day), actor)
        today = desk.business_day(desk.clock.now())
        return DayPage(day, today, rows, slots(desk, day, Tier.VIP))

    def appointment(self, appointment_id: str, actor: Actor) -> AppointmentRow | None:
        """Return one appointment of any day; None when there is none of this id."""
        table = table_of(AppointmentRecord)
        one = sa.select(table.c.document).where(table.c.id == appointment_id)
        with reading(self._desk.connection):
            document = self._desk.connection.execute(one).scalar()
        if document is None:
            return None
        return self.appointments([Appointment.model_validate_json(document)], actor)[0]

    def appointments(
        self, found: Sequence[Appointment], actor: Actor
    ) -> tuple[AppointmentRow, ...]:
        """Lay appointments out."""
        desk = self._desk
        labels = self._labels.load(desk, {one.person_id for one in found})
        remarks = self._texts(one.note_id for one in found)
        numbers = _numbers(desk, [one.ticket_id for one in found if one.ticket_id])
        over = overbooked(desk, found)
        rows = (self._appointment(one, actor, labels, remarks, numbers) for one in found)
        return tuple(replace(row, over=over.get(row.appointment_id, 0)) for row in rows)

    def _appointment(
        self,
        one: Appointment,
        actor: Actor,
        labels: Mapping[str, str],
        remarks: Mapping[str, str],
        numbers: Mapping[str, str],
    ) -> AppointmentRow:
        desk = self._desk
        zone, rules = desk.timezone, desk.rules
        early = timedelta(minutes=rules.standards.appointments.early)
        business = rules.businesses.get(one.business_id)
        arrived = ticket_to_void(desk.hall, one.id)
        can_undo = one.before is not None and (one.last_event in UNDOABLE or arrived is not None)
        return AppointmentRow(
            appointment_id=one.id,
            day=one.day,
            begins=one.at.astimezone(zone),
            ends=one.until.astimezone(zone),
            late_after=grace_ends(one, rules).astimezone(zone),
            early_from=(one.at - early).astimezone(zone),
            person_id=one.person_id,
            customer=labels.get(one.person_id, ""),
            tier=one.tier,
            grade=one.grade,
            business_id=one.business_id,
            business=business.name if business else one.business_id,
            channel=one.channel,
            state=one.state,
            kept=one.kept,
            ticket_id=one.ticket_id,
            number=numbers.get(one.ticket_id or "", ""),
            cancel_reason=one.cancel_reason,
            remark=remarks.get(one.note_id or "", ""),
            origin=one.origin,
            booked_by=self._names[one.moves[0].staff_id],
            undoable=one.last_event if can_undo and self._may_undo(one.last_by, actor) else "",
            happened=self._happened(one.moves),
        )

    def ahead_of(
        self, person_id: str, actor: Actor
    ) -> tuple[tuple[AppointmentRow, ...], tuple[ErrandRow, ...]]:
        """Return what is arranged with a customer and still to come, by time."""
        hall = self._desk.hall
        booked = [
            one
            for one in hall.appointments.values()
            if one.person_id == person_id and one.is_expected
        ]
        agreed = [
            one for one in hall.errands.values() if one.person_id == person_id and one.is_open
        ]
        return (
            self.appointments(sorted(booked, key=lambda one: one.at), actor),
            self._errands(sorted(agreed, key=lambda one: one.begins), actor),
        )

    # Errands

    def errands(self, actor: Actor) -> tuple[ErrandRow, ...]:
        """Return what goes on and what ended today: open ones first, by their window."""
        held = self._desk.hall.errands.values()
        ordered = sorted(held, key=lambda one: (not one.is_open, one.begins, one.moves[0].seq))
        return self._errands(ordered, actor)

    def errand(self, errand_id: str, actor: Actor) -> ErrandRow | None:
        """Return one errand of any day; None when there is none of this id."""
        table = table_of(ErrandRecord)
        one = sa.select(table.c.document).where(table.c.id == errand_id)
        with reading(self._desk.connection):
            document = self._desk.connection.execute(one).scalar()
        if document is None:
            return None
        return self._errands([Errand.model_validate_json(document)], actor)[0]

    def _errands(self, found: list[Errand], actor: Actor) -> tuple[ErrandRow, ...]:
        labels = self._labels.load(self._desk, {one.person_id for one in found})
        words = self._texts(note.id for one in found for note in one.notes)
        return tuple(self._errand(one, actor, labels, words) for one in found)

    def _errand(
        self, one: Errand, actor: Actor, labels: Mapping[str, str], words: Mapping[str, str]
    ) -> ErrandRow:
        desk = self._desk
        business = desk.rules.businesses.get(one.business_id)

        def text(about: ErrandNote) -> str:
            return words.get(one.note_id(about) or "", "")

        can_undo = one.before is not None and self._may_undo(one.last_by, actor)
        return ErrandRow(
            errand_id=one.id,
            kind=one.errand_kind,
            state=one.state,
            begins=one.begins.astimezone(desk.timezone),
            ends=one.ends.astimezone(desk.timezone),
            person_id=one.person_id,
            customer=labels.get(one.person_id, ""),
            business_id=one.business_id,
            business=business.name if business else one.business_id,
            goes=self._names[one.goes] if one.goes else None,
            address=text(ErrandNote.ADDRESS),
            contact=text(ErrandNote.CONTACT),
            phone=text(ErrandNote.PHONE),
            bring=text(ErrandNote.BRING),
            remark=text(ErrandNote.REMARK),
            calls=one.calls,
            misses=one.misses,
            left_note=one.left_note,
            outcome=one.outcome,
            cancel_reason=one.cancel_reason,
            origin=one.origin,
            overdue=one.is_open and desk.clock.now() > one.ends,
            undoable=one.last_event if can_undo else "",
            happened=self._happened(one.moves),
        )

    # Shared

    def _may_undo(self, by: str, actor: Actor) -> bool:
        return by == actor.staff_id or actor.is_one_of(MANAGERS)

    def _texts(self, ids: Iterable[str | None]) -> Mapping[str, str]:
        wanted = [one for one in ids if one]
        if not wanted:
            return {}
        with reading(self._desk.connection):
            return texts(self._desk.connection, wanted)

    def _happened(self, moves: Iterable[AppointmentMove | ErrandMove]) -> tuple[HappenedLine, ...]:
        zone = self._desk.timezone
        return tuple(
            HappenedLine(
                event=move.event,
                at=move.at.astimezone(zone),
                who=self._names[move.staff_id],
                device=move.device,
                detail=_local(move, zone),
            )
            for move in moves
        )


def _local(move: AppointmentMove | ErrandMove, zone: ZoneInfo) -> str:
    """Return a detail as read: the moment of a booking in the hall's local time."""
    if move.event not in _TELL_A_TIME:
        return move.detail
    return f"{datetime.fromisoformat(move.detail).astimezone(zone):%m-%d %H:%M}"


def appointments_of(desk: Desk, first: date, last: date) -> list[Appointment]:
    """Return the appointments for some business days, by time."""
    table = table_of(AppointmentRecord)
    chosen = sa.select(table.c.document).where(
        table.c.day.between(first.isoformat(), last.isoformat())
    )
    with reading(desk.connection):
        documents = desk.connection.execute(chosen).scalars().all()
    found = [Appointment.model_validate_json(one) for one in documents]
    return sorted(found, key=lambda one: (one.at, one.moves[0].seq))


def errands_of(desk: Desk, first: datetime, last: datetime) -> list[Errand]:
    """Return the errands whose window begins between two moments, by time."""
    table = table_of(ErrandRecord)
    begins = table.c.begins_ms
    chosen = sa.select(table.c.document).where(begins.between(to_ms(first), to_ms(last)))
    with reading(desk.connection):
        documents = desk.connection.execute(chosen.order_by(table.c.begins_ms, table.c.id))
        return [Errand.model_validate_json(one) for one in documents.scalars()]


def _numbers(desk: Desk, ticket_ids: list[str]) -> Mapping[str, str]:
    """Return the numbers of tickets by id."""
    table = table_of(TicketRecord)
    if not ticket_ids:
        return {}
    chosen = sa.select(table.c.id, table.c.number).where(table.c.id.in_(ticket_ids))
    with reading(desk.connection):
        return {row.id: row.number for row in desk.connection.execute(chosen)}
