"""What waits of the forms' letters and faxes, as the hub tells whoever watches over it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PostFigures:
    """As the last round of the post left it; numbers only."""

    waiting: int = 0
    """Letters and faxes that go out by themselves."""
    asking: int = 0
    """Letters for which somebody has to do something."""
    unmatched: int = 0
    """Letters and faxes that came in and that somebody has to look at."""
    oldest_ms: int | None = None
    """Since when the oldest letter that did not go out waits."""
    failing: bool = False
    """Whether the last round could not be ended."""
