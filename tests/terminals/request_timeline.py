"""Works a request through real terminals and puts its story into a document.

Run as ``python -m tests.terminals.request_timeline docs/requests.md``; it takes some minutes.
"""

import sys
import tempfile
from pathlib import Path

from tests.terminals.request_hall import RequestHall
from tests.terminals.request_steps import carried_out

BEGIN = "<!-- told by tests/terminals/request_timeline.py -->"
END = "<!-- end of the story -->"


def timeline() -> str:
    """Return the story of a request that was carried out, as the command line prints it."""
    with tempfile.TemporaryDirectory(prefix="hallterm-story-") as folder:
        hall = RequestHall(Path(folder))
        try:
            told = hall.run("request", "show", carried_out(hall))
        finally:
            hall.close()
    return "\n".join(line.rstrip() for line in told.strip().splitlines())


def parts(text: str) -> tuple[str, str, str]:
    """Return what stands before the story in a document, the story, and what comes after.

    Raises:
        ValueError: the document has no markers.
    """
    before, found, rest = text.partition(BEGIN)
    story, ended, after = rest.partition(END)
    if not found or not ended:
        raise ValueError(BEGIN)
    return before, story, after


if __name__ == "__main__":
    story = timeline()
    for name in sys.argv[1:]:
        path = Path(name)
        before, _old, after = parts(path.read_text("utf-8"))
        path.write_text(f"{before}{BEGIN}\n```text\n{story}\n```\n{END}{after}", "utf-8")
