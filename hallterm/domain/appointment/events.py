"""What can happen to an appointment."""

from datetime import date, datetime
from typing import ClassVar

from hallterm.domain.appointment.words import CancelReason, Channel
from hallterm.domain.stream import Event
from hallterm.domain.ticket.words import UndoReason
from hallterm.domain.tiers import Grade, Tier


class AppointmentEvent(Event):
    """Something that happened to one appointment."""

    aggregate: ClassVar[str] = "appointment"
    appointment_id: str

    @property
    def aggregate_id(self) -> str:
        """Id of the appointment."""
        return self.appointment_id


class AppointmentBooked(AppointmentEvent):
    """A slot is kept."""

    type: ClassVar[str] = "appointment_booked"
    day: date
    """Business day of the slot."""
    at: datetime
    until: datetime
    """End of the last slot that the business takes up."""
    person_id: str
    tier: Tier
    grade: Grade | None
    business_id: str
    channel: Channel
    note_id: str | None
    origin: str | None


class AppointmentChanged(AppointmentEvent):
    """It stands at another time, or for another business."""

    type: ClassVar[str] = "appointment_changed"
    day: date
    at: datetime
    until: datetime
    business_id: str


class AppointmentLate(AppointmentEvent):
    """The grace is over and nobody has come."""

    type: ClassVar[str] = "appointment_late"


class AppointmentArrived(AppointmentEvent):
    """The customer is here and has a ticket."""

    type: ClassVar[str] = "appointment_arrived"
    ticket_id: str
    kept: bool
    """Came within the time in which the appointment counts; else a ticket like any other."""


class AppointmentMissed(AppointmentEvent):
    """The customer did not come."""

    type: ClassVar[str] = "appointment_missed"


class AppointmentCancelled(AppointmentEvent):
    """It was called off."""

    type: ClassVar[str] = "appointment_cancelled"
    reason: CancelReason


class AppointmentUndone(AppointmentEvent):
    """What had happened last was taken back."""

    type: ClassVar[str] = "appointment_undone"
    undone: str
    """Type of the event taken back."""
    reason: UndoReason | None = None
    """None: it followed its ticket."""
