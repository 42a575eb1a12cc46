"""What screens and the command line show of appointments, visits and deliveries: plain values."""

from dataclasses import dataclass
from datetime import date, datetime

from hallterm.desk.reception_views import StaffName
from hallterm.domain.appointment.words import AppointmentState, CancelReason, Channel
from hallterm.domain.errand.words import ErrandCancel, ErrandKind, ErrandOutcome, ErrandState
from hallterm.domain.tiers import Grade, Tier


@dataclass(frozen=True, slots=True)
class SlotRow:
    """One slot that may be chosen."""

    at: datetime
    """Begin, aware, UTC."""
    begins: datetime
    """Hall's local time."""
    ends: datetime
    places: int
    free: int
    past: bool
    """Begun already."""
    over: int = 0
    """Appointments beyond the places: the roster or the counters have shrunk since."""

    @property
    def open(self) -> bool:
        """Whether it can be had."""
        return self.free > 0 and not self.past


@dataclass(frozen=True, slots=True)
class HappenedLine:
    """One thing that happened: what, who, when, from where."""

    event: str
    """Type of the event; `hallterm.words.actions.action_word` names it."""
    at: datetime
    """Hall's local time."""
    who: StaffName
    device: str
    detail: str


@dataclass(frozen=True, slots=True)
class AppointmentRow:
    """One appointment."""

    appointment_id: str
    day: date
    begins: datetime
    """Appointed time, hall's local time."""
    ends: datetime
    late_after: datetime
    """Last moment at which the customer is in time, hall's local time."""
    early_from: datetime
    """First moment at which the customer is in time, hall's local time."""
    person_id: str
    customer: str
    """Name as far as the viewer may see it, and masked number."""
    tier: Tier
    grade: Grade | None
    business_id: str
    business: str
    channel: Channel
    state: AppointmentState
    kept: bool | None
    """Whether the customer came in time; None: hasn't come."""
    ticket_id: str | None
    number: str
    """Of the ticket; empty: none."""
    cancel_reason: CancelReason | None
    remark: str
    origin: str | None
    booked_by: StaffName
    undoable: str
    """Type of the event that the viewer may take back; empty: none."""
    happened: tuple[HappenedLine, ...]
    over: int = 0
    """So many more than there is room for are expected at its time; 0 once nobody is."""

    def in_time(self, local: datetime) -> bool:
        """Say whether somebody who comes at this local time has kept the appointment."""
        return self.early_from <= local <= self.late_after


@dataclass(frozen=True, slots=True)
class DayPage:
    """The appointments of one day."""

    day: date
    today: date
    rows: tuple[AppointmentRow, ...]
    """By time."""
    slots: tuple[SlotRow, ...]
    """Of VIPs."""


@dataclass(frozen=True, slots=True)
class ErrandRow:
    """One visit or delivery."""

    errand_id: str
    kind: ErrandKind
    state: ErrandState
    begins: datetime
    """Window, hall's local time."""
    ends: datetime
    person_id: str
    customer: str
    """Name as far as the viewer may see it, and masked number."""
    business_id: str
    business: str
    goes: StaffName | None
    address: str
    contact: str
    phone: str
    bring: str
    remark: str
    """Free texts; empty: none, or erased."""
    calls: int
    """Calls ahead for this window."""
    misses: int
    """Times that nobody was there."""
    left_note: bool
    outcome: ErrandOutcome | None
    cancel_reason: ErrandCancel | None
    origin: str | None
    overdue: bool
    """The window is over and it isn't ended."""
    undoable: str
    """Type of the event that the viewer may take back; empty: none."""
    happened: tuple[HappenedLine, ...]

    @property
    def is_open(self) -> bool:
        """Whether it goes on."""
        return self.state not in (ErrandState.DONE, ErrandState.CANCELLED)
