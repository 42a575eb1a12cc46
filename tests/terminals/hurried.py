"""hallterm on a clock that runs faster than the machine's, the same for every process of a test.

Run as ``python -m tests.terminals.hurried EPOCH SPEED [ARGUMENTS]``. EPOCH, seconds since the
epoch, is the moment at which that clock and the machine's show the same.
"""

import sys
from datetime import UTC, datetime, timedelta

from hallterm import clock
from hallterm.entry import main


class HurriedClock:
    """Takes the place of the machine's clock in this process."""

    epoch = 0.0
    speed = 1.0

    def now(self) -> datetime:
        """Return the hurried time."""
        began = datetime.fromtimestamp(self.epoch, UTC)
        return clock.whole_milliseconds(began + (datetime.now(UTC) - began) * self.speed)


def hurry(epoch: float, speed: float) -> None:
    """Make every clock that is opened from now on a hurried one."""
    HurriedClock.epoch, HurriedClock.speed = epoch, speed
    clock.SystemClock = HurriedClock  # type: ignore[assignment,misc]  # that is what this is for


def hall_minutes(epoch: float, speed: float) -> float:
    """Return the minutes that have passed in the hall since the epoch."""
    return (datetime.now(UTC).timestamp() - epoch) * speed / timedelta(minutes=1).total_seconds()


if __name__ == "__main__":
    hurry(float(sys.argv[1]), float(sys.argv[2]))
    sys.argv = ["hallterm", *sys.argv[3:]]
    main()
