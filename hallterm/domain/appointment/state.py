"""An appointment as it stands."""

from datetime import date, datetime

from hallterm.domain.appointment.words import (
    EXPECTED_STATES,
    AppointmentState,
    CancelReason,
    Channel,
)
from hallterm.domain.frozen import Frozen
from hallterm.domain.past import Past
from hallterm.domain.tiers import Grade, Tier


class AppointmentMove(Frozen):
    """One event of an appointment: what, who, when, from where."""

    event: str
    """Type of the event."""
    state: AppointmentState
    """State after it."""
    seq: int
    """Place in the stream."""
    at: datetime
    staff_id: str
    device: str
    detail: str = ""
    """Reason, time (ISO 8601, UTC), or id of the ticket."""


class Appointment(Past):
    """One appointment."""

    id: str
    state: AppointmentState
    day: date
    """Business day of the slot."""
    at: datetime
    """Appointed time, aware, UTC."""
    until: datetime
    """Until when it takes up a place."""
    last_event: str
    """Type of the event that made it so; an undo brings back the one before."""
    last_by: str
    """Who gave it: 工号, or the name of a device."""
    person_id: str
    tier: Tier
    grade: Grade | None = None
    business_id: str
    channel: Channel
    note_id: str | None = None
    origin: str | None = None
    """Id of the ticket or request that it comes from."""
    ticket_id: str | None = None
    kept: bool | None = None
    """Whether the customer came in time; None: hasn't come."""
    cancel_reason: CancelReason | None = None
    ended_day: date | None = None
    """Business day on which it ended (arrived, missed, cancelled); None: expected."""
    moves: tuple[AppointmentMove, ...] = ()

    @property
    def is_expected(self) -> bool:
        """Whether the customer is still to come."""
        return self.state in EXPECTED_STATES
