"""Texts for a form or a mail: signs that can be seen and nothing else, in lines or paragraphs."""

import re
import unicodedata

LONGEST = 20_000
"""Characters of a text that are kept."""

_BREAKS = re.compile(r"\r\n?|[\n\v\f\x85\u2028\u2029]")
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
"""Control, invisible (direction marks among them), half, private, unassigned: nobody reads them."""


def line(text: str) -> str:
    """Return a text as one line: no line breaks, no hidden signs, single spaces."""
    return " ".join(_shown(text).split())[:LONGEST]


def paragraphs(text: str) -> str:
    """Return a text with its line breaks, but no hidden signs and no empty lines at its ends."""
    lines = [" ".join(part.split()) for part in _shown(text).split("\n")]
    return "\n".join(lines).strip("\n")[:LONGEST].rstrip()


def _shown(text: str) -> str:
    broken = _BREAKS.sub("\n", text[: 2 * LONGEST]).replace("\t", " ")
    normal = unicodedata.normalize("NFC", broken)
    kept = (c for c in normal if c == "\n" or unicodedata.category(c) not in _HIDDEN)
    return unicodedata.normalize("NFC", "".join(kept))
