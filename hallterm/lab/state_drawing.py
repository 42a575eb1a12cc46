"""Puts the drawings of states into documents, between their markers.

Run as ``python -m hallterm.lab.state_drawing docs/*.md``; documents without markers are left alone.
"""

import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from hallterm.domain.appointment import drawing as appointment
from hallterm.domain.call_back import drawing as call_back
from hallterm.domain.diversion import drawing as diversion
from hallterm.domain.errand import drawing as errand
from hallterm.domain.reception import drawing as reception
from hallterm.domain.request import drawing as request

DRAWINGS: Mapping[str, Callable[[], str]] = {
    "reception": reception.drawn,
    "appointment": appointment.drawn,
    "errand": errand.drawn,
    "request": request.drawn,
    "diversion": diversion.drawn,
    "call_back": call_back.drawn,
}
"""Aggregate → its drawing, in Markdown."""
BEGIN = "<!-- drawn from hallterm/domain/{name}/transitions.py -->"
END = "<!-- end of the drawing -->"


def drawn(text: str) -> str:
    """Return a document with the drawings between its markers made anew.

    Raises:
        ValueError: the document has no markers.
    """
    here = [name for name in DRAWINGS if BEGIN.format(name=name) in text]
    if not here:
        raise ValueError(BEGIN)
    for name in here:
        begin = BEGIN.format(name=name)
        before, _found, rest = text.partition(begin)
        _old, ended, after = rest.partition(END)
        if not ended:
            raise ValueError(END)
        text = f"{before}{begin}\n{DRAWINGS[name]()}\n{END}{after}"
    return text


if __name__ == "__main__":
    for name in sys.argv[1:]:
        path = Path(name)
        text = path.read_text("utf-8")
        if any(BEGIN.format(name=aggregate) in text for aggregate in DRAWINGS):
            path.write_text(drawn(text), "utf-8")
