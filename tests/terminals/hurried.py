"""hallterm on a clock that a test puts forward, the same for every process of that test.

Run as ``python -m tests.terminals.hurried FILE [ARGUMENTS]``. FILE holds the minutes by which that
clock is ahead of the machine's. It runs no faster: how long a busy machine takes for the same keys
must not become minutes in the hall.
"""

import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from hallterm.clock import SystemClock, whole_milliseconds
from hallterm.entry import main
from hallterm.sync.adjusted import AdjustedClock


def put_forward(file: Path, minutes: float) -> None:
    """Put the clock forward, or set it for the first time."""
    ahead = float(file.read_text("utf-8")) if file.exists() else 0.0
    new = file.with_suffix(".new")
    new.write_text(str(ahead + minutes), "utf-8")
    new.replace(file)


def hurry(file: Path) -> None:
    """Let every clock of this process that tells the machine's time be as much ahead."""

    def now(_clock: object) -> datetime:
        ahead = timedelta(minutes=float(file.read_text("utf-8")))
        return whole_milliseconds(datetime.now(UTC) + ahead)

    for kind in (SystemClock, AdjustedClock):
        setattr(kind, "now", now)  # noqa: B010 - a method given by name to two classes


if __name__ == "__main__":
    hurry(Path(sys.argv[1]))
    sys.argv = ["hallterm", *sys.argv[2:]]
    main()
