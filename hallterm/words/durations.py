"""How long and when, as people read it."""

import math
from datetime import datetime, tzinfo

from hallterm.words.language import _

_MINUTE = 60
_HOUR = 3600
_LONGEST_IN_MINUTES = 100 * _MINUTE
_LONGEST = 100 * _HOUR - 1


def minutes_seconds(seconds: float) -> str:
    """Write a duration as ``07:20``, from 100 minutes on as ``2:05:10``.

    Begun seconds are cut off. Negative durations show as ``00:00``; at most ``99:59:59``.
    """
    whole = 0 if math.isnan(seconds) else int(min(max(seconds, 0), _LONGEST))
    if whole < _LONGEST_IN_MINUTES:
        return f"{whole // _MINUTE:02}:{whole % _MINUTE:02}"
    return f"{whole // _HOUR}:{whole % _HOUR // _MINUTE:02}:{whole % _MINUTE:02}"


def about_minutes(seconds: float) -> str:
    """Write an expected wait, seconds, in whole minutes rounded up, such as 约 8 分钟."""
    if seconds < _MINUTE:
        return _("不到 1 分钟")
    whole = math.ceil(min(seconds, _LONGEST) / _MINUTE)
    return _("约 {minutes} 分钟").format(minutes=whole)


def likely_minutes(low: float, high: float) -> str:
    """Write the range in which a wait most likely lies, seconds, such as 多半 8 到 17 分钟."""
    least = int(min(max(low, 0), _LONGEST) / _MINUTE)
    most = max(math.ceil(min(high, _LONGEST) / _MINUTE), 1)
    if least == 0:
        return _("多半在 {most} 分钟以内").format(most=most)
    if least >= most:
        return _("多半 {most} 分钟").format(most=most)
    return _("多半 {least} 到 {most} 分钟").format(least=least, most=most)


def about_range(wait: float, low: float, high: float) -> str:
    """Write an expected wait with its range, seconds, such as 约 12 分钟，多半 8 到 17 分钟."""
    if high < _MINUTE:
        return about_minutes(wait)
    return _("，").join((about_minutes(wait), likely_minutes(low, high)))


def clock(moment: datetime, zone: tzinfo | None = None) -> str:
    """Write a time of day such as ``09:05`` in a zone; without one, in the machine's own.

    Raises:
        ValueError: The moment is naive.
    """
    if moment.tzinfo is None:
        msg = "a moment needs a time zone"
        raise ValueError(msg)
    return f"{moment.astimezone(zone):%H:%M}"
