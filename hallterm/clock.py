"""Clocks: the machine's, one that runs faster for training, one that a simulation moves by hand."""

from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """Something that tells the time."""

    def now(self) -> datetime:
        """Return the moment, aware, UTC, in whole milliseconds."""


def whole_milliseconds(moment: datetime) -> datetime:
    """Cut a moment to what the log keeps."""
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """Return the machine's time."""
        return whole_milliseconds(datetime.now(UTC))


class ScaledClock:
    """A clock that runs `speed` times as fast as the machine's, for training."""

    def __init__(self, speed: float = 1.0) -> None:
        self._real = self._shown = datetime.now(UTC)
        self._speed = speed

    @property
    def speed(self) -> float:
        """How many seconds pass here in one real second."""
        return self._speed

    def set_speed(self, speed: float) -> None:
        """Change the speed from now on; the time shown does not jump."""
        self._shown, self._real = self._exact(), datetime.now(UTC)
        self._speed = speed

    def _exact(self) -> datetime:
        return self._shown + (datetime.now(UTC) - self._real) * self._speed

    def now(self) -> datetime:
        """Return the training hall's time."""
        return whole_milliseconds(self._exact())


class ManualClock:
    """A clock that stands still until it is moved."""

    def __init__(self, moment: datetime) -> None:
        self._moment = moment

    def now(self) -> datetime:
        """Return the moment it was set to."""
        return whole_milliseconds(self._moment)

    def set(self, moment: datetime) -> None:
        """Move it to a moment, later or earlier."""
        self._moment = moment

    def advance(self, seconds: float) -> None:
        """Move it on."""
        self._moment += timedelta(seconds=seconds)
