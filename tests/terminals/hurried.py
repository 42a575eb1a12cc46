"""hallterm on a clock that runs faster than the machine's, the same for every process of a test.

Run as ``python -m tests.terminals.hurried EPOCH SPEED [ARGUMENTS]``. EPOCH, seconds since the
epoch, is the moment at which that clock and the machine's show the same.
"""

import sys
from datetime import UTC, datetime, timedelta

from hallterm.clock import SystemClock, whole_milliseconds
from hallterm.entry import main
from hallterm.sync.adjusted import AdjustedClock


def hall_time(epoch: float, speed: float) -> datetime:
    """Return the hurried time."""
    began = datetime.fromtimestamp(epoch, UTC)
    return whole_milliseconds(began + (datetime.now(UTC) - began) * speed)


def hall_minutes(epoch: float, speed: float) -> float:
    """Return the minutes that have passed in the hall since the epoch."""
    began = datetime.fromtimestamp(epoch, UTC)
    return (hall_time(epoch, speed) - began) / timedelta(minutes=1)


def hurry(epoch: float, speed: float) -> None:
    """Let every clock of this process that tells the machine's time tell the hurried one."""

    def now(_clock: object) -> datetime:
        return hall_time(epoch, speed)

    for kind in (SystemClock, AdjustedClock):
        setattr(kind, "now", now)  # noqa: B010 - a method given by name to two classes


if __name__ == "__main__":
    hurry(float(sys.argv[1]), float(sys.argv[2]))
    sys.argv = ["hallterm", *sys.argv[3:]]
    main()
