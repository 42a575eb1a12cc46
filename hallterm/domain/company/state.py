"""The hall as set up, and the people who work there (by 工号, never by name)."""

from collections.abc import Iterator
from datetime import datetime, time

from pydantic import Field

from hallterm.domain.company.keys import OfficeKey
from hallterm.domain.counter.state import CounterSetup
from hallterm.domain.dispatching import PolicyChoice
from hallterm.domain.disputes import Dispute
from hallterm.domain.frozen import Frozen
from hallterm.domain.request.state import Request
from hallterm.domain.roles import Role
from hallterm.domain.rulebook import Published, Rulebook

MOST_CLOSED_REQUESTS = 50
"""Closed requests that are kept at hand; older ones stay readable in the read table."""
STAFF_ID_PATTERN = r"^[0-9]{2,8}$"
"""工号: two to eight digits, typed on the keypad."""


class HallProfile(Frozen):
    """A service hall (营业厅)."""

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9-]{0,31}$")
    name: str = Field(min_length=1, max_length=24)
    timezone: str = "Asia/Shanghai"
    opens: time = time(8, 30)
    closes: time = time(18, 0)
    """Opening hours, local time."""


class StaffMember(Frozen):
    """One account. Names and PINs live in the staff records, not here."""

    staff_id: str = Field(pattern=STAFF_ID_PATTERN)
    roles: frozenset[Role] = Field(min_length=1)
    active: bool = True
    wrong_pins: int = 0
    """Wrong PINs in a row."""
    locked_until: datetime | None = None


class Company:
    """Everything that the company stream says, folded; persons stay in the store."""

    def __init__(self) -> None:
        self.hall: HallProfile | None = None
        self.counters: dict[str, CounterSetup] = {}
        self.staff: dict[str, StaffMember] = {}
        self.offered: tuple[str, ...] | None = None
        """Ids of the businesses the hall offers; None: all that the file lists."""
        self.dispatch: PolicyChoice | None = None
        """How a manager chose to decide who is next; None: as the file says."""
        self.requests: dict[str, Request] = {}
        """Special requests that go on, by id."""
        self.closed_requests: dict[str, Request] = {}
        """The last closed ones, the latest last: they can be reopened, and proof may come late."""
        self.request_serial: int = 0
        """Serial of the newest request."""
        self.rulebooks: tuple[Published, ...] = ()
        """Rulebooks that were published, the latest last; none: each terminal's own files hold."""
        self.disputes: dict[str, Dispute] = {}
        """Reports that contradict others', until a manager has looked at them."""
        self.office_keys: dict[str, OfficeKey] = {}
        """Keys with which offices seal forms, by id; those out of use too."""

    def copy(self) -> "Company":
        """Return a copy that can be changed without changing this one."""
        twin = Company()
        twin.hall = self.hall
        twin.counters = dict(self.counters)
        twin.staff = dict(self.staff)
        twin.offered = self.offered
        twin.dispatch = self.dispatch
        twin.requests = dict(self.requests)
        twin.closed_requests = dict(self.closed_requests)
        twin.request_serial = self.request_serial
        twin.office_keys = dict(self.office_keys)
        twin.rulebooks = self.rulebooks
        twin.disputes = dict(self.disputes)
        return twin

    def rulebook_at(self, seq: int | None = None) -> Rulebook | None:
        """Return the rulebook that held at a place of the stream; without one, that holds now."""
        held = [one for one in self.rulebooks if seq is None or one.seq <= seq]
        return held[-1].rulebook if held else None

    def request(self, request_id: str) -> Request | None:
        """Return a request that goes on or was closed lately."""
        return self.requests.get(request_id) or self.closed_requests.get(request_id)

    def has_role(self, staff_id: str, roles: frozenset[Role]) -> bool:
        """Say whether somebody has an open account with one of the roles."""
        member = self.staff.get(staff_id)
        return member is not None and member.active and not member.roles.isdisjoint(roles)

    def active_staff(self) -> Iterator[StaffMember]:
        """Return the accounts that may sign in."""
        return (member for member in self.staff.values() if member.active)

    def offers(self, business_id: str) -> bool:
        """Say whether the hall does this business."""
        return self.offered is None or business_id in self.offered
