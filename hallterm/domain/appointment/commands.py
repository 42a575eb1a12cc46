"""What can be asked of an appointment. Arrival is `TakeTicket` with the appointment's id."""

from datetime import datetime
from typing import ClassVar

from hallterm.domain.appointment.words import CancelReason, Channel
from hallterm.domain.roles import EVERYBODY, FLOOR, Role
from hallterm.domain.stream import Command
from hallterm.domain.ticket.words import UndoReason
from hallterm.domain.tiers import Grade, Tier


class AppointmentCommand(Command):
    """A command about one appointment."""

    allowed: ClassVar[frozenset[Role]] = FLOOR
    appointment_id: str


class BookAppointment(AppointmentCommand):
    """Keep a slot for a customer (预约)."""

    person_id: str
    tier: Tier
    grade: Grade | None = None
    """Tier and grade as the customer's record has them now."""
    business_id: str
    at: datetime
    """Begin of the slot, aware, UTC."""
    channel: Channel = Channel.PHONE
    note_id: str | None = None
    """Free words about it, in the persons' room."""
    origin: str | None = None
    """Id of the ticket or request that it comes from."""


class ChangeAppointment(AppointmentCommand):
    """Another slot, or another business (改约)."""

    at: datetime
    business_id: str


class NoteLate(AppointmentCommand):
    """The grace is over and nobody came (迟到). Any terminal's tick may give it."""

    allowed: ClassVar[frozenset[Role]] = EVERYBODY


class MissAppointment(AppointmentCommand):
    """The customer did not come (爽约)."""


class CancelAppointment(AppointmentCommand):
    """Call it off (取消)."""

    reason: CancelReason


class UndoAppointment(AppointmentCommand):
    """Take back the last change, cancellation or no-show; an arrival goes with its ticket."""

    reason: UndoReason
