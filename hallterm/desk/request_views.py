"""What screens and the command line show of special requests."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from hallterm.desk.reception_views import StaffName
from hallterm.desk.request_acts import Offer
from hallterm.desk.views import Clock
from hallterm.domain.opening_hours import OpeningHours
from hallterm.domain.request.words import Confirmation, Mood, Proof, RequestState, Result, VisitKind
from hallterm.domain.roles import Role
from hallterm.domain.tiers import Grade, Tier


class Why(StrEnum):
    """Why a request stands in somebody's inbox (待办), the most pressing first."""

    MINE = "mine"
    """It waits for this person, by name or by office."""
    CONFIRM = "confirm"
    """A decision given by phone waits for this person's word."""
    OVERDUE = "overdue"
    """Somebody below did not react; this person is the superior."""
    FOLLOWED = "followed"
    """This person answers for it to the customer; somebody else has it now."""


@dataclass(frozen=True, slots=True)
class RequestRow:
    """One request on one line. Moments are seconds since the epoch."""

    request_id: str
    number: str
    kind: str
    """Name of the kind."""
    amount_fen: int
    tier: Tier
    grade: Grade | None
    customer: str
    """As the viewer may see it."""
    state: RequestState
    since: float
    due: float | None
    clock: Clock | None
    """How much open time the stage has lasted against how much it may; None for a closed one."""
    hours: OpeningHours
    """When that clock runs."""
    holder_role: Role | None
    holder: StaffName | None
    """None with a role: whoever of the office takes it."""
    owner: StaffName
    opened: float
    promised: float
    """When the customer was promised an answer."""
    reminded: int
    result: Result | None
    why: Why | None = None
    person_id: str = ""


@dataclass(frozen=True, slots=True)
class StoryLine:
    """One line of a request's story."""

    at: datetime
    """Local time of the hall."""
    who: StaffName
    device: str
    event: str
    state: RequestState
    words: tuple[str, ...]
    """What was said or written, one text for each note."""
    mood: Mood | None
    detail: str
    """In words: reason, proof, verdict, or whoever it is about."""
    confirmation: Confirmation | None = None
    """Of a decision by phone."""
    disputed: bool = False


@dataclass(frozen=True, slots=True)
class GateRow:
    """One of the three confirmations."""

    proof: Proof
    at: datetime | None
    """Local time; None: still missing."""
    by: StaffName | None
    recorded_by: StaffName | None
    reference: str


@dataclass(frozen=True, slots=True)
class FormView:
    """The assistance form as it stands."""

    version: int
    solution: str
    superior: str
    """Who decided it, in words."""
    hall_id: str
    here: bool
    """Whether it is for this hall."""
    amount_fen: int
    valid_until: datetime
    """Local time."""
    signed_by: StaffName | None
    gate: tuple[GateRow, ...]


@dataclass(frozen=True, slots=True)
class RequestPage:
    """One request with its whole story, and what the viewer can do."""

    row: RequestRow
    name: str
    """The customer's, as the viewer may see it."""
    phone: str
    account_manager: StaffName | None
    asked: str
    story: tuple[StoryLine, ...]
    form: FormView | None
    visit: tuple[VisitKind, datetime] | None
    arrived: bool
    authority_until: datetime | None
    """Local time until which the hall may act; None: no authority, or used."""
    offers: tuple[Offer, ...]
