"""Where sync stands, as a person or another process wants to know it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SyncStanding:
    """Where sync stands; times are milliseconds since the epoch, by the home's clock."""

    online: bool = False
    """Whether the last word from the home is fresh and nothing failed since."""
    trouble: str = ""
    """Code of what a person must settle: fork, epoch, gap, too_old, device_revoked …; or empty."""
    unsent: int = 0
    """Commands that are not facts yet."""
    oldest_ms: int | None = None
    """When the oldest of them was given."""
    contact_ms: int | None = None
    """When the home was heard last."""
    skew_ms: int | None = None
    """How far this machine's own clock is ahead of the home's; None before the first exchange."""
    boot: str = ""
    """Id of the machine's start that `base_ms` holds for."""
    base_ms: int | None = None
    """The home's time when the machine's monotonic clock showed 0."""
