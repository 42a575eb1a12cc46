"""The business day (营业日): opened by the first action, closed by a manager."""

from datetime import date, timedelta
from typing import ClassVar

from hallterm.domain.roles import EVERYBODY, MANAGERS, Role
from hallterm.domain.stream import Command, Event

DAY_BEGINS = timedelta(hours=3)
"""A business day runs from 3:00 to 3:00 local time, so that late work stays on its day."""


class OpenDay(Command):
    """Begin a business day; an earlier one left open is settled first."""

    allowed: ClassVar[frozenset[Role]] = EVERYBODY
    opens_day: ClassVar[bool] = False
    day: date
    confirmed: bool = False
    """A manager has looked at the calendar: the date is right, however long after the last one."""
    numbers: dict[str, int] | None = None
    """Letter → highest number given out when the day was open before; None: it never was.
    Whoever carries the command out looks it up."""


class CloseDay(Command):
    """End the business day; every ticket must be ended or settled, every counter left."""

    allowed: ClassVar[frozenset[Role]] = MANAGERS
    opens_day: ClassVar[bool] = False
    day: date | None = None
    """The day that is meant; None: whichever is open."""


class DayEvent(Event):
    """Something that happened to a business day."""

    aggregate: ClassVar[str] = "day"
    day: date

    @property
    def aggregate_id(self) -> str:
        """The date."""
        return self.day.isoformat()


class DayOpened(DayEvent):
    """The day began; numbers start again."""

    type: ClassVar[str] = "day_opened"
    version: ClassVar[int] = 2
    numbers: dict[str, int] | None = None
    """Letter → highest number given out when the day was open before, with another day between;
    None: it never was."""


class DayClosed(DayEvent):
    """The day ended."""

    type: ClassVar[str] = "day_closed"
