"""What can happen on the company's side."""

from datetime import datetime, time
from typing import ClassVar

from hallterm.domain.company.keys import Office, key_id_of
from hallterm.domain.company.state import HallProfile
from hallterm.domain.counter.state import CounterSetup
from hallterm.domain.dispatching import Rules
from hallterm.domain.roles import Role
from hallterm.domain.stream import Event, StreamKind


class ConfigurationEvent(Event):
    """A change to the hall's set-up."""

    aggregate: ClassVar[str] = "configuration"
    stream: ClassVar[StreamKind] = "company"

    @property
    def aggregate_id(self) -> str:
        """There is one configuration."""
        return "hall"


class RulesPublished(ConfigurationEvent):
    """A rulebook holds from here on."""

    type: ClassVar[str] = "rules_published"
    digest: str
    text: str


class HallFounded(ConfigurationEvent):
    """The hall was set up."""

    type: ClassVar[str] = "hall_founded"
    profile: HallProfile


class CounterDefined(ConfigurationEvent):
    """A counter was added or changed."""

    type: ClassVar[str] = "counter_defined"
    counter: CounterSetup


class CounterRetired(ConfigurationEvent):
    """A counter was taken out of use."""

    type: ClassVar[str] = "counter_retired"
    counter_id: str


class HoursSet(ConfigurationEvent):
    """The opening hours changed."""

    type: ClassVar[str] = "hours_set"
    opens: time
    closes: time


class BusinessesOffered(ConfigurationEvent):
    """The businesses that the hall does changed."""

    type: ClassVar[str] = "businesses_offered"
    business_ids: tuple[str, ...]


class PolicyChosen(ConfigurationEvent):
    """A manager said how the hall decides who is next."""

    type: ClassVar[str] = "policy_chosen"
    rules: Rules


class OfficeKeyAdded(ConfigurationEvent):
    """An office has a new key to seal with."""

    type: ClassVar[str] = "office_key_added"
    office: Office
    public_key: str

    @property
    def key_id(self) -> str:
        """Id of the key."""
        return key_id_of(self.public_key)


class OfficeKeyRetired(ConfigurationEvent):
    """A key was taken out of use."""

    type: ClassVar[str] = "office_key_retired"
    key_id: str
    revoked: bool


class StaffEvent(Event):
    """Something that happened to one account."""

    aggregate: ClassVar[str] = "staff"
    stream: ClassVar[StreamKind] = "company"
    staff_id: str

    @property
    def aggregate_id(self) -> str:
        """工号."""
        return self.staff_id


class StaffHired(StaffEvent):
    """An account was opened."""

    type: ClassVar[str] = "staff_hired"
    roles: frozenset[Role]


class RolesGiven(StaffEvent):
    """An account's roles changed."""

    type: ClassVar[str] = "roles_given"
    roles: frozenset[Role]


class StaffRetired(StaffEvent):
    """An account was closed."""

    type: ClassVar[str] = "staff_retired"


class StaffRenamed(StaffEvent):
    """Somebody's name was put right; it stands beside the log."""

    type: ClassVar[str] = "staff_renamed"


class PinChanged(StaffEvent):
    """A new PIN holds; earlier wrong ones are forgotten."""

    type: ClassVar[str] = "pin_changed"


class SignedIn(StaffEvent):
    """The right PIN was shown."""

    type: ClassVar[str] = "signed_in"
    purpose: str


class SignInFailed(StaffEvent):
    """A wrong PIN was shown."""

    type: ClassVar[str] = "sign_in_failed"
    locked_until: datetime | None
    """Set when this was one too many."""


class SignedOut(StaffEvent):
    """The terminal was left."""

    type: ClassVar[str] = "signed_out"
