"""The promises of a hall and the limits around them, as `data/standards.toml` sets them."""

from datetime import timedelta
from typing import Literal

from pydantic import Field

from hallterm.domain.dispatching import Rules
from hallterm.domain.frozen import Frozen
from hallterm.domain.request.clocks import RequestRules
from hallterm.domain.tiers import Tier


class Budget(Frozen):
    """One promised wait (等候时限), under its own name."""

    minutes: int = Field(gt=0, le=240)
    """Longest promised wait, minutes, from identity shown."""
    source: str = Field(min_length=1)
    """Document and paragraph that sets it, such as ``S0 §1.4``."""

    @property
    def duration(self) -> timedelta:
        """The promised wait."""
        return timedelta(minutes=self.minutes)


class Budgets(Frozen):
    """All promises; two norms for VIP are kept as two clocks (S0 §1.4 and S0 reception flow)."""

    vip_service: Budget
    vip_reception: Budget
    gotone_service: Budget
    standard_service: Budget

    def service(self, tier: Tier) -> Budget:
        """Return the promise from identity shown to service begun."""
        match tier:
            case Tier.VIP:
                return self.vip_service
            case Tier.GOTONE:
                return self.gotone_service
            case Tier.STANDARD:
                return self.standard_service


class Warnings(Frozen):
    """When a promise is shown as short (将超)."""

    short_share: float = Field(gt=0, lt=1)
    """Share of the budget used up at which a wait becomes short."""


class PassOver(Frozen):
    """What happens to a customer who was called and wasn't there (过号)."""

    return_after: int = Field(ge=1, le=50)
    """Customers called before the ticket comes back into the queue."""
    most: int = Field(ge=1, le=10)
    """Times a ticket may be passed over; the next one closes it as no-show."""


class ReceptionRules(Frozen):
    """How a VIP's reception is kept moving; the norm sets only the five minutes (S0)."""

    answer_seconds: int = Field(default=60, ge=10, le=240)
    """Seconds without an answer after which the next one and the duty manager are asked."""
    late_entry_seconds: int = Field(default=120, ge=30, le=3600)
    """Seconds after which a step that was done counts as entered late."""


class DiversionRules(Frozen):
    """When a customer is offered another way than to wait; the norm sets no figure (S0)."""

    overrun_minutes: int = Field(default=1, ge=0, le=60)
    """Minutes by which a wait must be expected to pass its promise."""
    call_back_minutes: int = Field(default=120, ge=5, le=1440)
    """Minutes within which a call-back is promised, unless another time is agreed."""
    retry_minutes: int = Field(default=20, ge=1, le=720)
    """Minutes after a call that nobody answered until the next one."""
    call_back_tries: int = Field(default=3, ge=1, le=10)
    """Calls without an answer after which the customer counts as not reached."""


class AppointmentRules(Frozen):
    """How appointments are given (预约); S0 §2.2.2.3 says only what may be booked by phone."""

    slot: Literal[15, 20, 30, 60] = 30
    """Length of a slot, minutes."""
    grace: int = Field(default=10, ge=0, le=60)
    """Minutes after the appointed time in which a customer is still in time."""
    early: int = Field(default=15, ge=0, le=60)
    """Minutes before the appointed time from which a customer is in time."""
    days_ahead: int = Field(default=14, ge=1, le=90)
    """Days ahead for which appointments are given."""
    phone_tier: Literal["vip", "gotone", "standard"] = "vip"
    """The lowest tier that may book by phone; those above it may, too."""
    counter_share: float = Field(default=0.5, gt=0, le=1)
    """Share of the counters, VIP rooms left out, that appointments may take up at one time."""


class SignInRules(Frozen):
    """Protection of personal accounts (S4 §4.1)."""

    wrong_pins: int = Field(ge=3, le=10)
    """Wrong PINs in a row that lock the account."""
    lock_minutes: int = Field(ge=1, le=120)
    """Minutes an account stays locked."""
    pin_digits: int = Field(ge=4, le=12)
    """Least length of a PIN."""
    idle_minutes: int = Field(ge=1, le=240)
    """Minutes without a key after which a terminal locks itself."""


class Satisfaction(Frozen):
    """Satisfaction targets per tier, shares of 1 (S0 §2.3.8, here the house's default)."""

    vip: float = Field(gt=0, le=1)
    gotone: float = Field(gt=0, le=1)
    standard: float = Field(gt=0, le=1)


class Standards(Frozen):
    """The whole of `data/standards.toml`."""

    budgets: Budgets
    warnings: Warnings
    dispatch: Rules = Rules()
    """Who is next, until a manager chooses otherwise."""
    pass_over: PassOver
    reception: ReceptionRules = ReceptionRules()
    diversion: DiversionRules = DiversionRules()
    appointments: AppointmentRules = AppointmentRules()
    requests: RequestRules = RequestRules()
    """Clocks of special requests."""
    sign_in: SignInRules
    satisfaction: Satisfaction
