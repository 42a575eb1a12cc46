"""How long services take: learnt from the hall's history, and what is left of a running one."""

from collections.abc import Iterable

PRIOR_WEIGHT = 10.0
"""Services of its own until a business's history counts as much as the file's value."""
LONGEST_FACTOR = 4.0
"""A service longer than this multiple of the prior counts as that much: a forgotten finish."""
LEAST_LEFT_SHARE = 0.5
"""A running service is expected to last at least this share of its mean more."""


def learnt_seconds(prior: float, history: Iterable[float]) -> float:
    """Return the expected service time of one business, seconds.

    prior: the file's value, seconds. history: services of this business at this hall, seconds.
    A mean of both, in which the prior counts as `PRIOR_WEIGHT` services.
    """
    total, count = prior * PRIOR_WEIGHT, PRIOR_WEIGHT
    for seconds in history:
        if seconds > 0:
            total += min(seconds, prior * LONGEST_FACTOR)
            count += 1
    return total / count


def expected_end(now: float, started: float, expected: float) -> float:
    """Return when a running service is expected to end, seconds since the epoch.

    Service times have a long tail: the longer one has run, the less its first estimate says.
    """
    ran = max(0.0, now - started)
    return now + max(expected - 0.7 * ran, LEAST_LEFT_SHARE * expected)
