"""Time that counts only while the hall is open."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

_DAY = timedelta(days=1)
_EPOCH = datetime(2000, 1, 1)  # noqa: DTZ001 - compared with the hall's own clock, without a zone


@dataclass(frozen=True, slots=True)
class OpeningHours:
    """A span of each day, by the hall's own clock; as long as a day when it ends as it begins."""

    opens: time
    closes: time
    timezone: str = "UTC"

    @property
    def _open_a_day(self) -> timedelta:
        span = datetime.combine(_EPOCH, self.closes) - datetime.combine(_EPOCH, self.opens)
        return span if span > timedelta() else span + _DAY

    def _counted(self, moment: datetime) -> timedelta:
        """Return the open time from a moment of long ago, an opening, until this one."""
        local = moment.astimezone(ZoneInfo(self.timezone)).replace(tzinfo=None)
        days, into = divmod(local - datetime.combine(_EPOCH, self.opens), _DAY)
        return days * self._open_a_day + min(into, self._open_a_day)

    def between(self, start: datetime, end: datetime) -> timedelta:
        """Return how much open time lies between two moments; none when they are turned round."""
        return max(self._counted(end) - self._counted(start), timedelta())

    def after(self, start: datetime, open_time: timedelta) -> datetime:
        """Return when so much open time has passed: at closing rather than at the next opening."""
        if open_time <= timedelta():
            return start
        counted = self._counted(start) + open_time
        days = -(-counted // self._open_a_day) - 1
        into = counted - days * self._open_a_day
        local = datetime.combine(_EPOCH, self.opens) + days * _DAY + into
        return local.replace(tzinfo=ZoneInfo(self.timezone)).astimezone(UTC)


ROUND_THE_CLOCK = OpeningHours(time(0), time(0))
"""All of every day."""
