"""The application's one clock; tests give a frozen one."""

import time
from datetime import tzinfo
from typing import Protocol

from hallterm.clock import Clock
from hallterm.desk.views import Moment


class HallClock(Protocol):
    """What the screens ask for the time."""

    def now(self) -> Moment:
        """Return the moment to show."""
        ...

    def monotonic(self) -> float:
        """Return seconds that never go back, for measuring how long something lasted."""
        ...


class ScreenClock:
    """A clock of the desk (the machine's, or the training hall's) in the hall's time zone."""

    def __init__(self, clock: Clock, zone: tzinfo) -> None:
        self._clock = clock
        self._zone = zone

    def now(self) -> Moment:
        """Return the present moment."""
        now = self._clock.now()
        return Moment(now, now.astimezone(self._zone))

    def monotonic(self) -> float:
        """Return the machine's steady seconds, whatever the speed of the training hall."""
        return time.monotonic()
