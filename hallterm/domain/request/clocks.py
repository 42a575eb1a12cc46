"""How long each stage of a special request may take. The norm sets none: house defaults."""

from datetime import timedelta
from typing import Literal

from pydantic import Field

from hallterm.domain.frozen import Frozen
from hallterm.domain.request.words import RequestState


class StageMinutes(Frozen):
    """Minutes that each stage may take until its holder is reminded."""

    explained: int = Field(default=10, ge=1, le=20160)
    store_manager: int = Field(default=10, ge=1, le=20160)
    store_reply: int = Field(default=10, ge=1, le=20160)
    account_manager: int = Field(default=30, ge=1, le=20160)
    handed_over: int = Field(default=240, ge=1, le=20160)
    authorised: int = Field(default=30, ge=1, le=20160)
    hall_reply: int = Field(default=10, ge=1, le=20160)
    agreeing: int = Field(default=60, ge=1, le=20160)
    agreed_reply: int = Field(default=30, ge=1, le=20160)
    vip_office: int = Field(default=60, ge=1, le=20160)
    hall_operations: int = Field(default=120, ge=1, le=20160)
    returned: int = Field(default=120, ge=1, le=20160)
    approved: int = Field(default=30, ge=1, le=20160)
    at_hall: int = Field(default=1440, ge=1, le=20160)
    follow_up: int = Field(default=600, ge=1, le=20160)
    followed_up: int = Field(default=480, ge=1, le=20160)

    def of(self, state: RequestState) -> timedelta | None:
        """Return how long a state may last; None for a closed request."""
        minutes = getattr(self, state.value, None)
        return timedelta(minutes=minutes) if minutes is not None else None


class RequestRules(Frozen):
    """Clocks and terms of special requests."""

    hours: Literal["opening", "always"] = "opening"
    """When the clocks run: while the hall is open, or day and night. Validity always runs on."""
    minutes: StageMinutes = StageMinutes()
    superior_after: int = Field(default=30, ge=1, le=1440)
    """Minutes after the holder's reminder until the superior is told."""
    authority_hours: int = Field(default=24, ge=1, le=720)
    """Hours an authority given to the hall holds, unless whoever gives it says less."""
    form_days: int = Field(default=7, ge=1, le=90)
    """Days an assistance form is valid, unless whoever drafts it says otherwise."""
