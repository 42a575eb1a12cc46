"""What can be asked of the company's side."""

from datetime import time
from typing import ClassVar

from pydantic import Field

from hallterm.domain.company.keys import KEY_ID_PATTERN, PUBLIC_PATTERN, Office
from hallterm.domain.company.state import STAFF_ID_PATTERN, HallProfile
from hallterm.domain.counter.state import CounterSetup
from hallterm.domain.dispatching import Rules
from hallterm.domain.roles import EVERYBODY, MANAGERS, Role
from hallterm.domain.stream import Command, CommandKind, StreamKind

ADMINISTRATORS = frozenset({Role.ADMINISTRATOR})


class CompanyCommand(Command):
    """A command to the company stream."""

    stream: ClassVar[StreamKind] = "company"
    allowed: ClassVar[frozenset[Role]] = ADMINISTRATORS


class PublishRules(CompanyCommand):
    """Make the operator's files hold at every terminal (发布配置); given where the hub runs."""

    digest: str = Field(pattern="^[0-9a-f]{64}$")
    text: str = Field(max_length=500_000)
    """The rulebook as JSON; see `domain.rulebook`."""


class FoundHall(CompanyCommand):
    """Set the hall up for the first time."""

    profile: HallProfile


class DefineCounter(CompanyCommand):
    """Add a counter or change its settings."""

    counter: CounterSetup


class RetireCounter(CompanyCommand):
    """Take a counter out of use."""

    counter_id: str


class SetHours(CompanyCommand):
    """Change the opening hours, local time."""

    opens: time
    closes: time


class OfferBusinesses(CompanyCommand):
    """Say which businesses the hall does."""

    business_ids: tuple[str, ...] = Field(min_length=1)


class ChoosePolicy(CompanyCommand):
    """Say how the hall decides who is next."""

    allowed: ClassVar[frozenset[Role]] = MANAGERS
    rules: Rules
    """Without rates, those of the file hold."""


class AddOfficeKey(CompanyCommand):
    """Give an office a key to seal with. Its private half never leaves the store."""

    allowed: ClassVar[frozenset[Role]] = EVERYBODY
    office: Office
    public_key: str = Field(pattern=PUBLIC_PATTERN)


class RetireOfficeKey(CompanyCommand):
    """Take a key out of use."""

    key_id: str = Field(pattern=KEY_ID_PATTERN)
    revoked: bool = False
    """It got into wrong hands: what it sealed is no longer good."""


class HireStaff(CompanyCommand):
    """Open an account."""

    staff_id: str = Field(pattern=STAFF_ID_PATTERN)
    roles: frozenset[Role] = Field(min_length=1)


class GiveRoles(CompanyCommand):
    """Change an account's roles."""

    staff_id: str
    roles: frozenset[Role] = Field(min_length=1)


class RenameStaff(CompanyCommand):
    """Put right how somebody is called. The name itself goes beside the log."""

    staff_id: str


class RetireStaff(CompanyCommand):
    """Close an account."""

    staff_id: str


class ChangePin(CompanyCommand):
    """Set a new PIN: one's own, or as administrator another's."""

    allowed: ClassVar[frozenset[Role]] = EVERYBODY - {Role.KIOSK}
    staff_id: str


class SignIn(CompanyCommand):
    """Show 工号 and PIN at a terminal."""

    says: ClassVar[CommandKind] = "report"
    allowed: ClassVar[frozenset[Role]] = EVERYBODY
    staff_id: str
    pin_right: bool
    """Whether the PIN matched its hash."""
    purpose: str = Field(
        default="sign_in", pattern="^(sign_in|unlock|command_line|reception|request)$"
    )


class SignOut(CompanyCommand):
    """Leave the terminal."""

    says: ClassVar[CommandKind] = "report"
    allowed: ClassVar[frozenset[Role]] = EVERYBODY
    staff_id: str
