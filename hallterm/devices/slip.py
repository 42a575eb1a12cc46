"""The slip (号票) as ESC/POS, with Chinese in GB18030 as most printers sold here want it.

Commands used: ESC @ (start fresh), FS & (Chinese text), ESC a (align), GS ! (size), GS V (cut).
"""

import re
import unicodedata
from collections.abc import Iterable

from hallterm.desk.tickets import Issued
from hallterm.words import _, joined
from hallterm.words.durations import about_minutes, clock, likely_minutes
from hallterm.words.terms import tier_and_grade

ENCODING = "gb18030"
COLUMNS = 32
"""Half-width columns of a 58 mm printer; wider paper takes the same lines."""

_RESET = b"\x1b@"
_CHINESE = b"\x1c&"
_LEFT, _CENTRE = b"\x1ba\x00", b"\x1ba\x01"
_PLAIN, _TALL, _BIG = b"\x1d!\x00", b"\x1d!\x11", b"\x1d!\x33"
_FEED = b"\x1bd\x04"
_CUT = b"\x1dV\x01"
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]+")


def plain(text: str) -> str:
    """Return a text as one line that a printer takes for text: no control signs, ￥ for ¥."""
    line = _CONTROLS.sub(" ", unicodedata.normalize("NFC", text)).replace("¥", "￥")
    return " ".join(line.split())


def encode(text: str) -> bytes:
    """Return a text in the printer's encoding; what it can't say becomes a question mark."""
    return plain(text).encode(ENCODING, errors="replace")


def width(text: str) -> int:
    """Return the half-width columns a text takes."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)


def wrap(text: str, columns: int = COLUMNS) -> list[str]:
    """Break a text into lines of at most so many columns; Chinese breaks anywhere."""
    lines, line, used = [], "", 0
    for sign in plain(text):
        needed = width(sign)
        if used + needed > columns:
            lines.append(line)
            line, used = "", 0
        line, used = line + sign, used + needed
    return [*lines, line] if line else lines


def slip_lines(issued: Issued) -> list[str]:
    """Return what stands below the number, one text a line, for printers and terminals alike."""
    ticket = issued.ticket
    lines = [_("级别：{tier}").format(tier=tier_and_grade(ticket.tier, ticket.grade))]
    lines.append(_("业务：{names}").format(names=joined(issued.business_names)))
    lines.append(_("前面还有 {count} 位").format(count=issued.ahead))
    lines.append(_("预计等候 {wait}").format(wait=about_minutes(issued.expected_wait)))
    lines.append(likely_minutes(issued.expected_low, issued.expected_high))
    if issued.documents_missing:
        lines.append(_("请备齐："))
        lines += [f"- {name}" for name in issued.documents_missing]
    moment = f"{issued.local_time:%Y-%m-%d} {clock(issued.local_time, issued.local_time.tzinfo)}"
    return [*lines, moment]


def paper(lines: Iterable[str]) -> bytes:
    """Return the bytes that print lines of text, each wrapped to the paper, and cut it."""
    body = b"".join(
        encode(part) + b"\n" for text in lines for part in (wrap(text) if text.strip() else [""])
    )
    return b"".join((_RESET, _CHINESE, _LEFT, _PLAIN, body, _FEED, _CUT))


def slip(issued: Issued) -> bytes:
    """Return the bytes that print a ticket's slip."""
    body = b"".join(encode(line) + b"\n" for text in slip_lines(issued) for line in wrap(text))
    return b"".join(
        (
            *(_RESET, _CHINESE, _CENTRE, _PLAIN),
            *(encode(line) + b"\n" for line in wrap(issued.hall_name)),
            *(_BIG, encode(issued.ticket.number), b"\n", _PLAIN, _LEFT),
            body,
            *(_CENTRE, _PLAIN, encode(_("过号请告诉工作人员")), b"\n"),
            *(_FEED, _CUT),
        )
    )
