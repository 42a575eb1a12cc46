"""Puts the drawing of a reception's states into a document, between its markers.

Run as ``python -m hallterm.lab.reception_drawing docs/reception.md``.
"""

import sys
from pathlib import Path

from hallterm.domain.reception.drawing import causes, mermaid

BEGIN = "<!-- drawn from hallterm/domain/reception/transitions.py -->"
END = "<!-- end of the drawing -->"


def drawn(text: str) -> str:
    """Return a document with the drawing between its markers made anew.

    Raises:
        ValueError: the document has no markers.
    """
    before, found, rest = text.partition(BEGIN)
    _old, ended, after = rest.partition(END)
    if not found or not ended:
        raise ValueError(BEGIN)
    return f"{before}{BEGIN}\n```mermaid\n{mermaid()}\n```\n\n{causes()}\n{END}{after}"


if __name__ == "__main__":
    for name in sys.argv[1:]:
        path = Path(name)
        path.write_text(drawn(path.read_text("utf-8")), "utf-8")
