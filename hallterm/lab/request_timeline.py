"""Puts the story of one made-up request into a document, between its markers.

Run as ``python -m hallterm.lab.request_timeline docs/requests.md``.
"""

import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from hallterm.clock import ManualClock
from hallterm.configuration import load
from hallterm.desk.request_board import RequestBoard
from hallterm.desk.request_story import printed
from hallterm.domain.refusal import Refusal
from hallterm.lab.training import ACCOUNTS, create_training_hall

BEGIN = "<!-- told by hallterm/lab/request_timeline.py -->"
END = "<!-- end of the story -->"
MORNING = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
"""9:00 in the hall."""
CUSTOMERS = 60


def timeline() -> str:
    """Return the story of the training hall's second request, as it is printed."""
    with tempfile.TemporaryDirectory(prefix="hallterm-story-") as folder:
        clock = ManualClock(MORNING)
        desk = create_training_hall(
            Path(folder) / "hall", clock, load(), customers=CUSTOMERS, durability="OFF"
        )
        if isinstance(desk, Refusal):
            raise TypeError(desk)
        request = list(desk.rules.company.requests.values())[-1]
        page = RequestBoard(desk).page(request.id, ACCOUNTS[0].actor)
        lines = list(printed(page)) if page else []
        desk.close()
    return "\n".join(line.rstrip() for line in lines)


def told(text: str) -> str:
    """Return a document with the story between its markers told anew.

    Raises:
        ValueError: the document has no markers.
    """
    before, found, rest = text.partition(BEGIN)
    _old, ended, after = rest.partition(END)
    if not found or not ended:
        raise ValueError(BEGIN)
    return f"{before}{BEGIN}\n```text\n{timeline()}\n```\n{END}{after}"


if __name__ == "__main__":
    for name in sys.argv[1:]:
        path = Path(name)
        path.write_text(told(path.read_text("utf-8")), "utf-8")
